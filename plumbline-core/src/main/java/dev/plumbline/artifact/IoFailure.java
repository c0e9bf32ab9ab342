package dev.plumbline.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns what the operating system refused into a sentence that names the file and the reason. */
final class IoFailure {

    private IoFailure() {}

    static UncheckedIOException reading(Path file, IOException e) {
        return new UncheckedIOException("Cannot read " + file + ": " + reason(e), e);
    }

    static UncheckedIOException writing(Path file, IOException e) {
        return new UncheckedIOException("Cannot write " + file + ": " + reason(e), e);
    }

    /** {@link FileSystemException}s often have nothing but a path as their message. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof ClosedChannelException) {
            return "it was closed";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (e instanceof FileSystemException fileError) {
            String why = fileError.getReason();
            return why != null ? why : e.getClass().getSimpleName() + " at " + fileError.getFile();
        }
        return String.valueOf(e.getMessage());
    }
}
