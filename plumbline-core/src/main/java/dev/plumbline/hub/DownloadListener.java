package dev.plumbline.hub;

/**
 * Told of the bytes that arrive: once when a file starts, then now and then, and once when its last byte is there. Files
 * found in the cache are not reported. Files arrive in parallel, so calls come from several threads at once.
 */
@FunctionalInterface
public interface DownloadListener {

    void progressed(DownloadProgress progress);

    /** Listens to nothing. */
    static DownloadListener none() {
        return progress -> {};
    }
}
