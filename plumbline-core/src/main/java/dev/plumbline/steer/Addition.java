package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import dev.plumbline.tensor.DeviceVector;

/**
 * Steering: {@code h ← h + α v}, with the vector as it is. A positive coefficient moves toward where the direction points,
 * on an axis toward the Assistant. Since v has some length of its own, coefficients compare only along one direction;
 * {@link #length} compares always.
 *
 * @param coefficient α
 */
public record Addition(Direction direction, double coefficient) implements Intervention {

    public Addition {
        Requirements.finite("Coefficient", coefficient);
    }

    /**
     * Steering by a distance: {@code h ← h + length · v̂}.
     *
     * @param length in the units of the residual stream
     */
    public static Addition ofLength(Direction direction, double length) {
        return new Addition(direction, length / direction.norm());
    }

    /**
     * Steering in units of the gap between personas. Where the direction is a difference of means, such as an Assistant
     * Axis, the gap is its length and {@code new Addition(direction, gaps)} is the same.
     *
     * @param gaps how many gaps to move
     * @param gap mean projection of the default Assistant minus mean projection of the roles
     */
    public static Addition inPersonaGaps(Direction direction, double gaps, double gap) {
        return ofLength(direction, gaps * Requirements.positive("Persona gap", gap));
    }

    /**
     * Steering relative to how large activations are: {@code h ← h + m · ‖h‖mean · v̂}, as the Assistant Axis paper steers (arXiv 2601.10387).
     *
     * @param multiple m
     * @param meanNorm mean length of activations at the direction's site
     */
    public static Addition relative(Direction direction, double multiple, double meanNorm) {
        return ofLength(direction, multiple * Requirements.positive("Mean norm", meanNorm));
    }

    /** How far activations move, signed: {@code α ‖v‖}. */
    public double length() {
        return coefficient * direction.norm();
    }

    @Override
    public float[] apply(float[] activation) {
        return Component.extended(activation, direction, length());
    }

    @Override
    public Edit edit() {
        DeviceVector step = new DeviceVector(Component.extended(new float[direction.dModel()], direction, length()));
        return VectorEdit.at(direction, h -> h.add(step.on(h.device(), h.dtype())));
    }
}
