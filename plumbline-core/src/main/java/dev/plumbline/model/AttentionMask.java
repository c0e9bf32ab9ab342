package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;

/** Which keys a query sees. */
sealed interface AttentionMask {

    /** Query i sees keys 0 to i. */
    record Causal() implements AttentionMask {}

    /**
     * Any choice of keys, as numbers added to the scores: 0 or minus infinity.
     *
     * @param bias {@code [B or 1, T or 1, S]}
     */
    record Additive(Tensor bias) implements AttentionMask {

        /**
         * @param queries absolute positions of the queries, {@code [B or 1, T]}
         * @param keys number of keys, at positions from 0
         */
        static Additive of(AttentionKind kind, Tensor queries, int keys, DType dtype) {
            Device device = queries.device();
            Tensor key = Tensor.range(0, keys, device);
            Tensor query = queries.unsqueeze(-1);
            Tensor seen = key.lessOrEqual(query);
            if (kind instanceof AttentionKind.Sliding sliding) {
                seen = seen.and(query.lessOrEqual(key.add(sliding.window() - 1)));
            }
            Tensor zero = Tensor.zeros(dtype, device);
            return new Additive(seen.where(zero, Tensor.full(Double.NEGATIVE_INFINITY, dtype, device)));
        }
    }
}
