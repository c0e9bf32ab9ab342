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
 * @param parts name of each part within its block
 * @param ignored stored tensors that the computation has no use for, by full name or by the part after the last block
 *     prefix
 */
public record WeightNames(
        String embedding,
        String finalNorm,
        String output,
        String blockPrefix,
        Map<Part, String> parts,
        Set<String> ignored) {

    /** Weights of one block. Projections are stored {@code [out, in]}. */
    public enum Part {
        ATTENTION_NORM,
        QUERY,
        KEY,
        VALUE,
        OUTPUT,
        QUERY_BIAS,
        KEY_BIAS,
        VALUE_BIAS,
        OUTPUT_BIAS,
        QUERY_NORM,
        KEY_NORM,
        MLP_NORM,
        GATE,
        UP,
        DOWN
    }

    public WeightNames {
        parts = Map.copyOf(parts);
        ignored = Set.copyOf(ignored);
    }

    String of(int layer, Part part) {
        String name = parts.get(part);
        if (name == null) {
            throw new IllegalArgumentException("No name is given for " + part);
        }
        return blockPrefix.formatted(layer) + name;
    }

    boolean ignores(String name) {
        return ignored.stream().anyMatch(name::endsWith);
    }
}
