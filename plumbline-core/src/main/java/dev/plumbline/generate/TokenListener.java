package dev.plumbline.generate;

/** Sees tokens as they are sampled, on the thread that made the call. */
@FunctionalInterface
public interface TokenListener {

    /** Looks away. */
    TokenListener NONE = (index, token) -> {};

    /**
     * One more token of a response; the token that ends it is none.
     *
     * @param index place of its request in the list that was given
     */
    void sampled(int index, int token);
}
