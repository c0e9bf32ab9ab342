package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A strided window on a run of elements, everything counted in elements.
 *
 * @param offset of the first element
 */
record StridedView(DType dtype, long offset, long[] shape, long[] stride) {

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

    /**
     * A copy of the elements in row-major order.
     *
     * @param window the bytes from the first element of the view to its last
     */
    ByteBuffer gather(ByteBuffer window) {
        int width = dtype.bytes();
        ByteBuffer gathered = ByteBuffer.allocate(Math.toIntExact(TensorData.numel(shape) * width))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        long source = 0;
        while (gathered.hasRemaining()) {
            gathered.put(gathered.position(), window, (int) source * width, width);
            gathered.position(gathered.position() + width);
            for (int i = shape.length - 1; i >= 0; i--) {
                source += stride[i];
                if (++index[i] < shape[i]) {
                    break;
                }
                source -= shape[i] * stride[i];
                index[i] = 0;
            }
        }
        return gathered.flip();
    }
}
