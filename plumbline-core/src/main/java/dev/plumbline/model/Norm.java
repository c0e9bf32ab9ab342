package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** Brings vectors, the last dimension of a tensor, to a common size. */
sealed interface Norm permits RmsNorm, CpuRmsNorm, MirroredRmsNorm, LengthRmsNorm, LayerNorm, HeadNorm, AllHeadsNorm {
    Tensor apply(Tensor x);
}
