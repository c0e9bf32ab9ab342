package dev.plumbline.tensor;

import java.util.Optional;

/**
 * The weight of a projection in the layout that its device multiplies fastest with.
 *
 * <p>On the CPU that is oneDNN's own: from row-major weights libtorch makes it anew for every product, which for a few rows
 * takes longer than the product. On a CPU without instructions for bf16, which oneDNN refuses, a weight of that type is kept as
 * it is and widened piece by piece ({@link WidenedProduct}).
 */
public final class LinearWeight implements AutoCloseable {

    private enum Way {
        AS_IT_IS,
        LAID_OUT,
        WIDENED
    }

    private final Tensor tensor;
    private final Way way;

    private LinearWeight(Tensor tensor, Way way) {
        this.tensor = tensor;
        this.way = way;
    }

    /** The weight {@code [out, in]} in memory of its own on a device, which belongs to this thread's scope. */
    public static LinearWeight copyOf(Tensor weight, Device device) {
        boolean onCpu = weight.device().equals(Device.CPU) && device.equals(Device.CPU);
        if (onCpu && OneDnn.multiplies(weight.dtype())) {
            return new LinearWeight(OneDnn.pack(weight), Way.LAID_OUT);
        }
        boolean refused = onCpu && weight.dtype() == DType.BF16;
        return new LinearWeight(weight.copyTo(device), refused ? Way.WIDENED : Way.AS_IT_IS);
    }

    /** The weight {@code [out, in]} where it is. */
    public static LinearWeight asItIs(Tensor weight) {
        return new LinearWeight(weight, Way.AS_IT_IS);
    }

    Tensor apply(Tensor x, Optional<Tensor> bias) {
        return switch (way) {
            case AS_IT_IS -> x.linear(tensor, bias);
            case LAID_OUT -> OneDnn.linear(x, tensor, bias);
            case WIDENED -> WidenedProduct.of(x, tensor, bias);
        };
    }

    /** As {@link Tensor#keep}. */
    public LinearWeight keep() {
        tensor.keep();
        return this;
    }

    /** As {@link Tensor#close}. */
    @Override
    public void close() {
        tensor.close();
    }
}
