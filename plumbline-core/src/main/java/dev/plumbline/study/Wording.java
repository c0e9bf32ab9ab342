package dev.plumbline.study;

import dev.plumbline.statistics.Estimate;
import java.util.Locale;

/** How reports of this package write numbers. */
final class Wording {

    private Wording() {}

    /** {@code 0.325 [0.230, 0.431]}. */
    static String interval(Estimate estimate) {
        return interval(estimate, 3);
    }

    static String interval(Estimate estimate, int decimals) {
        String number = "%." + decimals + "f";
        return String.format(
                Locale.ROOT,
                number + " [" + number + ", " + number + "]",
                estimate.value(),
                estimate.low(),
                estimate.high());
    }

    /** {@code +1.5}. */
    static String signed(double value, int decimals) {
        return String.format(Locale.ROOT, "%+." + decimals + "f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** As figures take it; a bootstrap's interval need not hold its value. */
    static dev.plumbline.report.figure.Estimate drawn(Estimate estimate) {
        return new dev.plumbline.report.figure.Estimate(
                estimate.value(),
                Math.min(estimate.low(), estimate.value()),
                Math.max(estimate.high(), estimate.value()));
    }
}
