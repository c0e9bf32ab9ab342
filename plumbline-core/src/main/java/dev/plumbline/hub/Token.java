package dev.plumbline.hub;

import java.util.Optional;

/** An access token. It never shows in text: neither in {@link #toString()} nor in an exception. */
record Token(String value) {

    Token {
        // Checked here because the HTTP client would quote a malformed header in its exception.
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "The access token for the Hub is empty or holds characters that a token cannot have; copy it again"
                            + " from the Hub's settings page");
        }
    }

    /** The token in text as people paste it, with line breaks and spaces around; empty if there is none. */
    static Optional<Token> parse(String text) {
        String cleaned = text.replace("\r", "").replace("\n", "").strip();
        return cleaned.isEmpty() ? Optional.empty() : Optional.of(new Token(cleaned));
    }

    String authorization() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
