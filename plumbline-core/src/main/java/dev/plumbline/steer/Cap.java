package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;

/**
 * Activation capping: keeps the projection p = h · v̂ within bounds, and leaves alone what is within already.
 *
 * <ul>
 *   <li>a floor at τ: {@code h ← h − min(p − τ, 0) v̂}, as the Assistant Axis paper writes it, along the axis
 *   <li>a ceiling at τ: {@code h ← h − max(p − τ, 0) v̂}, as its code and its published files have it, along the negated axis
 * </ul>
 *
 * <p>The two are one operation, see {@link #mirrored}. Afterwards no projection is beyond a bound by more than rounding: in fp32
 * at most {@code D · 2⁻²³ ‖h‖}; in bf16, whose 8 significant bits the result is rounded to, at most {@code 2⁻⁸ ‖h‖} more.
 * A later intervention at the same site may move it again, unless its direction is orthogonal.
 *
 * @param lower −∞ for none
 * @param upper +∞ for none
 */
public record Cap(Direction direction, double lower, double upper) implements Intervention {

    public Cap {
        boolean bounds = lower < Double.POSITIVE_INFINITY
                && upper > Double.NEGATIVE_INFINITY
                && lower <= upper
                && (Double.isFinite(lower) || Double.isFinite(upper));
        if (!bounds) {
            throw new IllegalArgumentException("A cap at " + direction.site() + " between " + lower + " and " + upper
                    + " bounds nothing; expected a finite bound, and the lower one not above the upper");
        }
    }

    /** Keeps the projection at or above τ. */
    public static Cap floor(Direction direction, double threshold) {
        return new Cap(direction, threshold, Double.POSITIVE_INFINITY);
    }

    /** Keeps the projection at or below τ. */
    public static Cap ceiling(Direction direction, double threshold) {
        return new Cap(direction, Double.NEGATIVE_INFINITY, threshold);
    }

    /** Keeps the projection within both. */
    public static Cap between(Direction direction, double lower, double upper) {
        return new Cap(direction, lower, upper);
    }

    /** The same operation told along the opposite direction: a ceiling at τ along v is a floor at −τ along −v. */
    public Cap mirrored() {
        return new Cap(direction.negated(), -upper, -lower);
    }

    @Override
    public float[] apply(float[] activation) {
        return Component.bounded(activation, direction, lower, upper);
    }

    @Override
    public Edit edit() {
        return Fp32Edit.withUnit(direction, (h, unit) -> Component.bounded(h, unit, lower, upper));
    }
}
