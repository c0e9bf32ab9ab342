package dev.plumbline.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A dense row-major tensor as plain bytes, on the heap or mapped from a file: what file formats read and write, and what
 * leaves the engine. It needs no native library, and holds no native memory.
 *
 * @param dtype element type
 * @param shape size of each dimension; empty for a scalar
 * @param bytes little-endian elements in row-major order, exactly {@code numel * dtype.bytes()} of them
 */
public record TensorData(DType dtype, long[] shape, ByteBuffer bytes) {
    /** What rounds beyond the largest half, 65504. */
    private static final float HALF_OVERFLOW = 65520;

    private static final float HALF_LEAST_NORMAL = 0x1p-14f;

    public TensorData {
        shape = shape.clone();
        long expected = Math.multiplyExact(numel(shape), (long) dtype.bytes());
        if (bytes.remaining() != expected) {
            throw new IllegalArgumentException("Tensor of " + dtype + Arrays.toString(shape) + " has "
                    + bytes.remaining() + " bytes; expected " + expected);
        }
        bytes = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An fp32 tensor holding a copy of {@code values}. */
    public static TensorData ofFloats(float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new TensorData(DType.F32, shape, bytes);
    }

    /** Number of elements of a tensor of this shape; throws {@link ArithmeticException} on overflow. */
    public static long numel(long... shape) {
        long n = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("Negative dimension in shape " + Arrays.toString(shape));
            }
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public long numel() {
        return numel(shape);
    }

    /** All elements as fp32, in row-major order; floating-point dtypes only. */
    public float[] toFloats() {
        int n = Math.toIntExact(numel());
        float[] values = new float[n];
        ByteBuffer source = bytes();
        switch (dtype) {
            case F32 -> source.asFloatBuffer().get(values);
            case F64 -> {
                for (int i = 0; i < n; i++) {
                    values[i] = (float) source.getDouble(i * 8);
                }
            }
            case BF16 -> {
                for (int i = 0; i < n; i++) {
                    values[i] = Float.intBitsToFloat(source.getShort(i * 2) << 16);
                }
            }
            case F16 -> {
                for (int i = 0; i < n; i++) {
                    values[i] = halfToFloat(source.getShort(i * 2));
                }
            }
            default -> throw new IllegalArgumentException("Expected a floating-point tensor, found " + dtype);
        }
        return values;
    }

    /** The elements rounded to bf16, ties to even; floating-point dtypes only. */
    public TensorData toBf16() {
        return to(DType.BF16);
    }

    /**
     * The elements as fp32, or rounded to fp16 or bf16, ties to even; floating-point dtypes only.
     *
     * @throws IllegalArgumentException if the type is another one, or an element is too large for fp16
     */
    public TensorData to(DType type) {
        if (type != DType.F32 && type != DType.BF16 && type != DType.F16) {
            throw new IllegalArgumentException("Cannot write floating-point numbers as " + type + "; expected "
                    + DType.F32 + ", " + DType.BF16 + " or " + DType.F16);
        }
        float[] values = toFloats();
        ByteBuffer rounded = ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (type == DType.F32) {
                rounded.putFloat(value);
            } else {
                rounded.putShort(type == DType.BF16 ? floatToBf16(value) : floatToHalf(value));
            }
        }
        return new TensorData(type, shape, rounded.flip());
    }

    private static short floatToBf16(float value) {
        int bits = Float.floatToIntBits(value); // every NaN is 0x7fc00000, which needs no rounding
        int tiesToEven = Float.isNaN(value) ? 0 : 0x7fff + ((bits >>> 16) & 1);
        return (short) ((bits + tiesToEven) >>> 16);
    }

    /** Rounds to an IEEE half. ({@code Float.floatToFloat16} came after Java 17.) */
    private static short floatToHalf(float value) {
        float size = Math.abs(value);
        if (size >= HALF_OVERFLOW && size < Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("Number " + value + " is too large for " + DType.F16);
        }
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        if (!(size < HALF_OVERFLOW)) {
            return (short) (sign | (Float.isNaN(value) ? 0x7e00 : 0x7c00));
        }
        if (size < HALF_LEAST_NORMAL) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int bits = Float.floatToRawIntBits(size);
        int rounded = (bits + 0xfff + ((bits >>> 13) & 1)) >>> 13;
        return (short) (sign | (rounded - (112 << 10)));
    }

    /** Widens an IEEE half; exact. ({@code Float.float16ToFloat} came after Java 17.) */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
        }
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorData that
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.hashCode() + Arrays.hashCode(shape)) + bytes.hashCode();
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
