package dev.plumbline.text;

/**
 * The content tokens of one message: a half-open range of positions in the rendered conversation, without headers and
 * end-of-turn tokens.
 *
 * @param turn index of the message among the non-system messages, from 0
 * @param speaker who wrote it
 * @param start first token
 * @param end one past the last token
 * @param text the rendered text that these tokens cover
 */
public record Span(int turn, Speaker speaker, int start, int end, String text) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Span [" + start + ", " + end + ") of turn " + turn + " is not a range");
        }
    }

    /** Number of tokens. */
    public int length() {
        return end - start;
    }
}
