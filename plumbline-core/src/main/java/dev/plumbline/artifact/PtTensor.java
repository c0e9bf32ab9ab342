package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A tensor in a {@code .pt} file, known by its type and shape; its elements are fetched when asked for, so a file of
 * thousands of tensors can be walked one at a time.
 */
public final class PtTensor implements PtValue {

    private final DType dtype;
    private final long[] shape;
    private final Supplier<TensorData> elements;

    private PtTensor(DType dtype, long[] shape, Supplier<TensorData> elements) {
        this.dtype = dtype;
        this.shape = shape.clone();
        this.elements = elements;
    }

    public static PtTensor of(TensorData data) {
        return new PtTensor(data.dtype(), data.shape(), () -> data);
    }

    /** A tensor whose elements are made when they are needed, each time anew. */
    public static PtTensor deferred(DType dtype, long[] shape, Supplier<TensorData> elements) {
        return new PtTensor(dtype, shape, () -> {
            TensorData data = elements.get();
            if (data.dtype() != dtype || !Arrays.equals(data.shape(), shape)) {
                throw new IllegalStateException(
                        "Tensor announced as " + dtype + Arrays.toString(shape) + " came as " + data);
            }
            return data;
        });
    }

    public DType dtype() {
        return dtype;
    }

    public long[] shape() {
        return shape.clone();
    }

    /**
     * The elements, contiguous and on the heap.
     *
     * @throws MalformedArtifactException if the bytes in the file do not match their checksum or cannot be had
     * @throws java.io.UncheckedIOException if the file could not be read, or was closed
     */
    public TensorData data() {
        return elements.get();
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
