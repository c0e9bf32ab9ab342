package dev.plumbline.report.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as readers see them: a true minus sign, no exponent, the same on every machine. */
public final class Numbers {

    private Numbers() {}

    /** {@code value} with exactly {@code decimals} digits after the point. */
    public static String fixed(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        // A value that rounds to nothing has no sign.
        return (rounded.signum() < 0 ? "\u2212" : "") + rounded.abs().toPlainString();
    }

    /** {@code value} with about three digits that mean something: 0.482, 12.3, −1204. */
    public static String brief(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        int leading = (int) Math.floor(Math.log10(size));
        return fixed(value, Math.max(0, Math.min(6, 2 - leading)));
    }

    /** A share of 1 as a percentage: 0.8312 with one decimal is 83.1 %. */
    public static String percent(double share, int decimals) {
        return fixed(share * 100, decimals) + "\u202f%";
    }
}
