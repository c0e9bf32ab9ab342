package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;

/** The bytes beside a pickle that its tensors are views of. */
@FunctionalInterface
interface PickleStorages {

    /**
     * The storage that a pickle names.
     *
     * @param key name that the pickle gives the storage
     * @param bytes how many it says there are
     * @throws PickleException if there is no such storage, or it has another size
     */
    Storage open(String key, long bytes);

    /** One run of bytes. */
    interface Storage {
        long bytes();

        /** The elements of a view that was checked to lie within. */
        TensorData read(View view);
    }

    /**
     * A strided window on a storage, everything counted in elements.
     *
     * @param offset of the first element
     */
    record View(DType dtype, long offset, long[] shape, long[] stride) {

        /** The furthest element of a view that has elements; throws {@link ArithmeticException} on overflow. */
        long lastIndex() {
            long last = offset;
            for (int i = 0; i < shape.length; i++) {
                last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, stride[i]));
            }
            return last;
        }

        /** Whether the elements follow each other in row-major order. */
        boolean isContiguous() {
            long expected = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                if (shape[i] != 1 && stride[i] != expected) {
                    return false;
                }
                expected *= shape[i];
            }
            return true;
        }
    }
}
