package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.RoundStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Ticks at round numbers. */
final class Ticks {

    private Ticks() {}

    /** About {@code wanted} ticks, never more than one above, at multiples of a round step within [low, high]. */
    static List<Tick> between(double low, double high, int wanted) {
        double step = step(low, high, wanted);
        int decimals = decimals(step);
        return multiples(low, high, step, value -> Numbers.fixed(value, decimals));
    }

    /** As {@link #between} but only at whole numbers, such as layers. */
    static List<Tick> whole(double low, double high, int wanted) {
        return multiples(low, high, wholeStep(low, high, wanted), value -> Numbers.fixed(value, 0));
    }

    /** From one tick of {@link #whole} to the next. */
    static double wholeStep(double low, double high, int wanted) {
        double step = RoundStep.atLeast(Math.max(1, (high - low) / wanted));
        // 2.5 is round, but not whole.
        return step == Math.rint(step) ? step : 5;
    }

    /** Ticks on shares of 1, labelled as percentages. */
    static List<Tick> percent(double low, double high, int wanted) {
        double step = step(low, high, wanted);
        int decimals = Math.max(0, decimals(step) - 2);
        return multiples(low, high, step, value -> Numbers.percent(value, decimals));
    }

    static double step(double low, double high, int wanted) {
        return RoundStep.atLeast((high - low) / wanted);
    }

    private static List<Tick> multiples(double low, double high, double step, DoubleFunction<String> label) {
        // A hair of slack keeps a tick on an end that rounding has moved.
        long first = (long) Math.ceil(low / step - 1e-6);
        long last = (long) Math.floor(high / step + 1e-6);
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(new Tick(i * step, label.apply(i * step)));
        }
        return ticks;
    }

    private static int decimals(double step) {
        int decimals = 0;
        for (double rest = step; decimals < 9 && Math.abs(rest - Math.rint(rest)) > 1e-6 * rest; rest *= 10) {
            decimals++;
        }
        return decimals;
    }
}
