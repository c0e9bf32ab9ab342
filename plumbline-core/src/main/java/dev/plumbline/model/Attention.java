package dev.plumbline.model;

import dev.plumbline.model.Heads.Values;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * Grouped-query attention.
 *
 * @param inputs queries, keys and, unless they are the keys, values in one projection: one large product is faster than three
 */
record Attention(
        ModelConfig config,
        Heads heads,
        Linear inputs,
        Linear output,
        Optional<Norm> queryNorm,
        Optional<Norm> keyNorm,
        Optional<Norm> valueNorm,
        HeadScores scores) {

    /** {@code [T, D]} to {@code [T, D]}. */
    Tensor apply(Tensor x, int layer, AttentionPass pass, Rope.Turn turn) {
        Tensor all = bounded(inputs.apply(x));
        int h = heads.queries();
        int k = heads.keyValues();
        Tensor query = turned(heads(all, 0, h), queryNorm, turn);
        Tensor key = turned(heads(all, h, k), keyNorm, turn);
        Tensor value = heads(all, heads.values() == Values.KEYS ? h : h + k, k);
        Tensor normalised = valueNorm.map(norm -> norm.apply(value)).orElse(value);
        return output.apply(pass.attend(layer, query, key, normalised, scores));
    }

    private Tensor bounded(Tensor projected) {
        if (config.projectionBound().isEmpty()) {
            return projected;
        }
        double bound = config.projectionBound().getAsDouble();
        return projected.clamp(-bound, bound);
    }

    private Tensor turned(Tensor x, Optional<Norm> norm, Rope.Turn turn) {
        return config.queryKeyNorm() == QueryKeyNorm.PER_TURNED_HEAD
                ? normalised(turn.apply(x), norm)
                : turn.apply(normalised(x, norm));
    }

    private Tensor normalised(Tensor x, Optional<Norm> norm) {
        if (config.queryKeyNorm() == QueryKeyNorm.ALL_HEADS) {
            long together = x.size(1) * heads.width();
            return norm.orElseThrow().apply(x.reshape(-1, together)).view(x.shape());
        }
        return norm.map(n -> n.apply(x)).orElse(x);
    }

    /** Some heads of the projection, {@code [T, count, E]}. */
    private Tensor heads(Tensor all, int first, int count) {
        int e = heads.width();
        return all.narrow(1, (long) first * e, (long) count * e).view(-1, count, e);
    }
}
