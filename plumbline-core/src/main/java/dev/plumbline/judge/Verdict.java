package dev.plumbline.judge;

/** What a judge made of a response. */
public sealed interface Verdict {

    /** A score on the rubric's own scale (0–3 for roles, 0–100 for traits). */
    record Scored(int score) implements Verdict {}

    /** The judge says that the response declined to answer; only on a {@link ScoreScale} that knows refusals. */
    record Refusal() implements Verdict {}

    /** The judge answered, but not with a score, even when asked again. */
    record Unparseable(String reply) implements Verdict {}
}
