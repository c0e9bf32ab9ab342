package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;

/**
 * The keys, or the values, of one layer: for each sequence and head a row of tokens. All memory is taken when it is made; of
 * it the rows use as much as they have room for, one right behind the other. Attention over the first sequences then reads one
 * contiguous block, of which libtorch's batched products make no copy.
 */
final class TokenStore implements AutoCloseable {

    private final Tensor memory;
    private final int slots;
    private final int heads;
    private final int width;
    private Tensor rows;

    /** @param capacity most tokens that a row can have room for */
    TokenStore(int slots, int heads, int capacity, int width, DType dtype, Device device) {
        this.slots = slots;
        this.heads = heads;
        this.width = width;
        try (TensorScope scope = TensorScope.open()) {
            // Zeros, because what lies beyond a sequence's end is masked, and masking cannot remove a NaN.
            this.memory = Tensor.zeros(dtype, device, (long) slots * heads * capacity * width)
                    .keep();
            this.rows = inMemory(0).keep();
        }
    }

    private Tensor inMemory(int room) {
        return memory.narrow(0, 0, (long) slots * heads * room * width).view(slots, heads, room, width);
    }

    /** Rows of each sequence, K. */
    int heads() {
        return heads;
    }

    /** {@code [slots, K, room, E]}, contiguous. */
    Tensor rows() {
        return rows;
    }

    /** Gives rows room for so many tokens; the first ones stay what they were. */
    void makeRoom(int room) {
        try (TensorScope scope = TensorScope.open()) {
            long stay = Math.min(room, rows.size(2));
            Tensor first = rows.narrow(2, 0, stay).copy();
            Tensor moved = inMemory(room);
            moved.narrow(2, 0, stay).copyInPlace(first);
            rows.close();
            rows = moved.keep();
        }
    }

    /** Copies the first tokens of one sequence to another. */
    void copy(int from, int to, int tokens) {
        first(to, tokens).copyInPlace(first(from, tokens));
    }

    private Tensor first(int slot, int tokens) {
        return rows.select(0, slot).narrow(1, 0, tokens);
    }

    /**
     * Overwrites tokens.
     *
     * @param indices of the rows seen as {@code [slots · K · room, E]}
     * @param vectors {@code [T, K, E]}
     */
    void write(Tensor indices, Tensor vectors) {
        rows.view(-1, width).indexCopyInPlace(0, indices, vectors.reshape(-1, width));
    }

    @Override
    public void close() {
        rows.close();
        memory.close();
    }
}
