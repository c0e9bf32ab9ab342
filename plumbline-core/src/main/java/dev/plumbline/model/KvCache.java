package dev.plumbline.model;

import static java.util.stream.Collectors.toMap;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keys and values of the tokens that were already seen, for up to a fixed number of sequences. Each sequence has a slot;
 * sequences of different lengths decode together when they occupy the first slots. All memory is taken when it is made, so
 * that a cache too large fails before any work is done. Every slot has the same room, which grows with the longest sequence.
 *
 * <p>Belongs to one thread at a time.
 */
public final class KvCache implements AutoCloseable {

    /** Room grows by so many tokens at least, or by this share of what it is: each time everything moves. */
    private static final int GROWTH = 32;

    private static final int GROWTH_SHARE = 16;

    private final List<Integer> headCounts;
    private final int capacity;
    private final Device device;
    private final int[] lengths;
    private final List<TokenStore> keys = new ArrayList<>();
    private final List<TokenStore> values = new ArrayList<>();
    private int room;

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
        this.headCounts = config.layers().stream()
                .map(layer -> config.heads(layer).keyValues())
                .distinct()
                .toList();
        this.capacity = capacity;
        this.device = device;
        this.lengths = new int[slots];
        for (int layer = 0; layer < config.nLayers(); layer++) {
            Heads heads = config.heads(layer);
            keys.add(new TokenStore(slots, heads.keyValues(), capacity, heads.width(), dtype, device));
            values.add(new TokenStore(slots, heads.keyValues(), capacity, heads.width(), dtype, device));
        }
    }

    /** Bytes that one token of one sequence takes. */
    public static long bytesPerToken(ModelConfig config, DType dtype) {
        return config.layers().stream()
                        .mapToLong(layer -> 2L * config.heads(layer).keyWidth())
                        .sum()
                * dtype.bytes();
    }

    public int slots() {
        return lengths.length;
    }

    /** Number of tokens seen of the sequence in a slot. */
    public int length(int slot) {
        return lengths[slot];
    }

    /** Tokens that every slot has room for at present, and that attention to single tokens reads of each. */
    public int room() {
        return room;
    }

    /** Forgets the sequence in a slot. */
    public void clear(int slot) {
        lengths[slot] = 0;
    }

    /**
     * Begins a sequence as another one begins that is, or was last, in a slot: it then continues from there.
     *
     * @param from the other's slot; may be this one
     * @param length tokens that the two share; the slot's keys and values of them must not have been overwritten since, and
     *     the room must not have been smaller
     */
    public void share(int from, int to, int length) {
        if (from != to && length > 0) {
            copy(from, to, length);
        }
        lengths[to] = length;
    }

    private void copy(int from, int to, int length) {
        try (TensorScope scope = TensorScope.open()) {
            stores().forEach(store -> store.copy(from, to, length));
        }
    }

    private Stream<TokenStore> stores() {
        return Stream.concat(keys.stream(), values.stream());
    }

    /** Moves a sequence to another slot, forgetting what was there. */
    public void move(int from, int to) {
        copy(from, to, lengths[from]);
        lengths[to] = lengths[from];
        lengths[from] = 0;
    }

    /**
     * Makes the room smaller if half of it would do, which makes attention faster. Of sequences that were cleared no more
     * remains than has room.
     *
     * @param tokens that there must be room for; no sequence is longer
     * @return whether it was made smaller
     */
    public boolean shrink(int tokens) {
        int enough = roomFor(tokens);
        boolean pays = enough <= room / 2;
        if (pays) {
            setRoom(enough);
        }
        return pays;
    }

    /** Sees to it that every slot has room for so many tokens. */
    void ensureRoom(int tokens) {
        if (tokens > capacity) {
            throw new IllegalArgumentException("A sequence reaches position " + (tokens - 1)
                    + "; the cache has room for " + capacity + " tokens of each");
        }
        if (tokens > room) {
            setRoom(roomFor(tokens));
        }
    }

    private int roomFor(int tokens) {
        int step = Math.max(GROWTH, tokens / GROWTH_SHARE);
        return Math.min(capacity, (tokens + step - 1) / step * step);
    }

    private void setRoom(int tokens) {
        stores().forEach(store -> store.makeRoom(tokens));
        room = tokens;
    }

    void append(int slot, int tokens) {
        lengths[slot] += tokens;
    }

    /**
     * Where the tokens of a pass go: for each token, its rows of the tensors seen as {@code [slots · K · room, E]}, as long
     * as the room stays what it is. Layers with equally many heads share them.
     */
    record Rows(Map<Integer, Tensor> ofHeads) {
        Tensor in(TokenStore store) {
            return Objects.requireNonNull(ofHeads.get(store.heads()));
        }
    }

    /**
     * Rows for new tokens.
     *
     * @param slots slot of each token
     * @param positions absolute position of each token
     */
    Rows rows(int[] slots, int[] positions) {
        return new Rows(headCounts.stream().collect(toMap(k -> k, k -> rows(slots, positions, k))));
    }

    private Tensor rows(int[] slots, int[] positions, int heads) {
        long[] rows = new long[slots.length * heads];
        for (int t = 0; t < slots.length; t++) {
            for (int head = 0; head < heads; head++) {
                rows[t * heads + head] = ((long) slots[t] * heads + head) * room + positions[t];
            }
        }
        return Tensor.ofLongs(rows, device);
    }

    /** Stores keys and values {@code [T, K, E]} of a layer at {@link #rows}. */
    void write(int layer, Rows rows, Tensor key, Tensor value) {
        keys.get(layer).write(rows.in(keys.get(layer)), key);
        values.get(layer).write(rows.in(values.get(layer)), value);
    }

    /** Keys of a layer, {@code [slots, K, room, E]}, contiguous. */
    Tensor keys(int layer) {
        return keys.get(layer).rows();
    }

    /** Values of a layer, {@code [slots, K, room, E]}, contiguous. */
    Tensor values(int layer) {
        return values.get(layer).rows();
    }

    @Override
    public void close() {
        stores().forEach(TokenStore::close);
        keys.clear();
        values.clear();
    }
}
