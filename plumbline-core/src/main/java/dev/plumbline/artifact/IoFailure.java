package dev.plumbline.artifact;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what stopped a file from being read or written into a sentence that names the file and the reason. */
public final class IoFailure {

    /** So many names of a folder's files are told. */
    private static final int SHOWN = 8;

    private IoFailure() {}

    /** What to throw; text that is not in any encoding is the file's fault, and anything else the system's. */
    static RuntimeException reading(Path file, IOException e) {
        if (isNotText(e)) {
            return new MalformedArtifactException(file, "is not valid UTF-8 text");
        }
        return new UncheckedIOException(
                "Cannot read " + file + ": " + (Files.isDirectory(file) ? folder(file) : reason(e)), e);
    }

    private static boolean isNotText(IOException e) {
        return e instanceof CharacterCodingException || e instanceof CharConversionException;
    }

    /** Says that a file was expected, and which there are. */
    private static String folder(Path folder) {
        List<String> names;
        try (Stream<Path> all = Files.list(folder)) {
            names = all.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            names = List.of();
        }
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return "it is a folder; expected a file"
                + (names.isEmpty() ? "" : ", such as one of those in it: " + shown)
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
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
        if (isNotText(e)) {
            return "it is not valid UTF-8 text";
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
