package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;

/**
 * Replaces what lies along a direction by what lies there on average: {@code h ← h − (h · v̂) v̂ + μ v̂}. Unlike {@link
 * Ablation} it does not take an activation to where no activation ever is.
 *
 * @param projection μ, a mean projection on the unit direction
 */
public record MeanAblation(Direction direction, double projection) implements Intervention {

    public MeanAblation {
        Requirements.finite("Mean projection", projection);
    }

    /** Ablation to the mean of some activations, {@code [D]}, at the direction's site. */
    public static MeanAblation toward(Direction direction, float[] mean) {
        return new MeanAblation(direction, direction.projection(mean));
    }

    @Override
    public float[] apply(float[] activation) {
        return Component.bounded(activation, direction, projection, projection);
    }

    @Override
    public Edit edit() {
        return VectorEdit.replacing(
                direction, Component.extended(new float[direction.dModel()], direction, projection));
    }
}
