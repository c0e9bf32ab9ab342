package dev.plumbline.checkpoint;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Reads weights that are to be copied elsewhere, one after another, into the same memory. Memory of its own for each would
 * leave holes between the copies that nothing fits into: a quarter of the process for a small model. Nothing is mapped: what is
 * copied from a mapping would stay resident beside the copy.
 */
final class WeightReader implements AutoCloseable {

    private final Buffer result = new Buffer();
    private final Buffer stored = new Buffer();

    /**
     * Parts below each other, on the CPU.
     *
     * @return valid until the next call
     */
    Tensor read(List<StoredTensor> parts, DType dtype) {
        long[] shape = parts.get(0).shape().clone();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        Tensor joined = result.take(dtype, shape);
        long row = 0;
        for (StoredTensor part : parts) {
            Tensor target = joined.narrow(0, row, part.shape()[0]);
            if (part.dtype() == dtype) {
                target.readInPlace(part.file(), part.offset());
            } else {
                target.copyInPlace(stored.take(part.dtype(), part.shape()).readInPlace(part.file(), part.offset()));
            }
            row += part.shape()[0];
        }
        return joined;
    }

    @Override
    public void close() {
        result.close();
        stored.close();
    }

    /** Memory as large as the largest tensor that it was asked for. */
    private static final class Buffer implements AutoCloseable {

        private Optional<Tensor> bytes = Optional.empty();

        Tensor take(DType dtype, long... shape) {
            long wanted = dtype.bytes();
            for (long size : shape) {
                wanted = Math.multiplyExact(wanted, size);
            }
            if (bytes.map(Tensor::numel).orElse(-1L) < wanted) {
                close();
                bytes = Optional.of(Tensor.empty(DType.U8, Device.CPU, wanted).keep());
            }
            return bytes.orElseThrow().narrow(0, 0, wanted).viewAs(dtype).view(shape);
        }

        @Override
        public void close() {
            bytes.ifPresent(Tensor::close);
            bytes = Optional.empty();
        }
    }
}
