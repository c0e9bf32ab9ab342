package dev.plumbline.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Everything that the decoder must know of an architecture.
 *
 * @param dModel width of the residual stream, D
 * @param commonHeads those of every layer that has none of its own
 * @param vocabSize V
 * @param maxPositions longest context that the checkpoint declares
 * @param layers what differs from layer to layer, in order; as many as there are layers
 * @param normKind what every norm divides by
 * @param normEps added to the mean square in every norm
 * @param normGain how the weight of a norm multiplies
 * @param normPlacement where norms stand around attention and MLP
 * @param attentionBiases which attention projections have biases
 * @param queryKeyNorm whether queries and keys are normalised, and over what
 * @param valueNorm whether values are normalised
 * @param projectionBound if present, no element of a query, key or value is further from 0 when it is projected
 * @param scores how products of queries and keys become scores
 * @param activation the nonlinearity of every MLP
 * @param embeddingScale what embeddings are multiplied with
 * @param learnedPositions whether a vector that was learned for each position is added to the embeddings
 * @param branchOrder whether the MLP sees what attention adds
 * @param branchScale what attention and MLP outputs are multiplied with before they are added to the residual stream
 * @param layerScale what the residual stream is multiplied with at the end of each layer
 * @param logits what is done to the output projection's result
 * @param tiedEmbeddings whether the output projection is the embedding matrix
 */
public record ModelConfig(
        int dModel,
        Heads commonHeads,
        int vocabSize,
        int maxPositions,
        List<LayerKind> layers,
        NormKind normKind,
        double normEps,
        NormGain normGain,
        NormPlacement normPlacement,
        AttentionBiases attentionBiases,
        QueryKeyNorm queryKeyNorm,
        ValueNorm valueNorm,
        OptionalDouble projectionBound,
        AttentionScores scores,
        Activation activation,
        EmbeddingScale embeddingScale,
        boolean learnedPositions,
        BranchOrder branchOrder,
        double branchScale,
        LayerScale layerScale,
        OutputLogits logits,
        boolean tiedEmbeddings) {

    /** What a norm does to a vector before its weight multiplies. */
    public enum NormKind {
        /** Divides it by its root mean square. */
        RMS,
        /** Subtracts its mean and divides it by its standard deviation. */
        LAYER,
        /** As {@link #LAYER}; a bias is added in the end. */
        BIASED_LAYER
    }

    /** How the weight of a norm multiplies. */
    public enum NormGain {
        WEIGHT,
        /** By {@code 1 + weight}, in fp32. */
        ONE_PLUS_WEIGHT,
        /** There is no weight. */
        NONE
    }

    /** Where norms stand around attention and MLP. */
    public enum NormPlacement {
        /** On the input. */
        BEFORE,
        /** On the output. */
        AFTER,
        /** On both. */
        AROUND
    }

    /** Which attention projections have biases. */
    public enum AttentionBiases {
        NONE,
        /** Queries, keys and values. */
        INPUTS,
        /** Queries, keys, values and the output. */
        ALL
    }

    /** Normalisation of queries and keys, before the rotation unless said otherwise. */
    public enum QueryKeyNorm {
        NONE,
        /** Over each head. */
        PER_HEAD,
        /** Over each head, after the rotation. */
        PER_TURNED_HEAD,
        /** Over each head without a weight, in layers that turn; before or after the rotation is the same then. */
        PER_HEAD_WHERE_TURNED,
        /** Over each head, which has a weight of its own. */
        PER_HEAD_OF_ITS_OWN,
        /** Over all heads together. */
        ALL_HEADS
    }

    /** Normalisation of values. */
    public enum ValueNorm {
        NONE,
        /** Over each head, without a weight. */
        PER_HEAD
    }

    /** What the residual stream is multiplied with at the end of each layer. */
    public enum LayerScale {
        NONE,
        /** A number that was learned for the layer. */
        LEARNED
    }

    /** Whether the MLP of a layer sees what its attention adds to the residual stream. */
    public enum BranchOrder {
        /** It does. */
        IN_TURN,
        /** Both branches read the input of the layer, through a norm each. */
        SIDE_BY_SIDE,
        /** Both branches read the input of the layer, through one norm. */
        SIDE_BY_SIDE_SHARING_NORM
    }

    public ModelConfig {
        layers = List.copyOf(layers);
        requirePositive("dModel", dModel);
        requirePositive("vocabSize", vocabSize);
        requirePositive("maxPositions", maxPositions);
        requirePositive("nLayers", layers.size());
        for (LayerKind layer : layers) {
            if (layer.rotation() instanceof Rotation.Rotary rotary) {
                requireFits(rotary, layer.ownHeads().orElse(commonHeads).width());
            }
        }
        if (!(normEps >= 0)) {
            throw new IllegalArgumentException("Expected normEps >= 0; found " + normEps);
        }
        if (projectionBound.isPresent() && !(projectionBound.getAsDouble() > 0)) {
            throw new IllegalArgumentException("Expected a positive projectionBound; found " + projectionBound);
        }
        if (!Double.isFinite(branchScale)) {
            throw new IllegalArgumentException("Expected a finite branchScale; found " + branchScale);
        }
        if (branchOrder != BranchOrder.IN_TURN
                && (normPlacement != NormPlacement.BEFORE || branchScale != 1 || layerScale != LayerScale.NONE)) {
            throw new IllegalArgumentException(
                    "Branches side by side have a norm before them, and no other scale than 1");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; expected at least 1");
        }
    }

    private static void requireFits(Rotation.Rotary rotary, int headDim) {
        if (rotary.width() > headDim) {
            throw new IllegalArgumentException(
                    "A rotation of " + rotary.width() + " dimensions does not fit a head of " + headDim);
        }
        if (rotary.scaling() instanceof RopeScaling.LongRope scaling) {
            for (List<Double> factors : List.of(scaling.shortFactors(), scaling.longFactors())) {
                if (factors.size() != rotary.width() / 2) {
                    throw new IllegalArgumentException("The rope scaling has " + factors.size() + " factors; expected "
                            + rotary.width() / 2 + ", one for each pair of dimensions that turns");
                }
            }
        }
        if (rotary.scaling() instanceof RopeScaling.LeadingPairs leading && leading.pairs() > rotary.width() / 2) {
            throw new IllegalArgumentException(
                    leading.pairs() + " pairs of dimensions cannot turn in " + rotary.width() + " dimensions");
        }
        if (rotary.scaling() instanceof RopeScaling.Dynamic && rotary.width() == 2) {
            throw new IllegalArgumentException("Dynamic rope scaling needs more than one pair of dimensions");
        }
    }

    public int nLayers() {
        return layers.size();
    }

    /** The longest sequence that can be read, in tokens. */
    public int longestSequence() {
        return scalings().mapToInt(scaling -> scaling.reach(maxPositions)).max().orElse(maxPositions);
    }

    /** How long a sequence of so many tokens can become while its keys and values are cached. */
    public int longestContinuation(int length) {
        return Math.min(
                longestSequence(),
                scalings().mapToInt(scaling -> scaling.sameUpTo(length)).min().orElse(Integer.MAX_VALUE));
    }

    private Stream<RopeScaling> scalings() {
        return layers.stream()
                .map(LayerKind::rotation)
                .filter(Rotation.Rotary.class::isInstance)
                .map(rotation -> ((Rotation.Rotary) rotation).scaling());
    }

    /** The heads of a layer, from 0. */
    public Heads heads(int layer) {
        return heads(layers.get(layer));
    }

    /** The heads of one of the layers. */
    public Heads heads(LayerKind layer) {
        return layer.ownHeads().orElse(commonHeads);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects choices by name. Sizes have no default; the rest is that of a plain pre-norm decoder. */
    public static final class Builder {
        private int dModel;
        private int queryHeads;
        private int kvHeads;
        private int headDim;
        private int vocabSize;
        private int maxPositions;
        private List<LayerKind> layers = List.of();
        private NormKind normKind = NormKind.RMS;
        private double normEps = 1e-6;
        private NormGain normGain = NormGain.WEIGHT;
        private NormPlacement normPlacement = NormPlacement.BEFORE;
        private AttentionBiases attentionBiases = AttentionBiases.NONE;
        private QueryKeyNorm queryKeyNorm = QueryKeyNorm.NONE;
        private ValueNorm valueNorm = ValueNorm.NONE;
        private OptionalDouble projectionBound = OptionalDouble.empty();
        private Optional<AttentionScores> scores = Optional.empty();
        private Activation activation = Activation.SILU;
        private EmbeddingScale embeddingScale = new EmbeddingScale.None();
        private boolean learnedPositions;
        private BranchOrder branchOrder = BranchOrder.IN_TURN;
        private double branchScale = 1;
        private LayerScale layerScale = LayerScale.NONE;
        private OutputLogits logits = OutputLogits.PLAIN;
        private boolean tiedEmbeddings;

        private Builder() {}

        public Builder dModel(int value) {
            dModel = value;
            return this;
        }

        /** Query heads, kv heads and the width of each, of layers that have none of their own. */
        public Builder heads(int queries, int keyValues, int width) {
            queryHeads = queries;
            kvHeads = keyValues;
            headDim = width;
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

        public Builder layers(List<LayerKind> value) {
            layers = value;
            return this;
        }

        /** So many layers of one kind. */
        public Builder layers(int count, LayerKind kind) {
            return layers(Collections.nCopies(count, kind));
        }

        public Builder normKind(NormKind value) {
            normKind = value;
            return this;
        }

        public Builder normEps(double value) {
            normEps = value;
            return this;
        }

        public Builder normGain(NormGain value) {
            normGain = value;
            return this;
        }

        public Builder normPlacement(NormPlacement value) {
            normPlacement = value;
            return this;
        }

        public Builder attentionBiases(AttentionBiases value) {
            attentionBiases = value;
            return this;
        }

        public Builder queryKeyNorm(QueryKeyNorm value) {
            queryKeyNorm = value;
            return this;
        }

        public Builder valueNorm(ValueNorm value) {
            valueNorm = value;
            return this;
        }

        public Builder projectionBound(OptionalDouble value) {
            projectionBound = value;
            return this;
        }

        /** Instead of {@link AttentionScores#of} the common heads' width. */
        public Builder scores(AttentionScores value) {
            scores = Optional.of(value);
            return this;
        }

        public Builder activation(Activation value) {
            activation = value;
            return this;
        }

        public Builder embeddingScale(EmbeddingScale value) {
            embeddingScale = value;
            return this;
        }

        public Builder learnedPositions(boolean value) {
            learnedPositions = value;
            return this;
        }

        public Builder branchOrder(BranchOrder value) {
            branchOrder = value;
            return this;
        }

        public Builder branchScale(double value) {
            branchScale = value;
            return this;
        }

        public Builder layerScale(LayerScale value) {
            layerScale = value;
            return this;
        }

        public Builder logits(OutputLogits value) {
            logits = value;
            return this;
        }

        public Builder tiedEmbeddings(boolean value) {
            tiedEmbeddings = value;
            return this;
        }

        public ModelConfig build() {
            return new ModelConfig(
                    dModel,
                    new Heads(queryHeads, kvHeads, headDim),
                    vocabSize,
                    maxPositions,
                    layers,
                    normKind,
                    normEps,
                    normGain,
                    normPlacement,
                    attentionBiases,
                    queryKeyNorm,
                    valueNorm,
                    projectionBound,
                    scores.orElseGet(() -> AttentionScores.of(headDim)),
                    activation,
                    embeddingScale,
                    learnedPositions,
                    branchOrder,
                    branchScale,
                    layerScale,
                    logits,
                    tiedEmbeddings);
        }
    }
}
