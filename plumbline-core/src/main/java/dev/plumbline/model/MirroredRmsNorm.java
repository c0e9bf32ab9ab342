package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * RMS norm (Zhang and Sennrich 2019) in two native operations where libtorch's own takes eight: a vector beside its negative has
 * the mean 0 and the variance {@code mean(x²)}, so that layer norm of the two is RMS norm of the vector.
 *
 * @param gains twice the gain, in fp32, {@code [2, D]}
 * @param signs 1 and −1 in the type of what is computed, {@code [2, 1]}
 */
record MirroredRmsNorm(Tensor gains, Tensor signs, double eps) implements Norm {

    /** Of vectors of a type; the tensors belong to the scope. */
    static MirroredRmsNorm of(Tensor gain, double eps, DType dtype) {
        Tensor exact = gain.to(DType.F32);
        return new MirroredRmsNorm(
                Tensor.stack(List.of(exact, exact), 0),
                Tensor.of(new float[] {1, -1}, 2, 1).to(gain.device()).to(dtype),
                eps);
    }

    @Override
    public Tensor apply(Tensor x) {
        return x.unsqueeze(-2)
                .mul(signs)
                .layerNorm(gains, Optional.empty(), eps)
                .select(-2, 0);
    }
}
