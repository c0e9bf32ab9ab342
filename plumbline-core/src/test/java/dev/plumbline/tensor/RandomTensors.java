package dev.plumbline.tensor;

import java.util.Random;

/** Tensors to test with. */
public final class RandomTensors {

    private RandomTensors() {}

    /** Normally distributed numbers on the CPU. */
    public static Tensor normal(Random random, DType dtype, long... shape) {
        float[] values = new float[(int) TensorData.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, shape).to(dtype);
    }
}
