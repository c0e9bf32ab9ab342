package dev.plumbline.steer;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A percentile of projections that says along which direction they are taken. The 25th along the negated axis is the 75th
 * along the axis, and a cap there is far stronger than one at the 25th along the axis; published thresholds are named by
 * the former.
 *
 * @param sense which way projections grow
 * @param percent from 0 to 100
 */
public record Percentile(Sense sense, double percent) {

    /** Which way projections grow. */
    public enum Sense {
        /** Toward the Assistant. */
        ALONG_AXIS,
        /** Away from the Assistant, as in the published configurations. */
        ALONG_NEGATED_AXIS;

        Sense opposite() {
            return this == ALONG_AXIS ? ALONG_NEGATED_AXIS : ALONG_AXIS;
        }
    }

    public Percentile {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("Percentile is " + percent + "; expected 0 to 100");
        }
    }

    /** The value with {@code percent} of the projections further from the Assistant. */
    public static Percentile alongAxis(double percent) {
        return new Percentile(Sense.ALONG_AXIS, percent);
    }

    /** The value with {@code percent} of the projections nearer to the Assistant. */
    public static Percentile alongNegatedAxis(double percent) {
        return new Percentile(Sense.ALONG_NEGATED_AXIS, percent);
    }

    /** The same value named along the opposite direction. */
    public Percentile mirrored() {
        return new Percentile(sense.opposite(), 100 - percent);
    }

    /** The share of projections below the value when they are taken this way, from 0 to 1. */
    public double fraction(Sense way) {
        return (way == sense ? percent : 100 - percent) / 100;
    }

    /** The name that published experiments have for it, a fraction along the negated axis: {@code p0.25}. */
    public String publishedName() {
        BigDecimal fraction = new BigDecimal(fraction(Sense.ALONG_NEGATED_AXIS)).round(new MathContext(6));
        return "p" + fraction.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return "percentile " + percentOf(Sense.ALONG_AXIS) + " along the axis, which is percentile "
                + percentOf(Sense.ALONG_NEGATED_AXIS) + " along the negated axis";
    }

    private String percentOf(Sense way) {
        BigDecimal shown = new BigDecimal(way == sense ? percent : 100 - percent).round(new MathContext(6));
        return shown.stripTrailingZeros().toPlainString();
    }
}
