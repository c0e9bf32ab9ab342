package dev.plumbline.direction;

import dev.plumbline.hook.HookPoint;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The running mean of vectors {@code [L, D]}, as an fp64 sum and a count: however many responses there are, this is all
 * that is kept of them. Sums of parts merge into the sum of the whole. Not thread-safe.
 */
public final class MeanAccumulator {

    private final HookPoint point;
    private final int[] layers;
    private final double[][] sums;
    private long count;

    /**
     * An empty sum.
     *
     * @param layers 0-based block indices, ascending
     */
    public MeanAccumulator(HookPoint point, int[] layers, int dModel) {
        if (layers.length == 0 || dModel <= 0) {
            throw new IllegalArgumentException("A mean over " + layers.length + " layers of " + dModel + " components");
        }
        this.point = point;
        this.layers = layers.clone();
        this.sums = new double[layers.length][dModel];
    }

    /** A sum that has {@code first} in it and takes more of its kind. */
    public static MeanAccumulator startingWith(LayerVectors first) {
        MeanAccumulator mean = new MeanAccumulator(first.point(), first.layers(), first.dModel());
        mean.add(first);
        return mean;
    }

    /** The mean of several stacks, each weighing the same. */
    static MeanAccumulator of(Iterable<LayerVectors> vectors, String what) {
        Iterator<LayerVectors> rest = vectors.iterator();
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("There are no " + what + " to take the mean of");
        }
        MeanAccumulator mean = startingWith(rest.next());
        rest.forEachRemaining(mean::add);
        return mean;
    }

    /**
     * Adds one stack.
     *
     * @throws IllegalArgumentException if it is of other sites or of another width
     */
    public void add(LayerVectors vectors) {
        vectors.requireSites(point, layers, dModel());
        for (int i = 0; i < sums.length; i++) {
            float[] row = vectors.row(i);
            double[] sum = sums[i];
            for (int j = 0; j < sum.length; j++) {
                sum[j] += row[j];
            }
        }
        count++;
    }

    /** Adds everything that another sum of the same sites holds. */
    public void merge(MeanAccumulator other) {
        requireSameSites(other);
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] += other.sums[i][j];
            }
        }
        count += other.count;
    }

    /** How many stacks were added. */
    public long count() {
        return count;
    }

    /**
     * The mean so far.
     *
     * @throws IllegalStateException if nothing was added
     */
    public LayerVectors mean() {
        double[][] means = means();
        float[][] rows = new float[means.length][dModel()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = (float) means[i][j];
            }
        }
        return new LayerVectors(point, layers, rows);
    }

    /**
     * This mean minus another, subtracted in fp64: the difference of two large means can be small.
     *
     * @throws IllegalStateException if nothing was added to either
     * @throws IllegalArgumentException if they are of other sites
     */
    public LayerVectors meanMinus(MeanAccumulator other) {
        requireSameSites(other);
        double[][] minuend = means();
        double[][] subtrahend = other.means();
        float[][] rows = new float[minuend.length][dModel()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = (float) (minuend[i][j] - subtrahend[i][j]);
            }
        }
        return new LayerVectors(point, layers, rows);
    }

    /** A sum of the same sites with nothing in it. */
    MeanAccumulator emptyCopy() {
        return new MeanAccumulator(point, layers, dModel());
    }

    private double[][] means() {
        if (count == 0) {
            throw new IllegalStateException("Nothing was added, so there is no mean");
        }
        double[][] means = new double[sums.length][dModel()];
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j < means[i].length; j++) {
                means[i][j] = sums[i][j] / count;
            }
        }
        return means;
    }

    private void requireSameSites(MeanAccumulator other) {
        if (point != other.point || !Arrays.equals(layers, other.layers) || dModel() != other.dModel()) {
            throw new IllegalArgumentException("Found a mean over "
                    + LayerVectors.describe(other.point, other.layers, other.dModel()) + "; expected "
                    + LayerVectors.describe(point, layers, dModel()));
        }
    }

    private int dModel() {
        return sums[0].length;
    }
}
