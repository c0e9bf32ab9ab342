package dev.plumbline.artifact;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a role's responses: written {@code pos_p0_q17}, as in score and activation files. Ordered by label, prompt and
 * question.
 *
 * @param label {@code pos} for roles; traits also have {@code neg}
 * @param prompt index of the instruction
 * @param question index of the question
 */
public record RolloutKey(String label, int prompt, int question) implements Comparable<RolloutKey> {

    private static final Pattern FORM = Pattern.compile("([a-z]+)_p([0-9]{1,9})_q([0-9]{1,9})");
    private static final Pattern LABEL = Pattern.compile("[a-z]+");
    private static final Comparator<RolloutKey> ORDER = Comparator.comparing(RolloutKey::label)
            .thenComparingInt(RolloutKey::prompt)
            .thenComparingInt(RolloutKey::question);

    public RolloutKey {
        if (!LABEL.matcher(label).matches() || prompt < 0 || question < 0) {
            throw new IllegalArgumentException("Expected a lower-case label and indices from 0; found label \"" + label
                    + "\", prompt " + prompt + ", question " + question);
        }
    }

    /** Inverse of {@link #toString()}; empty if the text has another form. */
    public static Optional<RolloutKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RolloutKey(
                        matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(RolloutKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return label + "_p" + prompt + "_q" + question;
    }
}
