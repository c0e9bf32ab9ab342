package dev.plumbline.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code .pt} files that {@code torch.load} reads, with {@code weights_only} or without: what {@link PtFile} reads
 * back. The same value gives the same bytes whatever the file is called. The elements of one tensor at a time are held.
 */
public final class PtWriter {

    private static final String ARCHIVE = "archive";

    private PtWriter() {}

    /**
     * Replaces {@code file} atomically.
     *
     * @throws java.io.UncheckedIOException if it cannot be written; the previous file is then untouched
     */
    public static void write(Path file, PtValue root) {
        PickleEmitter.Pickle pickle = PickleEmitter.emit(root);
        AtomicFile.write(file, out -> {
            ZipWriter zip = new ZipWriter(out);
            zip.add(ARCHIVE + "/data.pkl", ByteBuffer.wrap(pickle.code()));
            zip.add(ARCHIVE + "/byteorder", ascii("little"));
            List<PtTensor> storages = pickle.storages();
            for (int i = 0; i < storages.size(); i++) {
                zip.add(ARCHIVE + "/data/" + i, storages.get(i).data().bytes());
            }
            zip.add(ARCHIVE + "/version", ascii("3\n"));
            zip.finish();
        });
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
