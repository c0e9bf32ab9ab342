package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;

/**
 * Steering that turns an activation toward a direction and keeps its length:
 *
 * <pre>h ← ‖h‖ · m / ‖m‖,  m = √(1 − α²) h + α ‖h‖ v̂</pre>
 *
 * <p>Steering is sometimes written as {@code h ← m} alone. That keeps the length only of activations orthogonal to v; others it
 * stretches or shrinks, by {@code √(1 + 2α √(1 − α²) cos(h, v))}.
 *
 * @param strength α, the sine of the angle by which an activation orthogonal to v turns; 0 changes nothing and less than 0
 *     turns away. It lies within ±√½, beyond which an activation that points away from v could vanish
 */
public record NormPreservingAddition(Direction direction, double strength) implements Intervention {

    public NormPreservingAddition {
        if (!(strength * strength < 0.5)) {
            throw new IllegalArgumentException(
                    "Strength is " + strength + "; expected a number between -0.7071 and 0.7071, the sine of an angle");
        }
    }

    private double kept() {
        return Math.sqrt(1 - strength * strength);
    }

    @Override
    public float[] apply(float[] activation) {
        double norm = norm(activation);
        float[] vector = direction.vector();
        double[] mixed = new double[activation.length];
        double squares = 0;
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = kept() * activation[i] + strength * norm * vector[i] / direction.norm();
            squares += mixed[i] * mixed[i];
        }
        float[] turned = new float[mixed.length];
        for (int i = 0; norm > 0 && i < turned.length; i++) {
            turned[i] = (float) (mixed[i] * norm / Math.sqrt(squares));
        }
        return turned;
    }

    private static double norm(float[] activation) {
        double squares = 0;
        for (float x : activation) {
            squares += (double) x * x;
        }
        return Math.sqrt(squares);
    }

    @Override
    public Edit edit() {
        return VectorEdit.withUnit(direction, (residual, unit) -> {
            Tensor h = residual.to(DType.F32);
            Tensor norms = norms(h);
            Tensor mixed = h.mul(kept()).addProduct(norms, unit, strength);
            // A zero activation stays zero: 0 / tiny, not 0 / 0.
            Tensor scale = norms.div(norms(mixed).clamp(Float.MIN_NORMAL, Double.POSITIVE_INFINITY));
            return mixed.mul(scale);
        });
    }

    private static Tensor norms(Tensor rows) {
        return rows.mul(rows).sumKept(-1).sqrt();
    }
}
