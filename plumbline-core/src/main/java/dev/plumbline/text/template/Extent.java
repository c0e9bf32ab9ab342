package dev.plumbline.text.template;

/**
 * Depth and size of a value with everything in it, a part counted each time it occurs. Bounded when a container is made,
 * so that printing, comparing and hashing, which visit every occurrence, end in good time.
 */
record Extent(int depth, long size) {
    static final Extent ATOM = new Extent(0, 1);

    private static final int MAX_DEPTH = 200;
    private static final long MAX_SIZE = 20_000_000;

    static Extent of(Iterable<? extends Value> parts) {
        int depth = 0;
        long size = 1;
        for (Value part : parts) {
            depth = Math.max(depth, part.extent().depth());
            size += part.extent().size();
        }
        if (depth >= MAX_DEPTH || size > MAX_SIZE) {
            throw new Failure("A list or dict may hold at most " + MAX_SIZE + " values, " + MAX_DEPTH + " levels deep");
        }
        return new Extent(depth + 1, size);
    }
}
