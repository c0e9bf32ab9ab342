package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import java.util.Arrays;

/**
 * What the assistant-axis repository does where it says ablation or mean ablation: {@code h ← h − (h · v̂) v̂ + w}, the same
 * vector w added to every activation. It is here to repeat results that were made with it. {@link Ablation} and {@link
 * MeanAblation} are what the names mean elsewhere.
 */
public final class ReferenceAblation implements Intervention {

    private final Direction direction;
    private final float[] added;

    private ReferenceAblation(Direction direction, float[] added) {
        this.direction = direction;
        this.added = added;
    }

    /** Its "ablation": w = coefficient · v, with v as it is. No coefficient leaves activations unchanged; 0 is {@link Ablation}. */
    public static ReferenceAblation addingVector(Direction direction, double coefficient) {
        double length = Requirements.finite("Coefficient", coefficient) * direction.norm();
        return new ReferenceAblation(direction, Component.extended(new float[direction.dModel()], direction, length));
    }

    /** Its "mean ablation": w is the whole mean {@code [D]}, where only its component along v would replace what was taken. */
    public static ReferenceAblation addingMean(Direction direction, float[] mean) {
        if (mean.length != direction.dModel()) {
            throw new IllegalArgumentException(
                    "A mean of " + mean.length + " components meets a direction of " + direction.dModel());
        }
        for (float component : mean) {
            Requirements.finite("A component of the mean", component);
        }
        return new ReferenceAblation(direction, mean.clone());
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public float[] apply(float[] activation) {
        float[] changed = Component.bounded(activation, direction, 0, 0);
        for (int i = 0; i < changed.length; i++) {
            changed[i] += added[i];
        }
        return changed;
    }

    @Override
    public Edit edit() {
        return VectorEdit.replacing(direction, added);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReferenceAblation that
                && direction.equals(that.direction)
                && Arrays.equals(added, that.added);
    }

    @Override
    public int hashCode() {
        return 31 * direction.hashCode() + Arrays.hashCode(added);
    }

    @Override
    public String toString() {
        return "ReferenceAblation[direction=" + direction + "]";
    }
}
