package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One array in NumPy's {@code .npy} format, little-endian. NumPy has no bf16. */
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
                    + "\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

    private NpyFile() {}

    /**
     * Reads an array into row-major order.
     *
     * @throws MalformedArtifactException if the file is not one, or of a type that {@link DType} does not have (objects are
     *     pickles and are refused)
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static TensorData read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel);
        } catch (EOFException e) {
            throw new MalformedArtifactException(file, "ends within its header");
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }

    private static TensorData read(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = ZipContainer.readFully(channel, 0, 12);
        if (!start.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new MalformedArtifactException(file, "is not a .npy file: it does not begin with \\x93NUMPY");
        }
        boolean shortLength = start.get(6) == 1;
        long headerBytes =
                shortLength ? Short.toUnsignedLong(start.getShort(8)) : Integer.toUnsignedLong(start.getInt(8));
        if (headerBytes > MAX_HEADER_BYTES) {
            throw new MalformedArtifactException(
                    file, "says its header has " + headerBytes + " bytes; at most " + MAX_HEADER_BYTES + " are read");
        }
        int headerStart = shortLength ? 10 : 12;
        String header = StandardCharsets.UTF_8
                .decode(ZipContainer.readFully(channel, headerStart, (int) headerBytes))
                .toString();
        Matcher fields = HEADER.matcher(header);
        if (!fields.matches()) {
            throw new MalformedArtifactException(
                    file, "has the header " + header.strip() + ", which is not understood");
        }
        DType dtype = dtype(fields.group(1))
                .orElseThrow(() -> new MalformedArtifactException(
                        file, "has elements of type '" + fields.group(1) + "'; little-endian numbers are read"));
        long[] shape = shape(file, fields.group(3));
        ByteBuffer elements = elements(file, channel, headerStart + headerBytes, dtype, shape);
        if (fields.group(2).equals("True")) {
            elements = new StridedView(dtype, 0, shape, columnMajorStride(shape)).gather(elements);
        }
        return new TensorData(dtype, shape, elements);
    }

    private static ByteBuffer elements(Path file, FileChannel channel, long from, DType dtype, long[] shape)
            throws IOException {
        long held = channel.size() - from;
        try {
            long bytes = Math.multiplyExact(TensorData.numel(shape), (long) dtype.bytes());
            if (bytes == held && bytes <= Integer.MAX_VALUE - 8) {
                return ZipContainer.readFully(channel, from, (int) bytes);
            }
        } catch (ArithmeticException overflow) {
            // No file holds that many.
        }
        throw new MalformedArtifactException(
                file, "says it is " + dtype + Arrays.toString(shape) + " and has " + held + " bytes of elements");
    }

    private static long[] shape(Path file, String sizes) {
        try {
            return Pattern.compile(",")
                    .splitAsStream(sizes)
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new MalformedArtifactException(file, "has the shape (" + sizes + ")");
        }
    }

    private static long[] columnMajorStride(long[] shape) {
        long[] stride = new long[shape.length];
        long step = 1;
        for (int i = 0; i < shape.length; i++) {
            stride[i] = step;
            step *= shape[i];
        }
        return stride;
    }

    private static Optional<DType> dtype(String descr) {
        return Arrays.stream(DType.values())
                .filter(dtype -> dtype != DType.BF16 && descr(dtype).equals(descr))
                .findFirst();
    }

    private static String descr(DType dtype) {
        return switch (dtype) {
            case F64 -> "<f8";
            case F32 -> "<f4";
            case F16 -> "<f2";
            case I64 -> "<i8";
            case I32 -> "<i4";
            case I16 -> "<i2";
            case I8 -> "|i1";
            case U8 -> "|u1";
            case BOOL -> "|b1";
            case BF16 -> throw new IllegalArgumentException("NumPy has no bf16: convert to fp32 before writing .npy");
        };
    }

    /**
     * Replaces {@code file} atomically.
     *
     * @throws IllegalArgumentException for a bf16 tensor
     */
    public static void write(Path file, TensorData array) {
        long[] sizes = array.shape();
        String shape = LongStream.of(sizes)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", sizes.length == 1 ? ",)" : ")"));
        String header = "{'descr': '" + descr(array.dtype()) + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        String padded = header + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded.length())
                .flip();
        AtomicFile.write(file, out -> {
            var channel = Channels.newChannel(out);
            channel.write(start);
            channel.write(ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII)));
            channel.write(array.bytes());
        });
    }
}
