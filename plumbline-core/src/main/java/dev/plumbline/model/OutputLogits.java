package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * What is done to the output projection's result.
 *
 * @param divisor divides it
 * @param cap if present, logits then become {@code cap · tanh(logit / cap)}
 */
public record OutputLogits(double divisor, OptionalDouble cap) {

    /** Nothing. */
    public static final OutputLogits PLAIN = new OutputLogits(1, OptionalDouble.empty());

    public OutputLogits {
        if (!(divisor > 0) || (cap.isPresent() && !(cap.getAsDouble() > 0))) {
            throw new IllegalArgumentException(
                    "Expected a positive divisor and cap of the logits; found " + divisor + " and " + cap);
        }
    }

    /** Logits that are multiplied. */
    public static OutputLogits times(double factor) {
        return new OutputLogits(1 / factor, OptionalDouble.empty());
    }

    Tensor apply(Tensor logits) {
        Tensor divided = divisor == 1 ? logits : logits.div(divisor);
        return cap.isPresent() ? divided.softCap(cap.getAsDouble()) : divided;
    }
}
