package dev.plumbline.text;

import java.util.OptionalInt;

/** A checkpoint's tokenizer. Never adds special tokens of its own: a rendered template already holds them. Thread-safe. */
public interface Tokenizer {

    /**
     * Tokens of a text, with the characters each covers.
     *
     * @param ids token ids
     * @param starts first character (UTF-16 index into the text) of each token
     * @param ends one past the last character of each token
     */
    record Encoding(int[] ids, int[] starts, int[] ends) {}

    /** Encodes text in which special tokens may appear in writing, as in a rendered chat template. */
    Encoding encode(String text);

    /** Decodes ids, leaving special tokens out if asked. */
    String decode(int[] ids, boolean skipSpecialTokens);

    /** Id of a token given as it stands in the vocabulary, if there is one. */
    OptionalInt id(String token);

    /** Number of ids, added tokens included. */
    int vocabSize();
}
