package dev.plumbline.endpoint;

/**
 * A secret that stays out of logs: it has no accessor, and prints as {@code ApiKey[hidden]}.
 */
public final class ApiKey {

    private final String secret;

    public ApiKey(String secret) {
        String trimmed = secret.strip();
        if (trimmed.isEmpty() || !trimmed.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("An API key is one word of visible ASCII characters; this one is "
                    + (trimmed.isEmpty() ? "empty" : "not"));
        }
        this.secret = trimmed;
    }

    /** Value of the {@code Authorization} header. */
    String authorization() {
        return "Bearer " + secret;
    }

    /** A text of the server, in which the key may be echoed, made safe to show. */
    String redact(String text) {
        return text.replace(secret, "***");
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
