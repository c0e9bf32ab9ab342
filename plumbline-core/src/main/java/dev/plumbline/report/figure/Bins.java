package dev.plumbline.report.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Bins of equal width with round edges: Freedman and Diaconis's width, made round, and narrower where it would leave few
 * bins for many values, as it does when they are spread evenly.
 */
final class Bins {

    private static final int MOST = 60;
    private static final double FINER = 0.4;
    /** Bins that there are at least, where so many values or more fall into each on average. */
    private static final int FEWEST = 8;

    private static final int VALUES_PER_BIN = 4;

    private Bins() {}

    static List<Double> edges(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        double low = sorted.get(0);
        double high = sorted.get(sorted.size() - 1);
        double spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        double width = 2 * spread / Math.cbrt(sorted.size());
        double span = high - low;
        if (!(span > 0)) {
            // One value has no spread: any bin around it shows as much.
            span = Math.max(1e-9, Math.abs(low) * 0.1);
        }
        // Rounding up would blur, so the rule's width is taken as an upper end.
        double step = RoundStep.atLeast(Math.max(width > 0 ? FINER * width : span / 10, span / MOST));
        int fewest = Math.min(FEWEST, sorted.size() / VALUES_PER_BIN);
        if (step * fewest > span) {
            step = RoundStep.atMost(span / fewest);
        }
        // Edges are counted, not summed, so that they stay round.
        long first = (long) Math.floor(low / step);
        long last = (long) Math.floor(high / step) + 1;
        List<Double> edges = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            edges.add(i * step);
        }
        return List.copyOf(edges);
    }

    static int binOf(double value, List<Double> edges) {
        for (int i = edges.size() - 2; i > 0; i--) {
            if (value >= edges.get(i)) {
                return i;
            }
        }
        return 0;
    }

    private static double quantile(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
    }
}
