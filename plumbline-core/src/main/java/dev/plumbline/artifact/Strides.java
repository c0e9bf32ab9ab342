package dev.plumbline.artifact;

import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies a strided view into row-major order. */
final class Strides {

    private Strides() {}

    /** @param window the bytes from the first element of the view to its last */
    static ByteBuffer gather(ByteBuffer window, PickleStorages.View view) {
        int width = view.dtype().bytes();
        long[] shape = view.shape();
        ByteBuffer gathered = ByteBuffer.allocate(Math.toIntExact(TensorData.numel(shape) * width))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        long source = 0;
        while (gathered.hasRemaining()) {
            gathered.put(gathered.position(), window, (int) source * width, width);
            gathered.position(gathered.position() + width);
            for (int i = shape.length - 1; i >= 0; i--) {
                source += view.stride()[i];
                if (++index[i] < shape[i]) {
                    break;
                }
                source -= shape[i] * view.stride()[i];
                index[i] = 0;
            }
        }
        return gathered.flip();
    }
}
