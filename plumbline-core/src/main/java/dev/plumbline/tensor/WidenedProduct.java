package dev.plumbline.tensor;

import java.util.Optional;

/**
 * Products with bf16 weights on a CPU without instructions for them, where libtorch's own is a loop. Of the weight, as much as
 * fits a processor's cache is widened to fp32 at a time; nothing wider is kept. As where there are such instructions, products
 * are summed in fp32 and rounded once.
 */
final class WidenedProduct {

    /** Rows from which on the loop is slower than to widen the weight. */
    private static final int WORTH_IT = 6;

    /** Weights that are widened at a time. */
    private static final int PIECE = 1 << 20;

    private WidenedProduct() {}

    /** As {@link Tensor#linear}. */
    static Tensor of(Tensor x, Tensor weight, Optional<Tensor> bias) {
        long out = weight.size(0);
        long in = weight.size(1);
        long rows = x.numel() / in;
        if (rows < WORTH_IT) {
            return x.linear(weight, bias);
        }
        long[] shape = x.shape();
        shape[shape.length - 1] = out;
        Tensor product = Tensor.empty(x.dtype(), x.device(), rows, out);
        try (TensorScope scope = TensorScope.open()) {
            Tensor wide = x.reshape(rows, in).to(DType.F32);
            long together = Math.max(1, PIECE / in);
            for (long first = 0; first < out; first += together) {
                long start = first;
                long count = Math.min(together, out - start);
                try (TensorScope piece = TensorScope.open()) {
                    Tensor ownWeight = weight.narrow(0, start, count).to(DType.F32);
                    Optional<Tensor> ownBias =
                            bias.map(b -> b.narrow(0, start, count).to(DType.F32));
                    product.narrow(1, start, count).copyInPlace(multiplied(wide, ownWeight, ownBias));
                }
            }
        }
        return product.view(shape);
    }

    /** By oneDNN if there is one: it has the threads that widen, where OpenBLAS has others, and the two would wait for each other. */
    private static Tensor multiplied(Tensor x, Tensor weight, Optional<Tensor> bias) {
        return OneDnn.multiplies(DType.F32) ? OneDnn.linear(x, weight, bias) : x.linear(weight, bias);
    }
}
