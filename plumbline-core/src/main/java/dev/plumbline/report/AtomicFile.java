package dev.plumbline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that a reader sees the old file or the new one, never a part. */
final class AtomicFile {

    private AtomicFile() {}

    /** Writes {@code bytes} to {@code file}; makes its folder if need be. */
    static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Report file " + file + " is a root folder; expected a file");
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
            try {
                Files.write(part, bytes);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Report file " + file + " could not be written", e);
        }
    }
}
