package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Python's operations on strings, which keep the origin of every character. */
final class Texts {
    private Texts() {}

    /** {@code strip} and its halves. */
    static TracedText strip(TracedText text, IntPredicate unwanted, boolean left, boolean right) {
        String string = text.string();
        int start = 0;
        int end = string.length();
        while (left && start < end && unwanted.test(string.codePointAt(start))) {
            start += Character.charCount(string.codePointAt(start));
        }
        while (right && start < end && unwanted.test(string.codePointBefore(end))) {
            end -= Character.charCount(string.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** {@code split()}: at runs of white space, at most {@code limit} times, or always if that is negative. */
    static List<TracedText> split(TracedText text, long limit) {
        List<TracedText> parts = new ArrayList<>();
        String string = text.string();
        int start = Python.skipSpace(string, 0);
        while (start < string.length()) {
            int end = start;
            while (end < string.length() && !Python.isSpace(string.charAt(end))) {
                end++;
            }
            if (parts.size() == limit) {
                parts.add(text.substring(start, Python.skipSpaceBackwards(string, string.length())));
                return parts;
            }
            parts.add(text.substring(start, end));
            start = Python.skipSpace(string, end);
        }
        return parts;
    }

    static List<TracedText> split(TracedText text, String separator, long limit) {
        requireSeparator(separator);
        List<TracedText> parts = new ArrayList<>();
        String string = text.string();
        int start = 0;
        for (int end = string.indexOf(separator);
                end >= 0 && parts.size() != limit;
                end = string.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + separator.length();
        }
        parts.add(text.substring(start, string.length()));
        return parts;
    }

    /** Like {@code split}, from the right. */
    static List<TracedText> splitFromRight(TracedText text, String separator, long limit) {
        requireSeparator(separator);
        List<TracedText> parts = new ArrayList<>();
        String string = text.string();
        int end = string.length();
        for (int start = before(string, separator, end);
                start >= 0 && parts.size() != limit;
                start = before(string, separator, end)) {
            parts.add(0, text.substring(start + separator.length(), end));
            end = start;
        }
        parts.add(0, text.substring(0, end));
        return parts;
    }

    /** Start of the last separator that ends at or before an index. */
    private static int before(String string, String separator, int end) {
        return end < separator.length() ? -1 : string.lastIndexOf(separator, end - separator.length());
    }

    private static void requireSeparator(String separator) {
        if (separator.isEmpty()) {
            throw new Failure("The separator of a split must not be empty");
        }
    }

    static List<TracedText> lines(TracedText text, boolean keepEnds) {
        List<TracedText> lines = new ArrayList<>();
        String string = text.string();
        int start = 0;
        while (start < string.length()) {
            int end = start;
            while (end < string.length() && !Python.endsLine(string.charAt(end))) {
                end++;
            }
            int next = end < string.length() ? end + (string.startsWith("\r\n", end) ? 2 : 1) : end;
            lines.add(text.substring(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    /** {@code replace}, at most {@code limit} times, or always if that is negative. */
    static TracedText replace(TracedText text, String old, TracedText with, long limit, Budget budget) {
        String string = text.string();
        TextBuilder out = budget.builder();
        if (old.isEmpty()) {
            return interleave(text, with, limit, budget);
        }
        int start = 0;
        long done = 0;
        for (int at = string.indexOf(old); at >= 0 && done != limit; at = string.indexOf(old, start)) {
            budget.step();
            out.append(text.substring(start, at)).append(with);
            start = at + old.length();
            done++;
        }
        return done == 0
                ? text
                : out.append(text.substring(start, string.length())).build();
    }

    /** Python replaces the empty string before every character and at the end. */
    private static TracedText interleave(TracedText text, TracedText with, long limit, Budget budget) {
        TextBuilder out = budget.builder();
        long done = 0;
        for (var characters = text.iterator(); characters.hasNext(); ) {
            budget.step();
            out.append(done++ < limit || limit < 0 ? with : TracedText.EMPTY);
            out.append((TracedText) characters.next());
        }
        return (done < limit || limit < 0 ? out.append(with) : out).build();
    }

    static TracedText join(TracedText separator, Iterable<TracedText> parts, Budget budget) {
        TextBuilder out = budget.builder();
        boolean first = true;
        for (TracedText part : parts) {
            budget.step();
            if (!first) {
                out.append(separator);
            }
            out.append(part);
            first = false;
        }
        return out.build();
    }

    static TracedText upper(TracedText text, Budget budget) {
        return map(text, string -> string.toUpperCase(Locale.ROOT), budget);
    }

    static TracedText lower(TracedText text, Budget budget) {
        return map(text, string -> string.toLowerCase(Locale.ROOT), budget);
    }

    /**
     * Maps a text as a whole, for a letter's case may depend on its neighbours, and deals the result out to the origins
     * by the length of their mapped parts, which does not.
     */
    private static TracedText map(TracedText text, UnaryOperator<String> mapping, Budget budget) {
        TracedText mapped = TracedText.plain(mapping.apply(text.string()));
        if (text.runs().isEmpty()) {
            return mapped;
        }
        TextBuilder out = budget.builder();
        int at = 0;
        for (TracedText piece : text.pieces()) {
            int end = Math.min(
                    mapped.string().length(), at + mapping.apply(piece.string()).length());
            out.append(piece.sameOrigin(mapped.string().substring(at, end)));
            at = end;
        }
        return out.build();
    }

    /** First character in title case, the rest in lower case. */
    static TracedText capitalize(TracedText text, Budget budget) {
        return text.truthy() ? titled(text, budget) : text;
    }

    private static TracedText titled(TracedText word, Budget budget) {
        int first = word.string().offsetByCodePoints(0, 1);
        TracedText head = word.substring(0, first);
        int c = head.string().codePointAt(0);
        int title = Character.toTitleCase(c);
        String upper = head.string().toUpperCase(Locale.ROOT);
        String titled = title == c && upper.length() > first
                ? upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT)
                : Character.toString(title);
        return budget.builder()
                .append(head.sameOrigin(titled))
                .append(lower(word.substring(first, word.string().length()), budget))
                .build();
    }

    /** {@code str.title}: every run of letters capitalised. */
    static TracedText title(TracedText text, Budget budget) {
        String string = text.string();
        TextBuilder out = budget.builder();
        int at = 0;
        while (at < string.length()) {
            int start = at;
            boolean cased = isCased(string.codePointAt(at));
            while (at < string.length() && isCased(string.codePointAt(at)) == cased) {
                at += Character.charCount(string.codePointAt(at));
            }
            TracedText run = text.substring(start, at);
            out.append(cased ? titled(run, budget) : run);
        }
        return out.build();
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    static TracedText pad(TracedText text, long width, TracedText fill, boolean left, boolean right, Budget budget) {
        if (fill.length() != 1) {
            throw new Failure("The fill of a padded string must be one character");
        }
        long missing = width - text.length();
        if (missing <= 0) {
            return text;
        }
        long before = left && right ? missing / 2 + (missing & width & 1) : left ? missing : 0;
        TextBuilder out = budget.builder();
        for (long i = 0; i < before; i++) {
            out.append(fill);
        }
        out.append(text);
        for (long i = before; i < missing; i++) {
            out.append(fill);
        }
        return out.build();
    }
}
