package dev.plumbline.artifact;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Replaces a file whole or not at all: whoever opens the path, also after a crash, finds either the previous content or
 * the new one, never a part.
 */
public final class AtomicFile {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final Path DEVICES = Path.of("/dev");

    private AtomicFile() {}

    /** Writes the new content of a file; what it throws leaves the file as it was. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} beside {@code file}, syncs it to the device, then renames it over {@code file}. Missing
     * parent directories are made. A device or a pipe cannot be replaced, and is written to as it is.
     *
     * @throws UncheckedIOException if anything could not be written (a full disk, say); {@code file} is then unchanged
     *     and nothing is left beside it
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path directory = Optional.ofNullable(target.getParent())
                .orElseThrow(() -> new IllegalArgumentException("Cannot write " + file + ": it has no file name"));
        Path partial = directory.resolve(".%s.%016x.partial"
                .formatted(target.getFileName(), ThreadLocalRandom.current().nextLong()));
        try {
            if (isDevice(target)) {
                try (OutputStream out = Files.newOutputStream(target)) {
                    content.writeTo(out);
                }
                return;
            }
            Files.createDirectories(directory);
            try {
                writeAndSync(partial, content);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
            syncDirectory(directory);
        } catch (IOException e) {
            throw IoFailure.writing(file, e);
        }
    }

    /** Whether a rename would put a file in the place of a device, or of a link to one such as {@code /dev/stdout}. */
    private static boolean isDevice(Path target) {
        return Files.exists(target)
                && !Files.isDirectory(target)
                && (!Files.isRegularFile(target) || target.startsWith(DEVICES));
    }

    /** By a stream and no channel, which an interrupt would close: what is to be kept before the end of a program is written whole. */
    private static void writeAndSync(Path partial, Content content) throws IOException {
        Files.createFile(partial);
        try (FileOutputStream file = new FileOutputStream(partial.toFile())) {
            OutputStream out = new BufferedOutputStream(file, BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
            file.getFD().sync();
        }
    }

    /** Makes the rename itself durable, interrupted or not. */
    private static void syncDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!synced(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Syncs a directory where the platform can open one (Windows cannot, and need not), unless interrupted. */
    private static boolean synced(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException cannotOpenDirectories) {
            return true;
        }
        try (channel) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
