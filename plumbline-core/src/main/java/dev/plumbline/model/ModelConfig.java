package dev.plumbline.model;

import java.util.Collections;
import java.util.List;

/**
 * Everything that the decoder must know of an architecture.
 *
 * @param dModel width of the residual stream, D
 * @param nHeads query heads, H
 * @param nKvHeads key and value heads, K; each serves H/K query heads
 * @param headDim width of a head, E; not always D/H
 * @param dMlp inner width of the gated MLP, F
 * @param vocabSize V
 * @param maxPositions longest context that the checkpoint declares
 * @param normEps added to the mean square in every RMS norm
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling how those are changed
 * @param layers what each layer's attention sees, in order; as many as there are layers
 * @param attentionBiases which attention projections have biases
 * @param queryKeyNorm whether queries and keys are normalised, and over what
 * @param tiedEmbeddings whether the output projection is the embedding matrix
 */
public record ModelConfig(
        int dModel,
        int nHeads,
        int nKvHeads,
        int headDim,
        int dMlp,
        int vocabSize,
        int maxPositions,
        double normEps,
        double ropeTheta,
        RopeScaling ropeScaling,
        List<AttentionKind> layers,
        AttentionBiases attentionBiases,
        QueryKeyNorm queryKeyNorm,
        boolean tiedEmbeddings) {

    /** Which attention projections have biases. */
    public enum AttentionBiases {
        NONE,
        /** Queries, keys, values and the output. */
        ALL
    }

    /** Normalisation of queries and keys before the rotation. */
    public enum QueryKeyNorm {
        NONE,
        /** RMS norm over each head. */
        PER_HEAD
    }

    public ModelConfig {
        layers = List.copyOf(layers);
        requirePositive("dModel", dModel);
        requirePositive("nHeads", nHeads);
        requirePositive("nKvHeads", nKvHeads);
        requirePositive("headDim", headDim);
        requirePositive("dMlp", dMlp);
        requirePositive("vocabSize", vocabSize);
        requirePositive("maxPositions", maxPositions);
        requirePositive("nLayers", layers.size());
        if (nHeads % nKvHeads != 0) {
            throw new IllegalArgumentException(nHeads + " query heads cannot share " + nKvHeads + " kv heads evenly");
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("headDim " + headDim + " is odd; the rotation pairs its dimensions");
        }
        if (!(normEps >= 0) || !(ropeTheta > 0)) {
            throw new IllegalArgumentException(
                    "Expected normEps >= 0 and ropeTheta > 0; found " + normEps + " and " + ropeTheta);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; expected at least 1");
        }
    }

    public int nLayers() {
        return layers.size();
    }

    /** Query heads per kv head. */
    public int groupSize() {
        return nHeads / nKvHeads;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects choices by name. Sizes have no default; the rest is that of a plain pre-norm decoder. */
    public static final class Builder {
        private int dModel;
        private int nHeads;
        private int nKvHeads;
        private int headDim;
        private int dMlp;
        private int vocabSize;
        private int maxPositions;
        private double normEps = 1e-6;
        private double ropeTheta = 10_000;
        private RopeScaling ropeScaling = new RopeScaling.None();
        private List<AttentionKind> layers = List.of();
        private AttentionBiases attentionBiases = AttentionBiases.NONE;
        private QueryKeyNorm queryKeyNorm = QueryKeyNorm.NONE;
        private boolean tiedEmbeddings;

        private Builder() {}

        public Builder dModel(int value) {
            dModel = value;
            return this;
        }

        /** Query heads, kv heads and the width of each. */
        public Builder heads(int queryHeads, int kvHeads, int width) {
            nHeads = queryHeads;
            nKvHeads = kvHeads;
            headDim = width;
            return this;
        }

        public Builder dMlp(int value) {
            dMlp = value;
            return this;
        }

        public Builder vocabSize(int value) {
            vocabSize = value;
            return this;
        }

        public Builder maxPositions(int value) {
            maxPositions = value;
            return this;
        }

        public Builder normEps(double value) {
            normEps = value;
            return this;
        }

        public Builder rope(double theta, RopeScaling scaling) {
            ropeTheta = theta;
            ropeScaling = scaling;
            return this;
        }

        public Builder layers(List<AttentionKind> value) {
            layers = value;
            return this;
        }

        /** So many layers of full attention. */
        public Builder layers(int count) {
            return layers(Collections.nCopies(count, new AttentionKind.Full()));
        }

        public Builder attentionBiases(AttentionBiases value) {
            attentionBiases = value;
            return this;
        }

        public Builder queryKeyNorm(QueryKeyNorm value) {
            queryKeyNorm = value;
            return this;
        }

        public Builder tiedEmbeddings(boolean value) {
            tiedEmbeddings = value;
            return this;
        }

        public ModelConfig build() {
            return new ModelConfig(
                    dModel,
                    nHeads,
                    nKvHeads,
                    headDim,
                    dMlp,
                    vocabSize,
                    maxPositions,
                    normEps,
                    ropeTheta,
                    ropeScaling,
                    layers,
                    attentionBiases,
                    queryKeyNorm,
                    tiedEmbeddings);
        }
    }
}
