package dev.plumbline.model;

import dev.plumbline.model.Heads.Values;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * Grouped-query attention.
 *
 * @param inputs queries, keys and, unless they are the keys, values in one projection: one large product is faster than three
 * @param queryKeyNorm of queries and keys together, {@code [T, H + K, E]}
 */
record Attention(
        ModelConfig config,
        Heads heads,
        Linear inputs,
        Linear output,
        Optional<Norm> queryKeyNorm,
        Optional<Norm> valueNorm,
        HeadScores scores) {

    /** {@code [T, D]} to {@code [T, D]}. */
    Tensor apply(Tensor x, int layer, AttentionPass pass, Rope.Turn turn) {
        Tensor all = bounded(inputs.apply(x));
        int h = heads.queries();
        int k = heads.keyValues();
        Tensor queriesAndKeys = turned(heads(all, 0, h + k), turn);
        Tensor query = queriesAndKeys.narrow(1, 0, h);
        Tensor key = queriesAndKeys.narrow(1, h, k);
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

    /** Heads normalised and turned, in fp32 from the projection to the end; it is the same for queries and keys. */
    private Tensor turned(Tensor heads, Rope.Turn turn) {
        return queryKeyNorm.isEmpty() && turn == Rope.Turn.NONE
                ? heads
                : Pieces.map(heads, (piece, first) -> turnedInF32(piece, turn.of(first, piece.size(0))));
    }

    private Tensor turnedInF32(Tensor heads, Rope.Turn turn) {
        Tensor exact = heads.to(DType.F32);
        return config.queryKeyNorm() == QueryKeyNorm.PER_TURNED_HEAD
                ? normalised(turn.apply(exact))
                : turn.apply(normalised(exact));
    }

    private Tensor normalised(Tensor heads) {
        return queryKeyNorm.map(norm -> norm.apply(heads)).orElse(heads);
    }

    /** Some heads of the projection, {@code [T, count, E]}. */
    private Tensor heads(Tensor all, int first, int count) {
        int e = heads.width();
        return all.narrow(1, (long) first * e, (long) count * e).view(-1, count, e);
    }
}
