package dev.plumbline.tensor;

import java.util.Arrays;

/** Checks of shapes at public boundaries. */
public final class Shapes {

    /** Stands for a dimension of any size. */
    public static final long ANY = -1;

    private Shapes() {}

    /**
     * Returns the tensor if it has the expected shape.
     *
     * @param what names the tensor in the message
     * @param expected sizes, {@link #ANY} where any will do
     * @throws IllegalArgumentException that says what was found and what was expected
     */
    public static Tensor require(Tensor tensor, String what, long... expected) {
        require(tensor.shape(), what, expected);
        return tensor;
    }

    /** As {@link #require(Tensor, String, long...)}, of plain data. */
    public static TensorData require(TensorData data, String what, long... expected) {
        require(data.shape(), what, expected);
        return data;
    }

    private static void require(long[] found, String what, long... expected) {
        boolean matches = found.length == expected.length;
        for (int i = 0; matches && i < expected.length; i++) {
            matches = expected[i] == ANY || expected[i] == found[i];
        }
        if (!matches) {
            throw new IllegalArgumentException(what + " has shape " + Arrays.toString(found) + "; expected "
                    + Arrays.toString(expected).replace("-1", "*"));
        }
    }
}
