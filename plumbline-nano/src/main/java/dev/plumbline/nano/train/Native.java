package dev.plumbline.nano.train;

import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.kLong;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;

/** Bulk copies between the heap and libtorch; element-wise accessors are slow and have leaked. */
final class Native {

    private Native() {}

    static Tensor tensor(float[] values, long... size) {
        return from_blob(new FloatPointer(values), size).clone();
    }

    static Tensor tensor(long[] values, long... size) {
        return from_blob(new LongPointer(values), size, new TensorOptions(kLong()))
                .clone();
    }

    /** All elements of a contiguous fp32 tensor. */
    static float[] floats(Tensor tensor) {
        Tensor contiguous = tensor.contiguous();
        float[] values = new float[Math.toIntExact(contiguous.numel())];
        new FloatPointer(contiguous.data_ptr()).get(values);
        return values;
    }

    static void fill(Tensor contiguous, float[] values) {
        if (contiguous.numel() != values.length) {
            throw new IllegalArgumentException("Found " + values.length + " values, expected " + contiguous.numel());
        }
        new FloatPointer(contiguous.data_ptr()).put(values);
    }

    static Scalar scalar(double value) {
        return new Scalar(value);
    }
}
