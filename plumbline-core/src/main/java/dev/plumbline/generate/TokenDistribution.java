package dev.plumbline.generate;

import java.util.Arrays;

/**
 * Next-token probabilities cut to the most probable tokens, from which one is drawn.
 *
 * <p>Tokens are ranked by probability, ties by id. The draw inverts the cumulative distribution in order of ids, not of
 * rank, so that two nearly equal probabilities that exchange ranks by rounding do not change what is drawn. Nothing is
 * sorted but the tokens about as probable as the last one kept.
 */
final class TokenDistribution {

    /** Buckets of probabilities by the upper bits of the float: exponent and three bits of the mantissa. */
    private static final int SHIFT = 20;

    private static final int BUCKETS = Integer.MAX_VALUE >>> SHIFT;

    private final float[] probabilities;
    private final int[] counts = new int[BUCKETS + 1];
    private final double[] masses = new double[BUCKETS + 1];

    /**
     * The distribution over all tokens.
     *
     * @param probabilities one for each token id; they sum to 1 within rounding
     */
    TokenDistribution(float[] probabilities) {
        this.probabilities = probabilities;
    }

    /** The first tokens of the ranking, up to one that is the last of them, and the mass they have. */
    private record Cut(long lastKey, double mass) {}

    /** Draws the token at a point of the distribution that is left by top-k, and then top-p, each if it cuts anything. */
    int draw(int topK, double topP, double uniform) {
        boolean cutsCount = topK > 0 && topK < probabilities.length;
        if (!cutsCount && topP == 1) {
            return drawUpTo(new Cut(Long.MAX_VALUE, total()), uniform);
        }
        fillBuckets();
        Cut cut = cutsCount
                ? cut(topK, Double.POSITIVE_INFINITY)
                : new Cut(Long.MAX_VALUE, requirePositive(Arrays.stream(masses).sum()));
        return drawUpTo(topP == 1 ? cut : cut(probabilities.length, topP * cut.mass()), uniform);
    }

    private double total() {
        double total = 0;
        for (float p : probabilities) {
            total += p;
        }
        return requirePositive(total);
    }

    private static double requirePositive(double total) {
        if (!(total > 0) || Double.isInfinite(total)) {
            throw notFinite(total);
        }
        return total;
    }

    static IllegalStateException notFinite(double total) {
        return new IllegalStateException(
                "Next-token probabilities sum to " + total + ": the model's logits are not finite");
    }

    private void fillBuckets() {
        for (float p : probabilities) {
            int bucket = bucket(p);
            counts[bucket]++;
            masses[bucket] += p;
        }
    }

    private static int bucket(float p) {
        return Float.floatToRawIntBits(p) >>> SHIFT & BUCKETS;
    }

    /** The shortest beginning of the ranking that has so many tokens, or so much mass. */
    private Cut cut(int count, double mass) {
        requirePositive(Arrays.stream(masses).sum());
        int bucket = BUCKETS;
        int countAbove = 0;
        double massAbove = 0;
        while (bucket > 0 && countAbove + counts[bucket] < count && massAbove + masses[bucket] < mass) {
            countAbove += counts[bucket];
            massAbove += masses[bucket];
            bucket--;
        }
        long last = Long.MIN_VALUE;
        for (long key : ranked(bucket)) {
            last = key;
            massAbove += probabilities[(int) key];
            countAbove++;
            if (countAbove >= count || massAbove >= mass) {
                break;
            }
        }
        return new Cut(last, massAbove);
    }

    /** The tokens of a bucket in order of rank, as {@link #key}s. */
    private long[] ranked(int bucket) {
        long[] keys = new long[counts[bucket]];
        int n = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (bucket(probabilities[id]) == bucket) {
                keys[n++] = key(id);
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Sorts by falling probability, then rising id. */
    private long key(int id) {
        return ((long) ~Float.floatToRawIntBits(probabilities[id]) << 32) | id;
    }

    private int drawUpTo(Cut cut, double uniform) {
        double target = uniform * cut.mass();
        double sum = 0;
        int last = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (probabilities[id] > 0 && key(id) <= cut.lastKey()) {
                sum += probabilities[id];
                last = id;
                if (sum > target) {
                    return id;
                }
            }
        }
        return last;
    }
}
