package dev.plumbline.hook;

import java.util.BitSet;

/**
 * What each absolute position of one sequence is: prompt or generated, part of an assistant's response or not. It does
 * not change while the sequence grows: every position from {@code promptLength} on is generated, and response.
 */
public final class SequenceLayout {

    private final int promptLength;
    private final BitSet response;

    private SequenceLayout(int promptLength, BitSet response) {
        this.promptLength = promptLength;
        this.response = response;
    }

    /** A prompt of so many tokens, none of them an assistant's. */
    public static SequenceLayout prompt(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("A prompt has at least one token, not " + length);
        }
        return new SequenceLayout(length, new BitSet());
    }

    /** This layout with the half-open range of prompt positions marked as an assistant's content. */
    public SequenceLayout withResponse(int start, int end) {
        if (start < 0 || end < start || end > promptLength) {
            throw new IllegalArgumentException(
                    "Response [" + start + ", " + end + ") does not lie in a prompt of " + promptLength + " tokens");
        }
        BitSet extended = (BitSet) response.clone();
        extended.set(start, end);
        return new SequenceLayout(promptLength, extended);
    }

    /** Tokens that were given, not generated. */
    public int promptLength() {
        return promptLength;
    }

    boolean isResponse(int position) {
        return position >= promptLength || response.get(position);
    }
}
