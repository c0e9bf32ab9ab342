package dev.plumbline.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A {@code .pt} file as {@code torch.save} writes it since 1.6: a zip container with a pickle and the raw bytes of each
 * storage. No code in it is ever run. Tensors are fetched from the open file as they are asked for.
 *
 * <p>Write one with {@link PtWriter}.
 */
public final class PtFile implements Closeable {

    private static final String PICKLE = "/data.pkl";
    private static final int MAX_PICKLE_BYTES = 8 << 20;
    /** A pickled 10-byte magic number, with which files of torch before 1.6 begin. */
    private static final byte[] LEGACY_START = {
        (byte) 0x80, 0x02, (byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46
    };

    private final Path file;
    private final ZipContainer zip;
    private final PtValue root;

    private PtFile(Path file, ZipContainer zip, PtValue root) {
        this.file = file;
        this.zip = zip;
        this.root = root;
    }

    /**
     * Reads everything but the elements of tensors.
     *
     * @throws MalformedArtifactException if the file is not such a container, is damaged, or holds more than plain data
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static PtFile open(Path file) {
        requireNotLegacy(file);
        ZipContainer zip = ZipContainer.open(file);
        try {
            return new PtFile(file, zip, readRoot(file, zip));
        } catch (Throwable e) {
            try {
                zip.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** What was saved. Its tensors can be fetched until this file is closed. */
    public PtValue root() {
        return root;
    }

    /** The file this was read from. */
    public Path path() {
        return file;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }

    private static PtValue readRoot(Path file, ZipContainer zip) {
        ZipEntry pickle = pickleEntry(file, zip);
        String archive = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
        requireLittleEndian(file, zip, archive);
        if (pickle.size() > MAX_PICKLE_BYTES) {
            throw new MalformedArtifactException(
                    file, "its pickle has " + pickle.size() + " bytes; at most " + MAX_PICKLE_BYTES + " are read");
        }
        try {
            return PickleInterpreter.read(zip.read(pickle), new PtStorages(zip, archive));
        } catch (PickleException e) {
            throw new MalformedArtifactException(file, pickle.name() + " " + e.getMessage());
        }
    }

    private static ZipEntry pickleEntry(Path file, ZipContainer zip) {
        List<String> pickles = zip.names().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw new MalformedArtifactException(
                    file,
                    "is a zip file, but not one of torch.save: it has " + pickles.size()
                            + " entries named <archive>/data.pkl; expected one");
        }
        return zip.entry(pickles.get(0)).orElseThrow();
    }

    private static void requireLittleEndian(Path file, ZipContainer zip, String archive) {
        zip.entry(archive + "/byteorder").ifPresent(entry -> {
            String order = StandardCharsets.UTF_8
                    .decode(zip.read(entry, 0, Math.min(entry.size(), 16)))
                    .toString();
            if (!order.equals("little")) {
                throw new MalformedArtifactException(
                        file, "its byte order is '" + order + "'; only little-endian files are read");
            }
        });
    }

    private static void requireNotLegacy(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(LEGACY_START.length);
            channel.read(start, 0);
            if (start.flip().equals(ByteBuffer.wrap(LEGACY_START))) {
                throw new MalformedArtifactException(
                        file,
                        "was written by torch before 1.6, or with _use_new_zipfile_serialization=False; load it in Python"
                                + " and torch.save it again");
            }
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }
}
