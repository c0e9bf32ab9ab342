package dev.plumbline.model;

import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * Grouped-query attention.
 *
 * @param inputs queries, keys and values in one projection: one large product is faster than three
 */
record Attention(
        ModelConfig config,
        Linear inputs,
        Linear output,
        Optional<Norm> queryNorm,
        Optional<Norm> keyNorm,
        HeadScores scores) {

    /** {@code [T, D]} to {@code [T, D]}. */
    Tensor apply(Tensor x, int layer, AttentionPass pass, Rope.Turn turn) {
        Tensor all = bounded(inputs.apply(x));
        int h = config.nHeads();
        int k = config.nKvHeads();
        Tensor query = turned(heads(all, 0, h), queryNorm, turn);
        Tensor key = turned(heads(all, h, k), keyNorm, turn);
        Tensor value = heads(all, h + k, k);
        return output.apply(pass.attend(layer, query, key, value, scores));
    }

    private Tensor bounded(Tensor projected) {
        if (config.projectionBound().isEmpty()) {
            return projected;
        }
        double bound = config.projectionBound().getAsDouble();
        return projected.clamp(-bound, bound);
    }

    private Tensor turned(Tensor heads, Optional<Norm> norm, Rope.Turn turn) {
        return config.queryKeyNorm() == QueryKeyNorm.PER_TURNED_HEAD
                ? normalised(turn.apply(heads), norm)
                : turn.apply(normalised(heads, norm));
    }

    private Tensor normalised(Tensor heads, Optional<Norm> norm) {
        if (config.queryKeyNorm() == QueryKeyNorm.ALL_HEADS) {
            long together = heads.size(1) * config.headDim();
            return norm.orElseThrow().apply(heads.reshape(-1, together)).view(heads.shape());
        }
        return norm.map(n -> n.apply(heads)).orElse(heads);
    }

    /** Some heads of the projection, {@code [T, count, E]}. */
    private Tensor heads(Tensor all, int first, int count) {
        int e = config.headDim();
        return all.narrow(1, (long) first * e, (long) count * e).view(-1, count, e);
    }
}
