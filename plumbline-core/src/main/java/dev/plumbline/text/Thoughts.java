package dev.plumbline.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds thinking in the text of one message: from {@code <think>} to {@code </think>}, tags included, or to the end of
 * the message where it is not closed. The opening tag may stand before the message, where the template or the prompt wrote
 * it; so a message whose first tag is a closing one has been thinking from its start.
 */
final class Thoughts {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private Thoughts() {}

    /** Ranges of thinking among the characters of a message that spans {@code start} to {@code end} of a text. */
    static List<CharRange> in(String text, int start, int end) {
        List<CharRange> thoughts = new ArrayList<>();
        int opened = opensBefore(text, start) || closesFirst(text, start, end) ? start : find(OPEN, text, start, end);
        while (opened >= 0) {
            int closed = find(CLOSE, text, opened, end);
            int after = closed < 0 ? end : closed + CLOSE.length();
            thoughts.add(new CharRange(opened, after));
            opened = find(OPEN, text, after, end);
        }
        return thoughts;
    }

    private static boolean opensBefore(String text, int start) {
        return text.substring(0, start).stripTrailing().endsWith(OPEN);
    }

    private static boolean closesFirst(String text, int start, int end) {
        int close = find(CLOSE, text, start, end);
        int open = find(OPEN, text, start, end);
        return close >= 0 && (open < 0 || close < open);
    }

    private static int find(String tag, String text, int start, int end) {
        int at = text.indexOf(tag, start);
        return at >= 0 && at + tag.length() <= end ? at : -1;
    }
}
