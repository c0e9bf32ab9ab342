package dev.plumbline.model;

/**
 * The heads of a layer's attention.
 *
 * @param queries query heads, H
 * @param keyValues key and value heads, K; each serves H/K query heads
 * @param width width of a head, E; not always D/H
 * @param values where the values come from
 */
public record Heads(int queries, int keyValues, int width, Values values) {

    /** Where the values of a layer come from. */
    public enum Values {
        /** From a projection of their own. */
        PROJECTED,
        /** They are the keys as these were projected, before any norm or rotation. */
        KEYS
    }

    public Heads {
        requirePositive("nHeads", queries);
        requirePositive("nKvHeads", keyValues);
        requirePositive("headDim", width);
        if (queries % keyValues != 0) {
            throw new IllegalArgumentException(queries + " query heads cannot share " + keyValues + " kv heads evenly");
        }
    }

    /** Heads whose values have a projection of their own. */
    public Heads(int queries, int keyValues, int width) {
        this(queries, keyValues, width, Values.PROJECTED);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; expected at least 1");
        }
    }

    /** Query heads per kv head. */
    public int groupSize() {
        return queries / keyValues;
    }

    /** Width of all queries of a token, H · E. */
    public int queryWidth() {
        return queries * width;
    }

    /** Width of all keys of a token, K · E. */
    public int keyWidth() {
        return keyValues * width;
    }

    /** How many projections of {@link #keyWidth()} keys and values take. */
    public int keyValueProjections() {
        return values == Values.KEYS ? 1 : 2;
    }
}
