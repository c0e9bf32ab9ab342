package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the products of queries and keys become scores, before the mask and the softmax.
 *
 * @param scale multiplies the products, usually {@code 1/sqrt(E)}
 * @param cap if present, scores become {@code cap · tanh(score / cap)} (soft-capping, Gemma 2)
 * @param growth if present, queries grow with their position
 * @param sinks whether each head has a stored score more, which takes its share of the softmax but has no value
 */
public record AttentionScores(double scale, OptionalDouble cap, Optional<QueryGrowth> growth, boolean sinks) {

    /**
     * Queries multiplied by {@code 1 + rate · ln(1 + ⌊(position + ahead) / context⌋)}, so that attention stays as sharp in
     * long texts (Llama 4, Ministral 3).
     *
     * @param context tokens from one step to the next
     * @param ahead where the count of positions starts, 0 or 1
     * @param onlyUnturned whether this is for layers without a rotation alone
     */
    public record QueryGrowth(double rate, int context, int ahead, boolean onlyUnturned) {
        public QueryGrowth {
            if (!Double.isFinite(rate) || context < 1) {
                throw new IllegalArgumentException(
                        "Expected a finite rate and a positive context of queries that grow; found " + rate + " and "
                                + context);
            }
        }

        /** In every layer, positions counted from 0. */
        public QueryGrowth(double rate, int context) {
            this(rate, context, 0, false);
        }

        float at(int position) {
            return 1 + (float) rate * (float) Math.log(1 + (position + ahead) / context);
        }

        boolean in(LayerKind layer) {
            return !onlyUnturned || layer.rotation() instanceof Rotation.None;
        }
    }

    public AttentionScores {
        if (!(scale > 0) || (cap.isPresent() && !(cap.getAsDouble() > 0))) {
            throw new IllegalArgumentException(
                    "Expected a positive attention scale and cap; found " + scale + " and " + cap);
        }
    }

    /** The same at every position. */
    public AttentionScores(double scale, OptionalDouble cap) {
        this(scale, cap, Optional.empty(), false);
    }

    /** {@code 1/sqrt(E)}, without a cap. */
    public static AttentionScores of(int headDim) {
        return new AttentionScores(1 / Math.sqrt(headDim), OptionalDouble.empty());
    }

    /** Scores from products of queries and keys, in a tensor of its own. */
    Tensor scaled(Tensor products) {
        Tensor scaled = products.mul(scale);
        return cap.isPresent() ? scaled.softCap(cap.getAsDouble()) : scaled;
    }

    /** These, of queries that grow. */
    public AttentionScores growing(QueryGrowth value) {
        return new AttentionScores(scale, cap, Optional.of(value), sinks);
    }

    /** These, with a sink in each head. */
    public AttentionScores withSinks() {
        return new AttentionScores(scale, cap, growth, true);
    }
}
