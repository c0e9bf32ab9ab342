package dev.plumbline.artifact;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip file read by random access, any slice of any entry. {@link java.util.zip.ZipFile} has no such slices, and trusts
 * more of the file than an untrusted one deserves: here entries may not repeat, overlap, or leave the file, and nothing is
 * allocated that the file does not really hold.
 */
final class ZipContainer implements Closeable {

    private static final int LOCAL_SIGNATURE = 0x04034b50;

    /** torch never compresses; whoever did so by hand did it to something small. */
    private static final long MAX_INFLATED_BYTES = 256L << 20;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, ZipEntry> entries;

    private ZipContainer(Path file, FileChannel channel, Map<String, ZipEntry> entries) {
        this.file = file;
        this.channel = channel;
        this.entries = entries;
    }

    static ZipContainer open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new ZipContainer(file, channel, new ZipDirectory(file, channel).entries());
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }

    Set<String> names() {
        return entries.keySet();
    }

    Optional<ZipEntry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** All bytes of an entry, which must match its checksum. */
    ByteBuffer read(ZipEntry entry) {
        ByteBuffer bytes = read(entry, 0, entry.size());
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        if (entry.crc() != 0 && crc.getValue() != entry.crc()) {
            throw malformed("entry '" + entry.name()
                    + "' has checksum %08x; the directory says %08x: its bytes are corrupt"
                            .formatted(crc.getValue(), entry.crc()));
        }
        return bytes;
    }

    /** {@code length} bytes of an entry from {@code offset} on; unchecked by any checksum, which covers whole entries. */
    ByteBuffer read(ZipEntry entry, long offset, long length) {
        if (offset < 0 || length < 0 || offset > entry.size() - length) {
            throw malformed("bytes %d to %d of entry '%s' were asked for; it has %d"
                    .formatted(offset, offset + length, entry.name(), entry.size()));
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw malformed(length + " bytes of entry '" + entry.name() + "' do not fit one Java buffer (2 GiB)");
        }
        try {
            long start = dataOffset(entry);
            return entry.deflated()
                    ? inflate(entry, start).slice((int) offset, (int) length)
                    : readFully(channel, start + offset, (int) length);
        } catch (EOFException e) {
            throw malformed("ends within entry '" + entry.name() + "'");
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }

    private long dataOffset(ZipEntry entry) throws IOException {
        ByteBuffer header = readFully(channel, entry.localHeader(), ZipEntry.LOCAL_BYTES);
        if (header.getInt(0) != LOCAL_SIGNATURE) {
            throw malformed("no entry begins at byte %d, where the directory says that '%s' does"
                    .formatted(entry.localHeader(), entry.name()));
        }
        int variable = Short.toUnsignedInt(header.getShort(26)) + Short.toUnsignedInt(header.getShort(28));
        long start = entry.localHeader() + ZipEntry.LOCAL_BYTES + variable;
        if (start + entry.compressedSize() > entry.limit()) {
            throw malformed("entry '%s' of %d bytes from byte %d on runs past byte %d, where the next one begins"
                    .formatted(entry.name(), entry.compressedSize(), start, entry.limit()));
        }
        return start;
    }

    private ByteBuffer inflate(ZipEntry entry, long start) throws IOException {
        if (Math.max(entry.size(), entry.compressedSize()) > MAX_INFLATED_BYTES) {
            throw malformed("compressed entry '%s' says it inflates to %d bytes; at most %d are read"
                    .formatted(entry.name(), entry.size(), MAX_INFLATED_BYTES));
        }
        byte[] inflated = new byte[0];
        int used = 0;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(readFully(channel, start, (int) entry.compressedSize()));
            while (!inflater.finished()) {
                if (used == inflated.length) {
                    // Grown as bytes really come, since the size is only a claim; one more than claimed is too many.
                    int grown = (int) Math.min(entry.size() + 1, Math.max(1 << 16, 2L * used));
                    if (grown == used) {
                        break;
                    }
                    inflated = Arrays.copyOf(inflated, grown);
                }
                int n = inflater.inflate(inflated, used, inflated.length - used);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                used += n;
            }
        } catch (DataFormatException e) {
            throw malformed("entry '" + entry.name() + "' is not valid deflate data: " + e.getMessage());
        } finally {
            inflater.end();
        }
        if (used != entry.size()) {
            throw malformed("entry '%s' does not inflate to the %d bytes that the directory says"
                    .formatted(entry.name(), entry.size()));
        }
        return ByteBuffer.wrap(inflated, 0, used).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private MalformedArtifactException malformed(String problem) {
        return new MalformedArtifactException(file, problem);
    }

    static ByteBuffer readFully(FileChannel channel, long position, int length) throws IOException {
        if (position < 0 || position > channel.size() - length) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
