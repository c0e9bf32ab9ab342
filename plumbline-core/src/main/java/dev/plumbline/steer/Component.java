package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.tensor.Tensor;

/**
 * The part of an activation that lies along a direction: what ablation and capping change, and all that they change. On
 * tensors, operands of the residual stream's type are raised to fp32 by the operations themselves.
 */
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

    /** {@code h − (h · v̂) v̂} of every row, in fp32, of {@code [N, D]} in any type and {@code [D]} in fp32. */
    static Tensor removed(Tensor activations, Tensor unit) {
        return activations.addProduct(projections(activations, unit), unit, -1);
    }

    /**
     * {@code h · v̂} of every row, {@code [N, 1]} in fp32. Not a matrix product: how those add up a row may depend on how many
     * rows there are, and an edit treats every row alike.
     */
    static Tensor projections(Tensor activations, Tensor unit) {
        return activations.mul(unit).sumKept(-1);
    }
}
