package dev.plumbline.endpoint;

import java.time.Duration;
import java.util.Optional;

/** A completion could not be had; the message says from where and why, in the server's own words where it gave any. */
public final class EndpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retriable;
    private final transient Optional<Duration> retryAfter;

    EndpointException(String message, boolean retriable, Optional<Duration> retryAfter) {
        super(message);
        this.retriable = retriable;
        this.retryAfter = retryAfter;
    }

    static EndpointException temporary(String message) {
        return new EndpointException(message, true, Optional.empty());
    }

    static EndpointException permanent(String message) {
        return new EndpointException(message, false, Optional.empty());
    }

    /** Whether the same request may succeed later: true for a busy server, false for a rejected key. */
    public boolean retriable() {
        return retriable;
    }

    /** How long the server asked to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
