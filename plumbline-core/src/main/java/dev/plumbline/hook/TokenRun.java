package dev.plumbline.hook;

/**
 * Consecutive new tokens of one sequence within a forward pass.
 *
 * @param sequence the caller's number for the sequence
 * @param layout what its positions are
 * @param start absolute position of the first token
 * @param length number of tokens
 * @param plan what is seen and changed in this sequence; sequences that share a plan object are hooked together
 */
public record TokenRun(int sequence, SequenceLayout layout, int start, int length, HookPlan plan) {
    public TokenRun {
        if (start < 0 || length < 1) {
            throw new IllegalArgumentException("A run of " + length + " tokens at " + start + " is none");
        }
    }
}
