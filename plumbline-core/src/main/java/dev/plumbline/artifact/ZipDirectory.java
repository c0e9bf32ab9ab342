package dev.plumbline.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of entries at the end of a zip file, each checked against the others and against the file. */
final class ZipDirectory {

    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ZIP64_END_BYTES = 56;
    private static final int ZIP64_END_SIGNATURE = 0x06064b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int ZIP64_EXTRA = 1;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int MAX_COMMENT_BYTES = 0xffff;
    private static final long MAX_DIRECTORY_BYTES = 64L << 20;

    private final Path file;
    private final FileChannel channel;

    ZipDirectory(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Where the directory lies. */
    private record Extent(long offset, long bytes, long count) {}

    Map<String, ZipEntry> entries() throws IOException {
        try {
            Extent extent = locate();
            ByteBuffer directory = ZipContainer.readFully(channel, extent.offset(), (int) extent.bytes());
            List<ZipEntry> found = new ArrayList<>();
            for (long i = 0; i < extent.count(); i++) {
                found.add(parse(directory, extent.offset()));
            }
            return withLimits(found, extent.offset());
        } catch (EOFException e) {
            throw malformed("is truncated: its directory lies beyond its end");
        }
    }

    private Extent locate() throws IOException {
        long end = findEnd();
        ByteBuffer record = ZipContainer.readFully(channel, end, END_BYTES);
        long count = Short.toUnsignedLong(record.getShort(10));
        long bytes = Integer.toUnsignedLong(record.getInt(12));
        long offset = Integer.toUnsignedLong(record.getInt(16));
        if (count == 0xffffL || bytes == 0xffffffffL || offset == 0xffffffffL) {
            ByteBuffer locator = ZipContainer.readFully(channel, end - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
            if (locator.getInt(0) != ZIP64_LOCATOR_SIGNATURE) {
                throw malformed("needs a zip64 directory and has none");
            }
            end = locator.getLong(8);
            record = ZipContainer.readFully(channel, end, ZIP64_END_BYTES);
            if (record.getInt(0) != ZIP64_END_SIGNATURE) {
                throw malformed("has no zip64 directory at byte " + end + ", where it says that one is");
            }
            count = record.getLong(32);
            bytes = record.getLong(40);
            offset = record.getLong(48);
        }
        if (offset < 0 || bytes < 0 || offset > end - bytes) {
            throw malformed("says its directory is %d bytes at byte %d, which does not fit before byte %d"
                    .formatted(bytes, offset, end));
        }
        if (bytes > MAX_DIRECTORY_BYTES || count < 0 || count > bytes / CENTRAL_BYTES) {
            throw malformed("says its directory has %d entries in %d bytes, which cannot be".formatted(count, bytes));
        }
        return new Extent(offset, bytes, count);
    }

    /** The end record is last, but for a comment of unknown length. */
    private long findEnd() throws IOException {
        long size = channel.size();
        int tailBytes = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
        ByteBuffer tail = ZipContainer.readFully(channel, size - tailBytes, tailBytes);
        for (int i = tailBytes - END_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END_SIGNATURE
                    && Short.toUnsignedInt(tail.getShort(i + 20)) == tailBytes - END_BYTES - i) {
                return size - tailBytes + i;
            }
        }
        throw malformed("is not a complete zip container (%d bytes, no directory at the end): truncated, or of another"
                        .formatted(size)
                + " format");
    }

    private ZipEntry parse(ByteBuffer directory, long limit) {
        if (directory.remaining() < CENTRAL_BYTES || directory.getInt(directory.position()) != CENTRAL_SIGNATURE) {
            throw malformed("has a corrupt directory, " + directory.position() + " bytes into it");
        }
        int at = directory.position();
        int flags = Short.toUnsignedInt(directory.getShort(at + 8));
        int method = Short.toUnsignedInt(directory.getShort(at + 10));
        long crc = Integer.toUnsignedLong(directory.getInt(at + 16));
        long compressedSize = Integer.toUnsignedLong(directory.getInt(at + 20));
        long size = Integer.toUnsignedLong(directory.getInt(at + 24));
        int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraBytes = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentBytes = Short.toUnsignedInt(directory.getShort(at + 32));
        long localHeader = Integer.toUnsignedLong(directory.getInt(at + 42));
        int total = CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
        if (directory.remaining() < total) {
            throw malformed("has a corrupt directory, " + at + " bytes into it");
        }
        String name = StandardCharsets.UTF_8
                .decode(directory.slice(at + CENTRAL_BYTES, nameBytes))
                .toString();
        ByteBuffer extra = zip64Fields(directory.slice(at + CENTRAL_BYTES + nameBytes, extraBytes));
        size = size == 0xffffffffL ? next(extra, name) : size;
        compressedSize = compressedSize == 0xffffffffL ? next(extra, name) : compressedSize;
        localHeader = localHeader == 0xffffffffL ? next(extra, name) : localHeader;
        directory.position(at + total);

        if ((flags & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED)) {
            throw malformed("entry '%s' is encrypted or compressed by method %d; torch.save stores entries as they are"
                    .formatted(name, method));
        }
        if (method == STORED && compressedSize != size) {
            throw malformed("stored entry '%s' says it has %d bytes and also %d".formatted(name, compressedSize, size));
        }
        if (size < 0
                || compressedSize < 0
                || compressedSize > limit
                || localHeader < 0
                || localHeader > limit - ZipEntry.LOCAL_BYTES - compressedSize) {
            throw malformed("entry '%s' says it has %d bytes at byte %d, which does not fit before byte %d"
                    .formatted(name, compressedSize, localHeader, limit));
        }
        return new ZipEntry(name, method == DEFLATED, crc, compressedSize, size, localHeader, limit);
    }

    private static ByteBuffer zip64Fields(ByteBuffer extra) {
        extra.order(ByteOrder.LITTLE_ENDIAN);
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int bytes = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (id == ZIP64_EXTRA) {
                return extra.slice(extra.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + bytes);
        }
        return extra.limit(extra.position());
    }

    private long next(ByteBuffer zip64, String name) {
        if (zip64.remaining() < Long.BYTES) {
            throw malformed("entry '" + name + "' lacks its zip64 sizes");
        }
        return zip64.getLong();
    }

    private Map<String, ZipEntry> withLimits(List<ZipEntry> found, long directoryOffset) {
        found.sort(Comparator.comparingLong(ZipEntry::localHeader));
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            ZipEntry e = found.get(i);
            long limit = i + 1 < found.size() ? found.get(i + 1).localHeader() : directoryOffset;
            if (e.localHeader() + ZipEntry.LOCAL_BYTES + e.compressedSize() > limit) {
                throw malformed("entries '%s' and '%s' overlap"
                        .formatted(
                                e.name(),
                                found.get(Math.min(i + 1, found.size() - 1)).name()));
            }
            ZipEntry bounded =
                    new ZipEntry(e.name(), e.deflated(), e.crc(), e.compressedSize(), e.size(), e.localHeader(), limit);
            if (entries.put(e.name(), bounded) != null) {
                throw malformed("has two entries named '" + e.name() + "'");
            }
        }
        return entries;
    }

    private MalformedArtifactException malformed(String problem) {
        return new MalformedArtifactException(file, problem);
    }
}
