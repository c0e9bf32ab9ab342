package dev.plumbline.model;

/** What a layer's queries may see of the tokens before them. */
public sealed interface AttentionKind {

    /** Whether every query of a sequence of so many tokens sees all before it. */
    boolean seesAll(int length);

    /** The first token that the one at a position sees. */
    int oldest(int position);

    /** Everything up to and including the query's own token. */
    record Full() implements AttentionKind {
        @Override
        public boolean seesAll(int length) {
            return true;
        }

        @Override
        public int oldest(int position) {
            return 0;
        }
    }

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

        @Override
        public boolean seesAll(int length) {
            return length <= window;
        }

        @Override
        public int oldest(int position) {
            return Math.max(0, position - window + 1);
        }
    }

    /**
     * What is in the query's own chunk: of positions 0 to {@code size − 1}, from there to {@code 2 · size − 1}, and so on.
     *
     * @param size number of tokens, at least 1
     */
    record Chunked(int size) implements AttentionKind {
        public Chunked {
            if (size < 1) {
                throw new IllegalArgumentException("A chunk holds at least 1 token, not " + size);
            }
        }

        @Override
        public boolean seesAll(int length) {
            return length <= size;
        }

        @Override
        public int oldest(int position) {
            return position - position % size;
        }
    }
}
