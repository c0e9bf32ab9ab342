package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/**
 * A norm over each head, which has a gain of its own.
 *
 * @param plain the norm without a gain
 * @param gains {@code [H or K, E]}, in fp32
 */
record HeadNorm(Norm plain, Tensor gains) implements Norm {

    /** Of heads {@code [T, H or K, E]}. */
    @Override
    public Tensor apply(Tensor x) {
        return plain.apply(x.to(gains.dtype())).mul(gains).to(x.dtype());
    }
}
