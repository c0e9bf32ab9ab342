package dev.plumbline.report.figure;

import java.util.Collection;
import java.util.List;

/** The checks that figures share; messages name the figure, what was found and what was expected. */
final class Require {

    private Require() {}

    static double finite(String figure, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "Figure \"" + figure + "\": " + what + " is " + value + "; expected a finite number");
        }
        return value;
    }

    static List<Double> finite(String figure, String what, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            finite(figure, what + " " + i, values.get(i));
        }
        return List.copyOf(values);
    }

    static void someOf(String figure, String what, Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Figure \"" + figure + "\" has no " + what + "; expected at least one");
        }
    }

    static void sameSize(String figure, String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "Figure \"" + figure + "\" has " + found + " " + what + "; expected " + expected);
        }
    }
}
