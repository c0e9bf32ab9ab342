package dev.plumbline.text;

import java.util.ArrayList;
import java.util.List;

/** A half-open range of characters. */
record CharRange(int start, int end) {
    /** The parts of the ranges that none of the others covers; both lists are in order and without overlap. */
    static List<CharRange> subtract(List<CharRange> ranges, List<CharRange> others) {
        List<CharRange> left = new ArrayList<>();
        for (CharRange range : ranges) {
            int from = range.start;
            for (CharRange other : others) {
                if (other.start < range.end && other.end > from) {
                    add(from, other.start, left);
                    from = other.end;
                }
            }
            add(from, range.end, left);
        }
        return left;
    }

    private static void add(int start, int end, List<CharRange> ranges) {
        if (start < end) {
            ranges.add(new CharRange(start, end));
        }
    }
}
