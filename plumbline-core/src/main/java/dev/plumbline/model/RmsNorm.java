package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** {@code x / sqrt(mean(x²) + eps) · weight} over the last dimension (Zhang and Sennrich 2019). */
record RmsNorm(Tensor weight, double eps) {
    Tensor apply(Tensor x) {
        return x.rmsNorm(weight, eps);
    }
}
