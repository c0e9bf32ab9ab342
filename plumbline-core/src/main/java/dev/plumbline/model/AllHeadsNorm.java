package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.List;

/**
 * A norm over all query heads of a token together, and one over all its key heads.
 *
 * @param queries number of query heads, H
 */
record AllHeadsNorm(int queries, Norm query, Norm key) implements Norm {

    /** Of heads {@code [T, H + K, E]}. */
    @Override
    public Tensor apply(Tensor heads) {
        return Tensor.cat(
                List.of(
                        together(query, heads.narrow(1, 0, queries)),
                        together(key, heads.narrow(1, queries, heads.size(1) - queries))),
                1);
    }

    private static Tensor together(Norm norm, Tensor heads) {
        return norm.apply(heads.reshape(heads.size(0), heads.size(1) * heads.size(2)))
                .view(heads.shape());
    }
}
