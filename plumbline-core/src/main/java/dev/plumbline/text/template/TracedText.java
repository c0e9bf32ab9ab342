package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A string whose characters remember where they came from. Whoever renders a template numbers the strings to be followed
 * (chat: the index of the message); concatenation, slicing, stripping, splitting, replacing and the rest carry the
 * numbers along. Text that the template itself wrote has no origin. Two texts are equal if their characters are.
 *
 * <p>Immutable. All indices are UTF-16.
 */
public final class TracedText implements Value {
    static final TracedText EMPTY = new TracedText("", List.of());

    /**
     * Characters with one origin.
     *
     * @param start first character
     * @param end one past the last character
     * @param origin the number given to the string they came from
     */
    public record Run(int start, int end, int origin) {}

    private final String string;
    private final List<Run> runs;

    /** For {@link TextBuilder}: runs in order, without overlap, touching runs of one origin merged. */
    TracedText(String string, List<Run> runs) {
        this.string = string;
        this.runs = runs;
    }

    /** Text without origin. */
    public static TracedText plain(String string) {
        return new TracedText(Objects.requireNonNull(string, "string"), List.of());
    }

    /** Text that comes from one place throughout. */
    public static TracedText from(int origin, String string) {
        return string.isEmpty() ? EMPTY : new TracedText(string, List.of(new Run(0, string.length(), origin)));
    }

    public String string() {
        return string;
    }

    /** The stretches that have an origin, in order. */
    public List<Run> runs() {
        return runs;
    }

    /** The stretches that came from one place, in order. */
    public List<Run> runs(int origin) {
        return runs.stream().filter(run -> run.origin() == origin).toList();
    }

    TracedText substring(int start, int end) {
        if (start == 0 && end == string.length()) {
            return this;
        }
        if (start >= end) {
            return EMPTY;
        }
        return new TracedText(string.substring(start, end), runs.isEmpty() ? runs : cut(start, end));
    }

    private List<Run> cut(int start, int end) {
        List<Run> kept = new ArrayList<>();
        for (Run run : runs) {
            int from = Math.max(run.start(), start);
            int to = Math.min(run.end(), end);
            if (from < to) {
                kept.add(new Run(from - start, to - start, run.origin()));
            }
        }
        return kept;
    }

    /** This text cut wherever the origin changes. */
    List<TracedText> pieces() {
        if (runs.isEmpty()) {
            return List.of(this);
        }
        List<TracedText> pieces = new ArrayList<>();
        int at = 0;
        for (Run run : runs) {
            if (at < run.start()) {
                pieces.add(substring(at, run.start()));
            }
            pieces.add(substring(run.start(), run.end()));
            at = run.end();
        }
        if (at < string.length()) {
            pieces.add(substring(at, string.length()));
        }
        return pieces;
    }

    /** Another string that comes from where the first character of this one came from. */
    TracedText sameOrigin(String other) {
        return runs.isEmpty() || runs.get(0).start() > 0
                ? plain(other)
                : from(runs.get(0).origin(), other);
    }

    /** The characters as Python counts them: one item per code point. */
    @Override
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < string.length();
            }

            @Override
            public Value next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int end = string.offsetByCodePoints(at, 1);
                TracedText character = substring(at, end);
                at = end;
                return character;
            }
        };
    }

    @Override
    public long length() {
        return string.codePointCount(0, string.length());
    }

    @Override
    public boolean truthy() {
        return !string.isEmpty();
    }

    @Override
    public String typeName() {
        return "str";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TracedText text && string.equals(text.string);
    }

    @Override
    public int hashCode() {
        return string.hashCode();
    }

    @Override
    public String toString() {
        return string;
    }
}
