package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * {@code (x - mean(x)) / sqrt(variance(x) + eps) · gain + bias} over the last dimension (Ba et al. 2016), computed in the
 * type of the gain if that is wider than the stream's.
 *
 * @param bias of the same type as the gain
 */
record LayerNorm(Tensor gain, Optional<Tensor> bias, double eps) implements Norm {
    @Override
    public Tensor apply(Tensor x) {
        return x.to(gain.dtype()).layerNorm(gain, bias, eps).to(x.dtype());
    }
}
