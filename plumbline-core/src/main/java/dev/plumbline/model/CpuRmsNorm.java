package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** RMS norm on the CPU, where libtorch's own is eight operations: the faster of two ways, as measured. */
record CpuRmsNorm(MirroredRmsNorm ofFew, LengthRmsNorm ofMany) implements Norm {

    /** Elements up to which fewer operations win over less work. */
    private static final long FEW = 1 << 16;

    @Override
    public Tensor apply(Tensor x) {
        return x.numel() <= FEW ? ofFew.apply(x) : ofMany.apply(x);
    }
}
