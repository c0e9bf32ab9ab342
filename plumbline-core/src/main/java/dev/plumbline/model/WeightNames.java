package dev.plumbline.model;

import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint calls the decoder's weights.
 *
 * @param embedding {@code [V, D]}
 * @param finalNorm {@code [D]}
 * @param output {@code [V, D]}, where it is not the embedding
 * @param blockPrefix what stands before the parts of a block, with one {@code %d} for the layer
 * @param parts name of each part within its block; those of experts have one {@code %d} for the expert
 * @param ignoredEndings how the names of stored tensors end that the computation has no use for
 * @param ignoredBeginnings how the names of stored tensors begin that the computation has no use for
 */
public record WeightNames(
        String embedding,
        String finalNorm,
        String output,
        String blockPrefix,
        Map<Part, String> parts,
        Set<String> ignoredEndings,
        Set<String> ignoredBeginnings) {

    /** Weights of one block. Projections are stored {@code [out, in]}. */
    public enum Part {
        ATTENTION_NORM,
        /** On the output of attention. */
        ATTENTION_POST_NORM,
        QUERY,
        KEY,
        VALUE,
        /** Queries, keys and values one below the other; stands for all three. */
        QUERY_KEY_VALUE,
        OUTPUT,
        QUERY_BIAS,
        KEY_BIAS,
        VALUE_BIAS,
        OUTPUT_BIAS,
        QUERY_NORM,
        KEY_NORM,
        /** A score of each head beside those of the keys, {@code [H]}. */
        SINKS,
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

    String of(int layer, Part part, int expert) {
        return blockPrefix.formatted(layer) + name(part).formatted(expert);
    }

    private String name(Part part) {
        String name = parts.get(part);
        if (name == null) {
            throw new IllegalArgumentException("No name is given for " + part);
        }
        return name;
    }

    boolean ignores(String name) {
        return ignoredEndings.stream().anyMatch(name::endsWith)
                || ignoredBeginnings.stream().anyMatch(name::startsWith);
    }
}
