package dev.plumbline.judge;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads a score out of a judge's reply, or nothing: a wrong score is worse than none, for a judge can be asked again.
 *
 * <p>A score is a whole number on the scale that stands alone ({@code 2}), in a tag ({@code <score>2</score>}), or as the
 * reply's only number where a score would stand ({@code Score: 2}, {@code I'd give it a 2.}, {@code 2 out of 3}). A number
 * that counts or names something ({@code Of 3 criteria}, {@code Criterion 3: no}) is not one, and two numbers are none.
 */
public final class ScoreParser {

    private static final Pattern THOUGHTS = Pattern.compile("^\\s*<think>.*?</think>", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<score>\\s*([0-9]{1,4})\\s*</score>", Pattern.CASE_INSENSITIVE);
    /** A thought or a tag that the token limit cut off: what it would have become is unknown. */
    private static final Pattern UNFINISHED = Pattern.compile("<(?:think|score)>", Pattern.CASE_INSENSITIVE);

    private static final Pattern REFUSAL = Pattern.compile("\\bREFUSAL\\b");

    /** Any run of digits, with what would make it another number than it seems. */
    private static final Pattern NUMBER = Pattern.compile("[-\u2212]?[0-9]+(?:[.,][0-9]+)*");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,4}");

    /** What may stand before a score: nothing, or words that announce one. */
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?:^|\\b(?:score|scored|rating|rate|rated|grade|answer|verdict|label|response|is|be|of|as|at|a|an|it|this|give|assign)\\b)"
                    + "\\W*$",
            Pattern.CASE_INSENSITIVE);

    /** Words before a number that make it a count or a total, though some of them may announce a score. */
    private static final Pattern COUNTED = Pattern.compile(
            "\\b(?:out of|all of|of the|each of|any of|none of)\\W*$|^\\W*of\\W*$", Pattern.CASE_INSENSITIVE);

    /** What may stand after a score: nothing, or a sign that the number is over. */
    private static final Pattern CLOSED = Pattern.compile(
            "^(?:%|\\s*$|\\s*[.,;:!)\\]}*_\"'`|<\u2013\u2014-]|\\s*\\(|\\s*\\n|\\s+(?:because|since|as)\\b)");

    private final ScoreScale scale;
    private final Pattern total;

    public ScoreParser(ScoreScale scale) {
        this.scale = scale;
        this.total = Pattern.compile(
                "(?<=[0-9])(?:\\s*/\\s*|\\s+out\\s+of\\s+)" + scale.max() + "(?![0-9])", Pattern.CASE_INSENSITIVE);
    }

    /** The verdict that a reply gives; empty if it gives none. */
    public Optional<Verdict> parse(String reply) {
        String text = THOUGHTS.matcher(reply).replaceFirst("").strip();
        List<String> tagged =
                TAG.matcher(text).results().map(tag -> tag.group(1)).distinct().toList();
        if (!tagged.isEmpty()) {
            return tagged.size() == 1 ? scored(tagged.get(0)) : Optional.empty();
        }
        if (UNFINISHED.matcher(text).find()) {
            return Optional.empty();
        }
        String plain = total.matcher(text).replaceAll("");
        List<MatchResult> numbers = NUMBER.matcher(plain).results().toList();
        if (numbers.isEmpty() && scale.refusals() && REFUSAL.matcher(plain).find()) {
            return Optional.of(new Verdict.Refusal());
        }
        if (numbers.size() != 1) {
            return Optional.empty();
        }
        MatchResult number = numbers.get(0);
        String before = plain.substring(0, number.start());
        boolean announced =
                ANNOUNCED.matcher(before).find() && !COUNTED.matcher(before).find();
        boolean closed = CLOSED.matcher(plain.substring(number.end())).find();
        return announced && closed ? scored(number.group()) : Optional.empty();
    }

    private Optional<Verdict> scored(String digits) {
        return WHOLE.matcher(digits).matches() && scale.contains(Integer.parseInt(digits))
                ? Optional.of(new Verdict.Scored(Integer.parseInt(digits)))
                : Optional.empty();
    }
}
