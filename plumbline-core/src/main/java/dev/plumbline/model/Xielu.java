package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * xIELU (Huang and Schlag 2024), the integral of an ELU that bends both ways: {@code positive · x² + β x} above 0, and
 * {@code negative · (exp(x) - 1 - x) + β x} below.
 *
 * @param positive {@code [1]}, as it multiplies, in fp32
 * @param negative {@code [1]}, likewise
 * @param beta {@code [1]}, the slope at 0, in fp32
 * @param eps {@code [1]}, the least distance from 0 at which the exponential is taken, in fp32 and negative
 */
record Xielu(Tensor positive, Tensor negative, Tensor beta, Tensor eps) implements UnaryOperator<Tensor> {

    /** Elementwise, in fp32. */
    @Override
    public Tensor apply(Tensor x) {
        Tensor exact = x.to(positive.dtype());
        Tensor above = exact.relu();
        Tensor below = exact.minimum(eps).expMinusOne().sub(exact).mulInPlace(negative);
        Tensor bent = exact.lessOrEqual(Tensor.zeros(exact.dtype(), exact.device(), 1))
                .where(below, above.mul(above).mulInPlace(positive));
        return bent.addInPlace(exact.mul(beta)).to(x.dtype());
    }
}
