package dev.plumbline.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The container that a file is, told by its first bytes rather than by its name. */
public enum FileFormat {
    /** {@code torch.save}, also of before 1.6, which {@link PtFile} refuses with a reason. */
    TORCH,
    SAFETENSORS,
    NPY,
    NPZ,
    GGUF,
    JSON,
    /** Several JSON values, one on each line. */
    JSON_LINES,
    UNKNOWN;

    private static final int START_BYTES = 512;

    /**
     * The format of a file.
     *
     * @throws MalformedArtifactException if it is a damaged zip file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static FileFormat of(Path file) {
        ByteBuffer start = ByteBuffer.allocate(START_BYTES);
        long size;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            size = channel.size();
            for (int n = 0; n >= 0 && start.hasRemaining(); ) {
                n = channel.read(start, start.position());
            }
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
        start.flip();
        String latin = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
        if (latin.startsWith("PK\003\004") || latin.startsWith("PK\005\006")) {
            return zip(file);
        } else if (latin.startsWith("\u0093NUMPY")) {
            return NPY;
        } else if (latin.startsWith("GGUF")) {
            return GGUF;
        } else if (latin.startsWith("\u0080\002")) {
            return TORCH;
        } else if (latin.length() > Long.BYTES
                && latin.charAt(Long.BYTES) == '{'
                && latin.charAt(Long.BYTES - 1) == 0) {
            return SAFETENSORS;
        }
        return text(file, latin.stripLeading(), size);
    }

    /** What a file of {@link #UNKNOWN} format is, as far as that can be told: what comes in the place of a file, often. */
    public static String unknown(Path file) {
        String start;
        try (InputStream in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1).stripLeading();
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
        if (start.isEmpty()) {
            return "is empty";
        } else if (start.startsWith("version https://git-lfs.github.com/")) {
            return "is what Git LFS leaves in the place of a file; \"git lfs pull\" in its repository brings the file itself";
        } else if (start.toLowerCase(Locale.ROOT).startsWith("<!doctype html") || start.startsWith("<html")) {
            return "is a web page; download the file itself";
        }
        return "begins like no format that is read here: .pt, .safetensors, .npy, .npz, .gguf, .json, .jsonl";
    }

    private static FileFormat zip(Path file) {
        try (ZipContainer zip = ZipContainer.open(file)) {
            return zip.names().stream().anyMatch(name -> name.endsWith(".npy")) ? NPZ : TORCH;
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }

    private static FileFormat text(Path file, String start, long size) {
        if (file.toString().endsWith(".jsonl")) {
            return size == 0 || start.startsWith("{") ? JSON_LINES : UNKNOWN;
        }
        return start.startsWith("{") || start.startsWith("[") ? JSON : UNKNOWN;
    }
}
