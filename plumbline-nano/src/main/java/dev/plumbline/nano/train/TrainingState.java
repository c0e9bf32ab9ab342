package dev.plumbline.nano.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Everything a training run needs to go on: little-endian magic, step, count, then three arrays of fp32 and a CRC-32 of all
 * that stands before it.
 */
record TrainingState(int step, float[] weights, float[] firstMoment, float[] secondMoment) {
    private static final int MAGIC = 0x4f4e414e;
    private static final int HEADER = 12;

    static void write(Path file, TrainingState state) {
        int n = state.weights().length;
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(HEADER + Long.BYTES, Math.multiplyExact(12, n)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(state.step()).putInt(n);
        for (float[] part : new float[][] {state.weights(), state.firstMoment(), state.secondMoment()}) {
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + Float.BYTES * n);
        }
        bytes.putLong(checksum(bytes.array(), bytes.position()));
        bytes.flip();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the training state " + file, e);
        }
    }

    /** Reads a state of a model with {@code n} weights. */
    static TrainingState read(Path file, int n) {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the training state " + file, e);
        }
        long expected = HEADER + Long.BYTES + 12L * n;
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        if (all.length != expected || bytes.getInt() != MAGIC) {
            throw new IllegalStateException(file + " has " + all.length + " bytes and is not the state of a model with "
                    + n + " weights, which has " + expected);
        }
        int step = bytes.getInt();
        int count = bytes.getInt();
        if (count != n || bytes.getLong(all.length - Long.BYTES) != checksum(all, all.length - Long.BYTES)) {
            throw new IllegalStateException(file + " is damaged: its checksum does not match its contents");
        }
        return new TrainingState(step, floats(bytes, n), floats(bytes, n), floats(bytes, n));
    }

    private static float[] floats(ByteBuffer bytes, int n) {
        float[] values = new float[n];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + Float.BYTES * n);
        return values;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
