package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * What is done to the output projection's result.
 *
 * @param biased whether a bias is added to it
 * @param divisor then divides it
 * @param cap if present, logits then become {@code cap · tanh(logit / cap)}
 */
public record OutputLogits(boolean biased, double divisor, OptionalDouble cap) {

    /** Nothing. */
    public static final OutputLogits PLAIN = new OutputLogits(1, OptionalDouble.empty());

    public OutputLogits {
        if (!(divisor > 0 && Double.isFinite(divisor)) || (cap.isPresent() && !(cap.getAsDouble() > 0))) {
            throw new IllegalArgumentException(
                    "Expected a positive divisor and cap of the logits; found " + divisor + " and " + cap);
        }
    }

    /** A bias is added, nothing more. */
    public static final OutputLogits BIASED = new OutputLogits(true, 1, OptionalDouble.empty());

    /** They are multiplied. */
    public static OutputLogits times(double factor) {
        return new OutputLogits(1 / factor, OptionalDouble.empty());
    }

    /** Without a bias. */
    public OutputLogits(double divisor, OptionalDouble cap) {
        this(false, divisor, cap);
    }

    /** Whether what has no more than 16 bits before has no more afterwards. */
    public boolean keepsSixteenBits() {
        return cap.isEmpty() && Math.scalb(1.0, Math.getExponent(divisor)) == divisor;
    }

    Tensor apply(Tensor logits) {
        Tensor divided = divisor == 1 ? logits : logits.div(divisor);
        return cap.isPresent() ? divided.softCap(cap.getAsDouble()) : divided;
    }
}
