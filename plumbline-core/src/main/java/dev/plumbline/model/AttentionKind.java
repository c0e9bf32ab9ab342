package dev.plumbline.model;

/** What a layer's queries may see of the tokens before them. */
public sealed interface AttentionKind {

    /** Everything up to and including the query's own token. */
    record Full() implements AttentionKind {}

    /**
     * The last {@code window} tokens, the query's own included.
     *
     * @param window number of tokens, at least 1
     */
    record Sliding(int window) implements AttentionKind {
        public Sliding {
            if (window < 1) {
                throw new IllegalArgumentException("A sliding window holds at least 1 token, not " + window);
            }
        }
    }
}
