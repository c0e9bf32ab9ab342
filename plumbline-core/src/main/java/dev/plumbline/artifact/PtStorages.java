package dev.plumbline.artifact;

import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;

/** The storages of a {@code .pt} container: entries {@code <archive>/data/<key>}. */
final class PtStorages implements PickleStorages {

    private final ZipContainer zip;
    private final String archive;

    PtStorages(ZipContainer zip, String archive) {
        this.zip = zip;
        this.archive = archive;
    }

    @Override
    public Storage open(String key, long bytes) {
        String name = archive + "/data/" + key;
        ZipEntry entry = zip.entry(name)
                .orElseThrow(
                        () -> new PickleException("refers to storage '" + name + "', which the file does not have"));
        if (entry.size() != bytes) {
            throw new PickleException("says storage '" + name + "' has " + bytes + " bytes; it has " + entry.size());
        }
        return new EntryStorage(zip, entry);
    }

    private record EntryStorage(ZipContainer zip, ZipEntry entry) implements Storage {

        @Override
        public long bytes() {
            return entry.size();
        }

        @Override
        public TensorData read(StridedView view) {
            if (TensorData.numel(view.shape()) == 0) {
                return new TensorData(view.dtype(), view.shape(), ByteBuffer.allocate(0));
            }
            int width = view.dtype().bytes();
            long offset = view.offset() * width;
            long length = (view.lastIndex() + 1) * width - offset;
            ByteBuffer window =
                    offset == 0 && length == entry.size() ? zip.read(entry) : zip.read(entry, offset, length);
            return new TensorData(view.dtype(), view.shape(), view.isContiguous() ? window : view.gather(window));
        }
    }
}
