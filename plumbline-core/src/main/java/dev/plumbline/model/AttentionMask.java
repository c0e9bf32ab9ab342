package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/** Which keys a query sees. */
sealed interface AttentionMask {

    /** Query i sees keys 0 to i. */
    record Causal() implements AttentionMask {}

    /** Numbers to add to the scores: 0, or minus infinity where a query does not see a key. Keys have positions from 0. */
    final class Additive implements AttentionMask {

        /** Most numbers to hold from layer to layer. More are made anew for every block of queries: all of them are T · S. */
        private static final long HELD = 1 << 22;

        private final AttentionKind kind;
        private final Tensor queries;
        private final int keys;
        private final DType dtype;
        private final Optional<Tensor> held;

        /**
         * @param queries absolute positions of the queries, {@code [B or 1, T]}
         * @param keys number of keys
         */
        Additive(AttentionKind kind, Tensor queries, int keys, DType dtype) {
            this.kind = kind;
            this.queries = queries;
            this.keys = keys;
            this.dtype = dtype;
            this.held = queries.numel() * keys <= HELD ? Optional.of(made(queries, 0, keys)) : Optional.empty();
        }

        /** All of it, {@code [B or 1, T, S]}. */
        Tensor whole() {
            return held.orElseGet(() -> made(queries, 0, keys));
        }

        /**
         * A part, {@code [B or 1, count, end − from]}.
         *
         * @param first query
         * @param count queries
         * @param from first key
         * @param end behind the last key
         */
        Tensor part(int first, int count, int from, int end) {
            return held.map(all -> all.narrow(1, first, count).narrow(2, from, end - from))
                    .orElseGet(() -> made(queries.narrow(1, first, count), from, end));
        }

        /** The first key that any query from a position on may see. */
        int oldest(int position) {
            return kind.oldest(position);
        }

        private Tensor made(Tensor positions, int from, int end) {
            Device device = positions.device();
            Tensor key = Tensor.range(from, end, device);
            Tensor query = positions.unsqueeze(-1);
            Tensor seen = key.lessOrEqual(query);
            if (kind instanceof AttentionKind.Sliding sliding) {
                seen = seen.and(query.lessOrEqual(key.add(sliding.window() - 1)));
            } else if (kind instanceof AttentionKind.Chunked chunked) {
                seen = seen.and(query.sub(query.remainder(chunked.size())).lessOrEqual(key));
            }
            Tensor zero = Tensor.zeros(dtype, device);
            return seen.where(zero, Tensor.full(Double.NEGATIVE_INFINITY, dtype, device));
        }
    }
}
