package dev.plumbline.model;

import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;

/**
 * Several elementwise operations after each other, on so few tokens at a time that what one leaves is still in the processor's
 * cache when the next one comes. On all tokens of a pass each of them would go through memory, which takes longer than to compute.
 */
final class Pieces {

    /** Elements of a piece, at most. */
    private static final long ELEMENTS = 192 << 10;

    /** What is done with some tokens. */
    @FunctionalInterface
    interface Operation {
        /**
         * Computes some tokens of the result, which may have another type.
         *
         * @param piece tokens from {@code first} on
         */
        Tensor apply(Tensor piece, long first);
    }

    private Pieces() {}

    /**
     * Applies an operation to all tokens.
     *
     * @param x {@code [T, …]}
     * @return of the type of x, whatever type the operation computes in
     */
    static Tensor map(Tensor x, Operation operation) {
        long tokens = x.size(0);
        long together = Math.max(1, ELEMENTS * tokens / x.numel());
        if (tokens <= together || !x.device().equals(Device.CPU)) {
            return operation.apply(x, 0).to(x.dtype());
        }
        Tensor result = Tensor.empty(x.dtype(), x.device(), x.shape());
        for (long first = 0; first < tokens; first += together) {
            long count = Math.min(together, tokens - first);
            try (TensorScope scope = TensorScope.open()) {
                result.narrow(0, first, count).copyInPlace(operation.apply(x.narrow(0, first, count), first));
            }
        }
        return result;
    }
}
