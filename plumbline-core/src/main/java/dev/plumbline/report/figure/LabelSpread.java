package dev.plumbline.report.figure;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Places labels along a line so that none overlaps and together they move as little as possible.
 *
 * <p>With places sorted and {@code z[i] = wanted[i] − i · gap}, "no two closer than gap" means "z never falls", so the
 * least-squares answer is the isotonic regression of z, found by pooling neighbours that are out of order.
 */
public final class LabelSpread {

    private LabelSpread() {}

    /**
     * Moves labels apart.
     *
     * @param wanted where each label would like to be, ascending
     * @param gap least distance between neighbours
     * @param low no label lies below this
     * @param high no label lies above this; raised where the labels need more room than there is
     * @return where each label goes, ascending, neighbours at least {@code gap} apart
     */
    public static double[] spread(double[] wanted, double gap, double low, double high) {
        Deque<double[]> pools = new ArrayDeque<>(); // {mean, size}
        for (int i = 0; i < wanted.length; i++) {
            double[] pool = {wanted[i] - i * gap, 1};
            while (!pools.isEmpty() && pools.getLast()[0] > pool[0]) {
                double[] before = pools.removeLast();
                double size = before[1] + pool[1];
                pool = new double[] {(before[0] * before[1] + pool[0] * pool[1]) / size, size};
            }
            pools.addLast(pool);
        }
        double ceiling = Math.max(low, high - (wanted.length - 1) * gap);
        double[] placed = new double[wanted.length];
        int i = 0;
        for (double[] pool : pools) {
            double z = Math.min(ceiling, Math.max(low, pool[0]));
            for (int k = 0; k < pool[1]; k++, i++) {
                placed[i] = z + i * gap;
            }
        }
        return placed;
    }
}
