package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scaled dot-product attention of grouped heads: query head h uses kv head h / (H/K). */
enum AttentionKernel {

    /** libtorch's fused attention. */
    FUSED {
        @Override
        Tensor attendCausally(Tensor query, Tensor key, Tensor value, HeadScores scores) {
            int heads = (int) query.size(1);
            return query.attendCausally(repeatHeads(key, heads), repeatHeads(value, heads), scores.scale());
        }

        @Override
        Tensor attendBlock(Tensor query, Tensor key, Tensor value, Tensor bias, HeadScores scores) {
            int heads = (int) query.size(1);
            return query.attend(
                    repeatHeads(key, heads), repeatHeads(value, heads), Optional.of(bias.unsqueeze(1)), scores.scale());
        }

        @Override
        DType biasOfOne(DType dtype) {
            return dtype;
        }

        @Override
        boolean readsParts(long elements) {
            return true;
        }

        @Override
        Tensor attendOne(Tensor query, Tensor key, Tensor value, Optional<Tensor> bias, HeadScores scores) {
            // Query heads that share a kv head stand where several queries would: nothing is repeated.
            return query.attend(key, value, bias.map(b -> b.unsqueeze(1)), scores.scale());
        }
    },

    /** Product, softmax in fp32, product: in 16-bit types on the CPU an order of magnitude faster than the fused call. */
    EAGER {
        @Override
        Tensor attendCausally(Tensor query, Tensor key, Tensor value, HeadScores scores) {
            throw new IllegalArgumentException("Eager attention adds its mask to the scores");
        }

        /** The H/K queries that share a kv head are put in one matrix. */
        @Override
        Tensor attendBlock(Tensor query, Tensor key, Tensor value, Tensor bias, HeadScores scores) {
            long b = query.size(0);
            long t = query.size(2);
            long e = query.size(3);
            long k = key.size(1);
            long g = query.size(1) / k;
            long s = key.size(2);
            // [B or 1, T, S] to [B · K or 1, G · T, S]
            long masks = bias.size(0) == 1 ? 1 : b * k;
            Tensor biases = bias.unsqueeze(1)
                    .unsqueeze(1)
                    .expand(bias.size(0), masks == 1 ? 1 : k, g, t, s)
                    .reshape(masks, g * t, s);
            Tensor queries = query.reshape(b * k, g * t, e);
            Tensor keys = key.reshape(b * k, s, e).transpose(1, 2);
            Tensor masked = scores.cap().isPresent()
                    ? scores.scaled(queries.matmul(keys)).addInPlace(biases)
                    : biases.addBatchedMatmul(queries, keys, scores.scale());
            return scores.shares(masked, t).matmul(value.reshape(b * k, s, e)).view(b, k * g, t, e);
        }

        @Override
        DType biasOfOne(DType dtype) {
            return DType.F32;
        }

        @Override
        boolean readsParts(long elements) {
            return elements <= FEW_KEYS;
        }

        @Override
        Tensor attendOne(Tensor query, Tensor key, Tensor value, Optional<Tensor> bias, HeadScores scores) {
            long b = query.size(0);
            long k = query.size(1);
            long g = query.size(2);
            long e = query.size(3);
            long s = key.size(2);
            if (key.numel() <= FEW_KEYS
                    && scores.cap().isEmpty()
                    && scores.sinks().isEmpty()) {
                return FUSED.attendOne(query.to(DType.F32), key.to(DType.F32), value.to(DType.F32), bias, scores)
                        .to(query.dtype());
            }
            Tensor products = query.reshape(b * k, g, e)
                    .matmul(key.reshape(b * k, s, e).transpose(1, 2))
                    .view(b, k, g, s);
            return scores.shares(masked(products, bias.map(one -> one.unsqueeze(1)), scores), 1)
                    .to(value.dtype())
                    .reshape(b * k, g, s)
                    .matmul(value.reshape(b * k, s, e))
                    .view(b, k, g, e);
        }

        private static Tensor masked(Tensor products, Optional<Tensor> bias, HeadScores scores) {
            if (bias.isEmpty()) {
                return scores.scaled(products.to(DType.F32));
            }
            Tensor added = bias.get();
            return scores.cap().isPresent()
                    ? scores.scaled(products.to(DType.F32)).addInPlace(added)
                    : added.add(products, scores.scale());
        }
    };

    /** Queries that attend together: none of them needs the keys after the last one. */
    private static final int ROWS = 128;

    /** Up to so many elements, keys and values are widened for a query sooner than 16-bit products are set up. */
    private static final long FEW_KEYS = 1 << 18;

    /** Most scores to hold at once. */
    private static final long SCORES = 1 << 24;

    /** The faster one that can do it, as measured. */
    static AttentionKernel of(DType dtype, Device device, AttentionScores scores) {
        boolean slowFused = device.kind() == Device.Kind.CPU && (dtype == DType.BF16 || dtype == DType.F16);
        return slowFused || scores.cap().isPresent() || scores.sinks() ? EAGER : FUSED;
    }

    /** The mask of whole sequences of so many tokens, in the form that this kernel is fastest with. */
    AttentionMask wholeSequences(AttentionKind kind, int longest, DType dtype, Device device) {
        return this == FUSED && kind.seesAll(longest)
                ? new AttentionMask.Causal()
                : new AttentionMask.Additive(
                        kind, Tensor.range(0, longest, device).unsqueeze(0), longest, dtype);
    }

    /**
     * Attention of several queries per sequence, the last of which is the last key's token. Queries attend in blocks, which read
     * no key after their last and none before a window, and hold no more scores than {@link #SCORES}.
     *
     * @param query {@code [B, H, T, E]}
     * @param key {@code [B, K, S, E]}
     * @param value {@code [B, K, S, E]}
     * @return {@code [B, H, T, E]}
     */
    Tensor attend(Tensor query, Tensor key, Tensor value, AttentionMask mask, HeadScores scores) {
        if (!(mask instanceof AttentionMask.Additive additive)) {
            return attendCausally(query, key, value, scores);
        }
        int t = (int) query.size(2);
        int s = (int) key.size(2);
        int rows = (int) Math.max(1, Math.min(ROWS, SCORES / (query.size(0) * query.size(1) * s)));
        List<Tensor> parts = new ArrayList<>();
        for (int start = 0; start < t; start += rows) {
            int count = Math.min(rows, t - start);
            int position = s - t + start;
            int oldest = additive.oldest(position);
            int end = position + count;
            try (TensorScope scope = TensorScope.open()) {
                parts.add(scope.promote(attendBlock(
                        query.narrow(2, start, count),
                        key.narrow(2, oldest, end - oldest),
                        value.narrow(2, oldest, end - oldest),
                        additive.part(start, count, oldest, end),
                        scores)));
            }
        }
        return parts.size() == 1 ? parts.get(0) : Tensor.cat(parts, 2);
    }

    /** As {@link #attend}, every query seeing all keys up to its own. */
    abstract Tensor attendCausally(Tensor query, Tensor key, Tensor value, HeadScores scores);

    /**
     * As {@link #attend}, at once.
     *
     * @param bias added to the scores, {@code [B or 1, T, S]}
     */
    abstract Tensor attendBlock(Tensor query, Tensor key, Tensor value, Tensor bias, HeadScores scores);

    /** Type of the bias of {@link #attendOne} for heads of a type. */
    abstract DType biasOfOne(DType dtype);

    /**
     * Whether {@link #attendOne} takes a part of each head's keys where they lie, as fast as all of them.
     *
     * @param elements of the keys
     */
    abstract boolean readsParts(long elements);

    /**
     * Attention of one query per sequence and head.
     *
     * @param query {@code [B, K, H/K, E]}
     * @param bias added to the scores, {@code [B or 1, 1, S]}, of {@link #biasOfOne}; without one all keys are seen
     * @return {@code [B, K, H/K, E]}
     */
    abstract Tensor attendOne(Tensor query, Tensor key, Tensor value, Optional<Tensor> bias, HeadScores scores);

    private static Tensor repeatHeads(Tensor x, int heads) {
        long b = x.size(0);
        long k = x.size(1);
        long s = x.size(2);
        long e = x.size(3);
        return k == heads ? x : x.unsqueeze(2).expand(b, k, heads / k, s, e).reshape(b, heads, s, e);
    }
}
