package dev.plumbline.checkpoint;

import dev.plumbline.tensor.DType;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param name its name in the checkpoint
 * @param dtype stored element type
 * @param shape size of each dimension
 * @param file the file
 * @param offset first byte, counted from the start of the file
 * @param bytes length in bytes
 */
public record StoredTensor(String name, DType dtype, long[] shape, Path file, long offset, long bytes) {

    /** What stands at one index of its first dimension. */
    StoredTensor part(long index) {
        long each = bytes / shape[0];
        return new StoredTensor(
                name, dtype, Arrays.copyOfRange(shape, 1, shape.length), file, offset + index * each, each);
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }
}
