package dev.plumbline.model;

/**
 * What may differ from layer to layer.
 *
 * @param attention which tokens a query sees
 * @param rotation how queries and keys turn with their positions
 * @param mlp what stands between attention and the next layer
 */
public record LayerKind(AttentionKind attention, Rotation rotation, MlpKind mlp) {

    /** A layer whose queries see everything before them. */
    public static LayerKind seeingAll(Rotation rotation, MlpKind mlp) {
        return new LayerKind(new AttentionKind.Full(), rotation, mlp);
    }
}
