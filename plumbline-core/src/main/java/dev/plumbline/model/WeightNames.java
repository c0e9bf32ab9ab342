package dev.plumbline.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a checkpoint calls the decoder's weights.
 *
 * @param embedding {@code [V, D]}
 * @param finalNorm {@code [D]}
 * @param output {@code [V, D]}, where it is not the embedding
 * @param blockPrefix what stands before the parts of a block, with one {@code %d} for the layer
 * @param parts name of each part within its block; those of experts have one {@code %d} for the expert, those of norms may
 *     have one for the head
 * @param ignoredEndings how the names of stored tensors end that the computation has no use for
 * @param ignoredBeginnings how the names of stored tensors begin that the computation has no use for
 * @param positions if present, what is added to embeddings by position, {@code [maxPositions, D]}
 * @param transposed whether projections are stored {@code [in, out]}
 */
public record WeightNames(
        String embedding,
        String finalNorm,
        String output,
        String blockPrefix,
        Map<Part, String> parts,
        Set<String> ignoredEndings,
        Set<String> ignoredBeginnings,
        Optional<String> positions,
        boolean transposed) {

    /** Weights of one block. Projections are stored {@code [out, in]}, unless they are {@link #transposed}. */
    public enum Part {
        ATTENTION_NORM,
        /** On the output of attention. */
        ATTENTION_POST_NORM,
        QUERY,
        KEY,
        VALUE,
        /** Queries, keys and values one below the other; stands for all three. */
        QUERY_KEY_VALUE,
        QUERY_KEY_VALUE_BIAS,
        /** For each kv head its queries, its key and its value, all one below the other; stands for all three. */
        QUERY_KEY_VALUE_BY_HEAD,
        QUERY_KEY_VALUE_BY_HEAD_BIAS,
        OUTPUT,
        QUERY_BIAS,
        KEY_BIAS,
        VALUE_BIAS,
        OUTPUT_BIAS,
        QUERY_NORM,
        KEY_NORM,
        /** A score of each head beside those of the keys, {@code [H]}. */
        SINKS,
        /** What multiplies the residual stream in the end, {@code [1]}. */
        LAYER_SCALE,
        MLP_NORM,
        /** On the output of the MLP. */
        MLP_POST_NORM,
        GATE,
        UP,
        /** Gate and up one below the other; stands for both. */
        GATE_UP,
        DOWN,
        GATE_BIAS,
        UP_BIAS,
        DOWN_BIAS,
        /** Of xIELU, before softplus, {@code [1]}. */
        XIELU_POSITIVE,
        /** Likewise, beyond {@link #XIELU_BETA}. */
        XIELU_NEGATIVE,
        /** A number. */
        XIELU_BETA,
        /** A number. */
        XIELU_EPS,
        /** Scores of the experts, {@code [experts, D]}. */
        ROUTER,
        /** {@code [experts]}. */
        ROUTER_BIAS,
        /** What is added to the experts' scores when the best are sought, {@code [experts]}. */
        ROUTER_CORRECTION,
        /** The same as {@code [1, experts]}; stands for it. */
        ROUTER_CORRECTION_ROW,
        EXPERT_GATE,
        EXPERT_UP,
        EXPERT_DOWN,
        /** Gate and up of all experts, {@code [experts, 2F, D]}; stands for those of each. */
        EXPERTS_GATE_UP,
        /** {@code [experts, D, F]}; stands for those of each, as the next ones do. */
        EXPERTS_DOWN,
        /** {@code [experts, D, 2F]}. */
        EXPERTS_GATE_UP_COLUMNS,
        /** {@code [experts, D, 2F]}, columns of gate and of up by turns. */
        EXPERTS_GATE_UP_ALTERNATING,
        /** {@code [experts, F, D]}. */
        EXPERTS_DOWN_COLUMNS,
        /** {@code [experts, 2F]}, in the order of the columns. */
        EXPERTS_GATE_UP_BIAS,
        /** {@code [experts, D]}. */
        EXPERTS_DOWN_BIAS,
        /** Of the MLP beside the experts. */
        SHARED_GATE,
        SHARED_UP,
        /** Gate and up one below the other; stands for both. */
        SHARED_GATE_UP,
        SHARED_DOWN,
        /** How much the MLP beside the experts counts, {@code [1, D]}. */
        SHARED_SWITCH
    }

    public WeightNames {
        parts = Map.copyOf(parts);
        ignoredEndings = Set.copyOf(ignoredEndings);
        ignoredBeginnings = Set.copyOf(ignoredBeginnings);
        if (transposed && (parts.containsKey(Part.QUERY) || parts.containsKey(Part.GATE))) {
            throw new IllegalArgumentException("Transposed projections cannot be joined");
        }
    }

    /** Names of a layout without weights for positions, and with projections {@code [out, in]}. */
    public WeightNames(
            String embedding,
            String finalNorm,
            String output,
            String blockPrefix,
            Map<Part, String> parts,
            Set<String> ignoredEndings,
            Set<String> ignoredBeginnings) {
        this(
                embedding,
                finalNorm,
                output,
                blockPrefix,
                parts,
                ignoredEndings,
                ignoredBeginnings,
                Optional.empty(),
                false);
    }

    /** These, with another name of the final norm. */
    public WeightNames withFinalNorm(String name) {
        return new WeightNames(
                embedding, name, output, blockPrefix, parts, ignoredEndings, ignoredBeginnings, positions, transposed);
    }

    /** These, with learned positions, and with projections stored {@code [in, out]}. */
    public WeightNames transposedWithPositions(String name) {
        return new WeightNames(
                embedding,
                finalNorm,
                output,
                blockPrefix,
                parts,
                ignoredEndings,
                ignoredBeginnings,
                Optional.of(name),
                true);
    }

    /** The same, without use for stored tensors whose names begin so. */
    public WeightNames ignoringBeginnings(Set<String> beginnings) {
        return new WeightNames(embedding, finalNorm, output, blockPrefix, parts, ignoredEndings, beginnings);
    }

    boolean has(Part part) {
        return parts.containsKey(part);
    }

    String of(int layer, Part part) {
        return blockPrefix.formatted(layer) + name(part);
    }

    /** The name of one of several: of an expert's part, or of a head's. */
    String of(int layer, Part part, int which) {
        return blockPrefix.formatted(layer) + name(part).formatted(which);
    }

    /** Whether there are several of a part. */
    boolean isOfEach(Part part) {
        return name(part).contains("%d");
    }

    private String name(Part part) {
        String name = parts.get(part);
        if (name == null) {
            throw new IllegalArgumentException("No name is given for " + part);
        }
        return name;
    }

    /** The bias beside a weight of this name; all layouts agree in that. */
    static String biasOf(String weight) {
        return weight.substring(0, weight.lastIndexOf('.')) + ".bias";
    }

    boolean ignores(String name) {
        return ignoredEndings.stream().anyMatch(name::endsWith)
                || ignoredBeginnings.stream().anyMatch(name::startsWith);
    }
}
