package dev.plumbline.nano.train;

/** Rounding to bf16, to nearest with ties to even. */
final class Rounding {

    private Rounding() {}

    static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The value as bf16 holds it. */
    static float throughBf16(float value) {
        return Float.intBitsToFloat(toBf16(value) << 16);
    }
}
