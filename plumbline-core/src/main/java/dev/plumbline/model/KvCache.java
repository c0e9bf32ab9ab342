package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens that were already seen, for up to a fixed number of sequences. Each sequence has a slot;
 * per layer all slots lie in one tensor {@code [slots, K, capacity, E]}, so that sequences of different lengths decode
 * together when they occupy the first slots. All memory is taken when it is made, so that a cache too large fails before any
 * work is done.
 *
 * <p>Belongs to one thread at a time.
 */
public final class KvCache implements AutoCloseable {

    private final ModelConfig config;
    private final int capacity;
    private final Device device;
    private final int[] lengths;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();

    /**
     * An empty cache.
     *
     * @param slots most sequences at once
     * @param capacity most tokens of each
     */
    public KvCache(ModelConfig config, int slots, int capacity, DType dtype, Device device) {
        if (slots < 1 || capacity < 1) {
            throw new IllegalArgumentException(
                    "A cache needs at least 1 slot of 1 token, not " + slots + " of " + capacity);
        }
        this.config = config;
        this.capacity = capacity;
        this.device = device;
        this.lengths = new int[slots];
        long[] shape = {slots, config.nKvHeads(), capacity, config.headDim()};
        try (TensorScope scope = TensorScope.open()) {
            for (int layer = 0; layer < config.nLayers(); layer++) {
                // Zeros, because what lies beyond a sequence's end is masked, and masking cannot remove a NaN.
                keys.add(Tensor.zeros(dtype, device, shape).keep());
                values.add(Tensor.zeros(dtype, device, shape).keep());
            }
        }
    }

    /** Bytes that one token of one sequence takes. */
    public static long bytesPerToken(ModelConfig config, DType dtype) {
        return 2L * config.nLayers() * config.nKvHeads() * config.headDim() * dtype.bytes();
    }

    public int slots() {
        return lengths.length;
    }

    /** Number of tokens seen of the sequence in a slot. */
    public int length(int slot) {
        return lengths[slot];
    }

    /** Forgets the sequence in a slot. */
    public void clear(int slot) {
        lengths[slot] = 0;
    }

    /**
     * Begins a sequence as another one begins that is, or was last, in a slot: it then continues from there.
     *
     * @param from the other's slot; may be this one
     * @param length tokens that the two share; the slot's keys and values of them must not have been overwritten since
     */
    public void share(int from, int to, int length) {
        if (from != to && length > 0) {
            try (TensorScope scope = TensorScope.open()) {
                copy(from, to, length);
            }
        }
        lengths[to] = length;
    }

    private void copy(int from, int to, int length) {
        for (List<Tensor> tensors : List.of(keys, values)) {
            for (Tensor tensor : tensors) {
                part(tensor, to, length).copyInPlace(part(tensor, from, length));
            }
        }
    }

    /** Moves a sequence to another slot, forgetting what was there. */
    public void move(int from, int to) {
        try (TensorScope scope = TensorScope.open()) {
            copy(from, to, lengths[from]);
        }
        lengths[to] = lengths[from];
        lengths[from] = 0;
    }

    private static Tensor part(Tensor tensor, int slot, int length) {
        return tensor.select(0, slot).narrow(1, 0, length);
    }

    void append(int slot, int tokens) {
        lengths[slot] += tokens;
    }

    /**
     * Where the tokens of a pass go: for each token, its rows of the tensors seen as {@code [slots · K · capacity, E]}.
     *
     * @param slots slot of each token
     * @param positions absolute position of each token
     */
    Tensor rows(int[] slots, int[] positions) {
        int k = config.nKvHeads();
        long[] rows = new long[slots.length * k];
        for (int t = 0; t < slots.length; t++) {
            if (positions[t] >= capacity) {
                throw new IllegalArgumentException("A sequence reaches position " + positions[t]
                        + "; the cache has room for " + capacity + " tokens of each");
            }
            for (int head = 0; head < k; head++) {
                rows[t * k + head] = ((long) slots[t] * k + head) * capacity + positions[t];
            }
        }
        return Tensor.ofLongs(rows, device);
    }

    /** Stores keys and values {@code [T, K, E]} of a layer at {@link #rows}. */
    void write(int layer, Tensor rows, Tensor key, Tensor value) {
        int e = config.headDim();
        keys.get(layer).view(-1, e).indexCopyInPlace(0, rows, key.reshape(-1, e));
        values.get(layer).view(-1, e).indexCopyInPlace(0, rows, value.reshape(-1, e));
    }

    /** Keys of a layer, {@code [slots, K, capacity, E]}. */
    Tensor keys(int layer) {
        return keys.get(layer);
    }

    /** Values of a layer, {@code [slots, K, capacity, E]}. */
    Tensor values(int layer) {
        return values.get(layer);
    }

    @Override
    public void close() {
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
        keys.clear();
        values.clear();
    }
}
