package dev.plumbline.artifact;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns what stopped a file from being read or written into a sentence that names the file and the reason. */
public final class IoFailure {

    private IoFailure() {}

    /** What to throw; text that is not in any encoding is the file's fault, and anything else the system's. */
    static RuntimeException reading(Path file, IOException e) {
        if (e instanceof CharacterCodingException || e instanceof CharConversionException) {
            return new MalformedArtifactException(file, "is not valid UTF-8 text");
        }
        return new UncheckedIOException("Cannot read " + file + ": " + reason(e), e);
    }

    static UncheckedIOException writing(Path file, IOException e) {
        return new UncheckedIOException("Cannot write " + file + ": " + reason(e), e);
    }

    /** What happened, in words without the file: {@link FileSystemException}s often have only a path as their message. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return "there is a file " + exists.getFile() + " already";
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
