package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/** Grouped-query attention with rotary positions. */
record Attention(
        ModelConfig config,
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        Optional<RmsNorm> queryNorm,
        Optional<RmsNorm> keyNorm) {

    /** {@code [T, D]} to {@code [T, D]}. */
    Tensor apply(Tensor x, int layer, AttentionPass pass, Rope.Angles angles) {
        Tensor q = heads(query.apply(x), config.nHeads(), queryNorm);
        Tensor k = heads(key.apply(x), config.nKvHeads(), keyNorm);
        Tensor v = heads(value.apply(x), config.nKvHeads(), Optional.empty());
        return output.apply(pass.attend(layer, angles.rotate(q), angles.rotate(k), v));
    }

    private Tensor heads(Tensor x, int count, Optional<RmsNorm> norm) {
        Tensor heads = x.view(-1, count, config.headDim());
        return norm.map(n -> n.apply(heads)).orElse(heads);
    }
}
