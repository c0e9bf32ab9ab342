package dev.plumbline.text;

/** Turns positions counted in code points, as Rust and Python count, into UTF-16 indices. */
final class CodePoints {
    private final int length;
    /** Index of each code point; empty where every character is one UTF-16 unit. */
    private final int[] indices;

    CodePoints(String text) {
        this.length = text.length();
        int count = text.codePointCount(0, length);
        this.indices = count == length ? new int[0] : indices(text, count);
    }

    private static int[] indices(String text, int count) {
        int[] indices = new int[count + 1];
        for (int i = 0; i < count; i++) {
            indices[i + 1] = text.offsetByCodePoints(indices[i], 1);
        }
        return indices;
    }

    int index(int codePoint) {
        return indices.length == 0 ? Math.min(codePoint, length) : indices[Math.min(codePoint, indices.length - 1)];
    }
}
