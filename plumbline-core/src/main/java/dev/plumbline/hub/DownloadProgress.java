package dev.plumbline.hub;

import java.util.OptionalLong;

/**
 * How far one file is.
 *
 * @param file its name in the repository
 * @param done bytes on disk, with those of an earlier, interrupted download; falls back to 0 if the server could not
 *     resume
 * @param total bytes of the whole file, where the server said so
 */
public record DownloadProgress(String file, long done, OptionalLong total) {}
