package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What went wrong with the cache folder, in words. */
final class DiskFailure {
    /** How systems say that there is no room; Java has no exception for it. */
    private static final List<String> FULL =
            List.of("no space left", "disk quota exceeded", "not enough space", "file too large");

    private DiskFailure() {}

    static HubException of(IOException e, Path cache) {
        if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) {
            return HubException.interrupted("writing to " + cache, e);
        }
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        if (FULL.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains)) {
            return HubException.lasting(Reason.DISK_FULL, fullMessage(cache, message), e);
        }
        return HubException.lasting(
                Reason.CACHE_UNUSABLE,
                "Cannot use the cache folder " + cache + ": "
                        + (e instanceof AccessDeniedException ? "no permission for " : "") + message
                        + ". Set HF_HUB_CACHE to a folder that you can write",
                e);
    }

    static HubException full(Path cache, String detail) {
        return HubException.lasting(Reason.DISK_FULL, fullMessage(cache, detail));
    }

    private static String fullMessage(Path cache, String detail) {
        return "The disk of the cache folder " + cache + " is full: " + detail
                + ". Make room, or set HF_HUB_CACHE to a folder on a larger disk, and call again to continue";
    }
}
