package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.tensor.Tensor;

/** The part of an activation that lies along a direction: what ablation and capping change, and all that they change. */
final class Component {

    private Component() {}

    /** {@code h + length · v̂}. */
    static float[] extended(float[] activation, Direction direction, double length) {
        float[] vector = direction.vector();
        float[] extended = new float[activation.length];
        for (int i = 0; i < extended.length; i++) {
            extended[i] = (float) (activation[i] + length * vector[i] / direction.norm());
        }
        return extended;
    }

    /** {@code h + (p′ − p) v̂}, where p = h · v̂, and p′ is p brought into [lower, upper]. */
    static float[] bounded(float[] activation, Direction direction, double lower, double upper) {
        double projection = direction.projection(activation);
        double bounded = Math.min(Math.max(projection, lower), upper);
        return extended(activation, direction, bounded - projection);
    }

    /** As {@link #bounded(float[], Direction, double, double)}, on {@code [N, D]} and {@code [D]} in fp32. */
    static Tensor bounded(Tensor activations, Tensor unit, double lower, double upper) {
        Tensor projections = projections(activations, unit);
        return extended(activations, unit, projections.clamp(lower, upper).sub(projections));
    }

    /**
     * {@code h · v̂} of every row, {@code [N]}. Not a matrix product: how those add up a row may depend on how many rows there
     * are, and an edit treats every row alike.
     */
    static Tensor projections(Tensor activations, Tensor unit) {
        return activations.mul(unit).sum(-1);
    }

    /** As {@link #extended(float[], Direction, double)}, with lengths {@code [N]}. */
    static Tensor extended(Tensor activations, Tensor unit, Tensor lengths) {
        return activations.add(lengths.unsqueeze(1).mul(unit));
    }
}
