package dev.plumbline.hub;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file could not be had from the Hub or from the cache. The message says what to do about it. */
public final class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** The owner of the repository admits only who has accepted its terms. */
        GATED,
        /** The access token is not valid, or does not allow this. */
        FORBIDDEN,
        /** There is no such repository, or it is private. */
        REPOSITORY_NOT_FOUND,
        /** The repository has no such branch, tag or commit. */
        REVISION_NOT_FOUND,
        /** The repository has no such file at this revision. */
        FILE_NOT_FOUND,
        /** Offline, and the cache does not hold what was asked for. */
        NOT_CACHED,
        /** The server could not be reached, or the connection broke. */
        UNREACHABLE,
        /** The server is overloaded, broken, or asks to be left alone for a while. */
        UNAVAILABLE,
        /** The answer is not one that a Hub gives. */
        BAD_RESPONSE,
        /** The bytes that arrived are not those that were announced. */
        CORRUPT,
        /** No room for the file. */
        DISK_FULL,
        /** The cache folder cannot be read or written. */
        CACHE_UNUSABLE,
        /** The thread was interrupted; what had arrived is kept. */
        INTERRUPTED
    }

    private final Reason reason;
    private final boolean retriable;
    private final @Nullable Duration retryAfter;

    private HubException(
            Reason reason,
            String message,
            boolean retriable,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retriable = retriable;
        this.retryAfter = retryAfter;
    }

    static HubException lasting(Reason reason, String message) {
        return new HubException(reason, message, false, null, null);
    }

    static HubException lasting(Reason reason, String message, Throwable cause) {
        return new HubException(reason, message, false, null, cause);
    }

    static HubException passing(Reason reason, String message) {
        return new HubException(reason, message, true, null, null);
    }

    static HubException passing(Reason reason, String message, Throwable cause) {
        return new HubException(reason, message, true, null, cause);
    }

    static HubException passing(Reason reason, String message, Duration retryAfter) {
        return new HubException(reason, message, true, retryAfter, null);
    }

    static HubException interrupted(String doing, Throwable cause) {
        Thread.currentThread().interrupt();
        return lasting(Reason.INTERRUPTED, "Interrupted while " + doing + "; call again to continue", cause);
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later without anything being changed. */
    public boolean retriable() {
        return retriable;
    }

    /** How long the server asked to be left alone. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
