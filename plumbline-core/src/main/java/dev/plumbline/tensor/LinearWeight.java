package dev.plumbline.tensor;

import java.util.Optional;

/**
 * The weight of a projection in the layout that its device multiplies fastest with.
 *
 * <p>On the CPU that depends on how many tokens a pass takes ({@link Layout}). On a CPU without instructions for bf16, which
 * oneDNN refuses, a weight of that type is kept as it is and widened piece by piece ({@link WidenedProduct}).
 */
public final class LinearWeight implements AutoCloseable {

    /** How a weight lies in the CPU's memory, where there is a choice. */
    public enum Layout {
        /**
         * oneDNN's own, for many sequences at once: from rows libtorch makes it anew for every product, which for a few tokens
         * takes longer than the product.
         */
        TILES,
        /**
         * As stored: the product with a single token is then a walk through memory, and not bound by the processor. It is for
         * bf16; other types are in tiles all the same, where they gain nothing.
         */
        ROWS;

        /**
         * The faster one here, as measured, where one sequence is continued at a time. Tiles go through AMX, where the processor
         * has it, however few the rows are, and take up to twice as long there; elsewhere they are the faster ones.
         */
        public static Layout ofOneSequence() {
            return Processor.hasAmx() ? ROWS : TILES;
        }
    }

    private enum Way {
        AS_IT_IS,
        IN_TILES,
        IN_ROWS,
        WIDENED
    }

    private final Tensor tensor;
    private final Way way;

    private LinearWeight(Tensor tensor, Way way) {
        this.tensor = tensor;
        this.way = way;
    }

    /**
     * The weight {@code [out, in]} in memory of its own on a device, which belongs to this thread's scope.
     *
     * @param layout on the CPU
     */
    public static LinearWeight copyOf(Tensor weight, Device device, Layout layout) {
        boolean onCpu = weight.device().equals(Device.CPU) && device.equals(Device.CPU);
        if (onCpu && OneDnn.multiplies(weight.dtype())) {
            return layout == Layout.ROWS && weight.dtype() == DType.BF16
                    ? new LinearWeight(weight.copy(), Way.IN_ROWS)
                    : new LinearWeight(OneDnn.pack(weight), Way.IN_TILES);
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
            case IN_TILES -> OneDnn.linear(x, tensor, bias);
            case IN_ROWS -> isOneRow(x) ? OneDnn.linear(x, tensor, bias) : x.linear(tensor, bias);
            case WIDENED -> WidenedProduct.of(x, tensor, bias);
        };
    }

    private static boolean isOneRow(Tensor x) {
        return x.numel() == x.size(-1);
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
