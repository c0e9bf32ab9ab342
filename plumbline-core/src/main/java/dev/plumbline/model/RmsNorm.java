package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * {@code x / sqrt(mean(x²) + eps) · gain} over the last dimension (Zhang and Sennrich 2019), computed in the type of the
 * gain if that is wider than the stream's.
 */
record RmsNorm(Optional<Tensor> gain, double eps) implements Norm {
    @Override
    public Tensor apply(Tensor x) {
        return x.to(gain.map(Tensor::dtype).orElse(x.dtype()))
                .rmsNorm(gain, eps)
                .to(x.dtype());
    }
}
