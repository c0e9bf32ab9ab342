package dev.plumbline.model;

import java.util.Optional;

/**
 * What may differ from layer to layer.
 *
 * @param attention which tokens a query sees
 * @param ownHeads its heads, if they are not those that the model's layers have in common
 * @param rotation how queries and keys turn with their positions
 * @param mlp what stands between attention and the next layer
 */
public record LayerKind(AttentionKind attention, Optional<Heads> ownHeads, Rotation rotation, MlpKind mlp) {

    /** A layer with the heads that the model's layers have in common. */
    public LayerKind(AttentionKind attention, Rotation rotation, MlpKind mlp) {
        this(attention, Optional.empty(), rotation, mlp);
    }

    /** A layer whose queries see everything before them. */
    public static LayerKind seeingAll(Rotation rotation, MlpKind mlp) {
        return new LayerKind(new AttentionKind.Full(), rotation, mlp);
    }

    /** The same layer with heads of its own. */
    public LayerKind with(Heads heads) {
        return new LayerKind(attention, Optional.of(heads), rotation, mlp);
    }
}
