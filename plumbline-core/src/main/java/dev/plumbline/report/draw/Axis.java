package dev.plumbline.report.draw;

import java.util.List;

/** One side of a chart: its range, its ticks, and its label. */
record Axis(String label, double low, double high, List<Tick> ticks) {

    private static final int WANTED = 6;

    /** Stretches to the next ticks beyond the values, and to 0 if they are all on one side of it and near. */
    static Axis toTicks(String label, double low, double high) {
        double from = low;
        double to = high;
        if (low > 0 && low < 0.5 * high) {
            from = 0;
        } else if (high < 0 && high > 0.5 * low) {
            to = 0;
        }
        if (!(from < to)) {
            double room = Math.max(1e-6, Math.abs(from) * 0.1);
            from -= room;
            to += room;
        }
        double step = Ticks.step(from, to, WANTED);
        double first = Math.floor(from / step + 1e-6) * step;
        double last = Math.ceil(to / step - 1e-6) * step;
        return new Axis(label, first, last, Ticks.between(first, last, WANTED));
    }

    /** Leaves a margin of {@code share} of the range at either end. */
    static Axis padded(String label, double low, double high, double share) {
        double room = high > low ? (high - low) * share : Math.max(1e-6, Math.abs(low) * 0.1);
        return new Axis(label, low - room, high + room, Ticks.between(low - room, high + room, WANTED));
    }

    Axis withTicks(List<Tick> newTicks) {
        return new Axis(label, low, high, newTicks);
    }

    /** Where {@code value} lies, from 0 at the low end to 1 at the high end. */
    double share(double value) {
        return (value - low) / (high - low);
    }
}
