package dev.plumbline.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Quantiles of a stream of any length in a few kilobytes: the sketch of Karnin, Lang and Liberty (FOCS 2016). Until it is
 * full it holds every value and is exact. After that it halves its fullest levels again and again, keeping every other
 * value at twice the weight, from a place told by a coin; each halving moves the rank of any value by at most the weight
 * of what was halved, and up as likely as down. Knowing which halvings took place, it {@linkplain #rankError bounds its own error}.
 *
 * <p>The same seed and order give the same sketch. Not thread-safe: sketch parts of a stream on their own, then merge.
 */
public final class QuantileSketch implements Quantiles {

    /** For about a million values: rank error below half a percent, in some 50 kB. */
    public static final int DEFAULT_SIZE = 2048;

    private static final double SHRINK = 2.0 / 3;
    private static final int SMALLEST_LEVEL = 8;
    private static final double FAILURE = 0.01;

    /** Values of one weight, in no order. */
    private static final class Level {
        private double[] values = new double[SMALLEST_LEVEL];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        /** Moves every other value to the level above, but for the odd one out. */
        void halveInto(Level above, boolean skipFirst) {
            Arrays.sort(values, 0, size);
            int left = size % 2;
            for (int i = left + (skipFirst ? 1 : 0); i < size; i += 2) {
                above.add(values[i]);
            }
            size = left;
        }
    }

    private final int size;
    private final SplittableRandom coins;
    /** Values at level h weigh 2^h. */
    private final List<Level> levels = new ArrayList<>();

    private int held;
    private int room;
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    /** Sum of the squares of the weights that were halved. */
    private double squaredWeights;

    /**
     * An empty sketch.
     *
     * @param size values that the heaviest level holds; all levels together hold about three times as many
     * @param seed fixes the coins
     */
    public QuantileSketch(int size, long seed) {
        if (size < SMALLEST_LEVEL) {
            throw new IllegalArgumentException("A sketch of size " + size + " is too small; at least 8");
        }
        this.size = size;
        this.coins = new SplittableRandom(seed);
        grow(1);
    }

    /** Takes in one value, which must be a finite number. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " has no rank");
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        levels.get(0).add(value);
        held++;
        compact();
    }

    /** Takes in what another sketch has seen; that one stays as it is. */
    public void merge(QuantileSketch other) {
        grow(other.levels.size());
        for (int h = 0; h < other.levels.size(); h++) {
            Level theirs = other.levels.get(h);
            for (int i = 0; i < theirs.size; i++) {
                levels.get(h).add(theirs.values[i]);
            }
        }
        held += other.held;
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        squaredWeights += other.squaredWeights;
        compact();
    }

    private void compact() {
        while (held > room) {
            int h = 0;
            while (levels.get(h).size < capacity(h)) {
                h++;
            }
            grow(h + 2);
            int before = levels.get(h).size;
            levels.get(h).halveInto(levels.get(h + 1), coins.nextBoolean());
            held -= before / 2;
            squaredWeights += Math.pow(4, h);
        }
    }

    private void grow(int atLeast) {
        while (levels.size() < atLeast) {
            levels.add(new Level());
        }
        room = IntStream.range(0, levels.size()).map(this::capacity).sum();
    }

    /** The heaviest level has room for most, since an error there weighs most. */
    private int capacity(int level) {
        return Math.max(SMALLEST_LEVEL, (int) Math.ceil(size * Math.pow(SHRINK, levels.size() - 1 - level)));
    }

    /** Values that are held now. */
    int retained() {
        return held;
    }

    @Override
    public long count() {
        return count;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if nothing was added
     */
    @Override
    public double at(double fraction) {
        if (count == 0) {
            throw new IllegalStateException("No value was added to this sketch");
        }
        if (fraction == 0 || fraction == 1) {
            return fraction == 0 ? min : max;
        }
        Weighted weighted = weighted();
        return Quantiles.interpolate(fraction, count, weighted::at);
    }

    /**
     * {@inheritDoc} {@code at(0.25)} is a value with a share between 0.25 − e and 0.25 + e below it, with a probability of at least 99 % over the coins. Azuma's
     * inequality on the two ends: {@code e = √(2 ln(4 / 0.01) Σ w²) / n} over the weights w of all halvings.
     */
    @Override
    public double rankError() {
        return count == 0 ? 0 : Math.sqrt(2 * Math.log(4 / FAILURE) * squaredWeights) / count;
    }

    /** Sorted values, and how many of the stream's each one and those before it stand for. */
    private record Weighted(double[] values, long[] cumulative) {
        double at(long index) {
            int found = Arrays.binarySearch(cumulative, index + 1);
            return values[found < 0 ? -found - 1 : found];
        }
    }

    private Weighted weighted() {
        record Item(double value, long weight) {}
        List<Item> items = new ArrayList<>();
        for (int h = 0; h < levels.size(); h++) {
            Level level = levels.get(h);
            for (int i = 0; i < level.size; i++) {
                items.add(new Item(level.values[i], 1L << h));
            }
        }
        items.sort((a, b) -> Double.compare(a.value(), b.value()));
        long[] cumulative = new long[items.size()];
        long sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += items.get(i).weight();
            cumulative[i] = sum;
        }
        return new Weighted(items.stream().mapToDouble(Item::value).toArray(), cumulative);
    }
}
