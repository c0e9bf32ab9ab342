package dev.plumbline.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip container of stored entries, each beginning on a multiple of 64 bytes as torch lays them out, so that the
 * file can be mapped. The same entries give the same bytes: there are no times in it.
 */
final class ZipWriter {

    private static final int ALIGNMENT = 64;
    private static final int VERSION = 45;
    private static final int UTF8_NAMES = 1 << 11;
    private static final int DOS_EPOCH = 0x21; // 1 January 1980, the first date that the format has
    private static final int PADDING_EXTRA = 0x4246; // "FB", which torch pads with too
    private static final long UINT32_MAX = 0xffffffffL;
    private static final int UINT16_MAX = 0xffff;

    private record Written(byte[] name, long crc, int size, long localHeader) {}

    private final WritableByteChannel out;
    private final List<Written> entries = new ArrayList<>();
    private long position;

    ZipWriter(OutputStream out) {
        this.out = Channels.newChannel(out);
    }

    void add(String name, ByteBuffer bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        Written entry = new Written(name.getBytes(StandardCharsets.UTF_8), crc.getValue(), bytes.remaining(), position);
        entries.add(entry);
        writeLocalHeader(entry);
        write(bytes.duplicate());
    }

    private void writeLocalHeader(Written entry) throws IOException {
        long unpadded = position + ZipEntry.LOCAL_BYTES + entry.name().length + 4;
        int padding = (int) (-unpadded & (ALIGNMENT - 1));
        write(fields(ZipEntry.LOCAL_BYTES + entry.name().length + 4 + padding)
                .putInt(0x04034b50)
                .putShort((short) VERSION)
                .putShort((short) UTF8_NAMES)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) DOS_EPOCH)
                .putInt((int) entry.crc())
                .putInt(entry.size())
                .putInt(entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) (4 + padding))
                .put(entry.name())
                .putShort((short) PADDING_EXTRA)
                .putShort((short) padding)
                .rewind());
    }

    /** Writes the directory, without which there is no container. */
    void finish() throws IOException {
        long directory = position;
        for (Written entry : entries) {
            writeCentralHeader(entry);
        }
        long bytes = position - directory;
        if (directory >= UINT32_MAX || bytes >= UINT32_MAX || entries.size() >= UINT16_MAX) {
            writeZip64End(directory, bytes);
        }
        short count = (short) Math.min(entries.size(), UINT16_MAX);
        write(fields(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt((int) Math.min(bytes, UINT32_MAX))
                .putInt((int) Math.min(directory, UINT32_MAX))
                .rewind());
    }

    private void writeCentralHeader(Written entry) throws IOException {
        boolean far = entry.localHeader() >= UINT32_MAX;
        ByteBuffer header = fields(46 + entry.name().length + (far ? 12 : 0))
                .putInt(0x02014b50)
                .putShort((short) VERSION)
                .putShort((short) VERSION)
                .putShort((short) UTF8_NAMES)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) DOS_EPOCH)
                .putInt((int) entry.crc())
                .putInt(entry.size())
                .putInt(entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) (far ? 12 : 0))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) Math.min(entry.localHeader(), UINT32_MAX))
                .put(entry.name());
        if (far) {
            header.putShort((short) 1).putShort((short) Long.BYTES).putLong(entry.localHeader());
        }
        write(header.rewind());
    }

    private void writeZip64End(long directory, long bytes) throws IOException {
        long end = position;
        write(fields(56 + 20)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) VERSION)
                .putShort((short) VERSION)
                .putInt(0)
                .putInt(0)
                .putLong(entries.size())
                .putLong(entries.size())
                .putLong(bytes)
                .putLong(directory)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(end)
                .putInt(1)
                .rewind());
    }

    private static ByteBuffer fields(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer bytes) throws IOException {
        position += bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
