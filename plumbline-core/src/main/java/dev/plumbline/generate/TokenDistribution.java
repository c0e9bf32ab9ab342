package dev.plumbline.generate;

import java.util.Arrays;

/**
 * Next-token probabilities cut to the most probable tokens, from which one is drawn.
 *
 * <p>Tokens are ranked by probability, ties by id. The draw inverts the cumulative distribution in order of ids, not of
 * rank, so that two nearly equal probabilities that exchange ranks by rounding do not change what is drawn.
 */
final class TokenDistribution {

    /** Buckets of probabilities by the upper bits of the float: exponent and three bits of the mantissa. */
    private static final int SHIFT = 20;

    private final float[] probabilities;

    /**
     * The distribution over all tokens.
     *
     * @param probabilities one for each token id; they sum to 1 within rounding
     */
    TokenDistribution(float[] probabilities) {
        this.probabilities = probabilities;
    }

    /** Draws the token at a point of the distribution that is left by top-k, and then top-p, each if it cuts anything. */
    int draw(int topK, double topP, double uniform) {
        double total = total();
        boolean cutsCount = topK > 0 && topK < probabilities.length;
        if (!cutsCount && topP == 1) {
            return drawFromAll(uniform * total);
        }
        long[] ranked = cutsCount
                ? mostProbable(topK, Double.POSITIVE_INFINITY)
                : mostProbable(Integer.MAX_VALUE, topP * total);
        int count = cutsCount ? topK : ranked.length;
        double mass = cutsCount ? mass(ranked, count) : total;
        return drawFrom(ranked, nucleus(ranked, count, topP * mass), uniform);
    }

    private double total() {
        double total = 0;
        for (float p : probabilities) {
            total += p;
        }
        if (!(total > 0) || Double.isInfinite(total)) {
            throw new IllegalStateException(
                    "Next-token probabilities sum to " + total + ": the model's logits are not finite");
        }
        return total;
    }

    private int drawFromAll(double target) {
        double sum = 0;
        int last = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (probabilities[id] > 0) {
                sum += probabilities[id];
                last = id;
                if (sum > target) {
                    return id;
                }
            }
        }
        return last;
    }

    /** At least so many, or so much mass, of the most probable tokens; ranked, as {@link #key}s. */
    private long[] mostProbable(int count, double mass) {
        int[] counts = new int[Integer.MAX_VALUE >>> SHIFT];
        double[] masses = new double[counts.length];
        for (float p : probabilities) {
            int bucket = Float.floatToRawIntBits(p) >>> SHIFT;
            counts[bucket]++;
            masses[bucket] += p;
        }
        int lowest = counts.length;
        int countAbove = 0;
        double massAbove = 0;
        while (lowest > 0 && countAbove < count && massAbove < mass) {
            lowest--;
            countAbove += counts[lowest];
            massAbove += masses[lowest];
        }
        long[] keys = new long[countAbove];
        int n = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (Float.floatToRawIntBits(probabilities[id]) >>> SHIFT >= lowest) {
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

    private float probability(long key) {
        return probabilities[(int) key];
    }

    private double mass(long[] ranked, int count) {
        double mass = 0;
        for (int i = 0; i < count; i++) {
            mass += probability(ranked[i]);
        }
        return mass;
    }

    /** Size of the smallest prefix of the ranking that has the wanted mass; at least 1. */
    private int nucleus(long[] ranked, int count, double wanted) {
        double mass = 0;
        for (int i = 0; i < count; i++) {
            mass += probability(ranked[i]);
            if (mass >= wanted) {
                return i + 1;
            }
        }
        return count;
    }

    private int drawFrom(long[] ranked, int count, double uniform) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (int) ranked[i];
        }
        Arrays.sort(ids);
        double target = uniform * mass(ranked, count);
        double sum = 0;
        for (int id : ids) {
            sum += probabilities[id];
            if (sum > target) {
                return id;
            }
        }
        return ids[count - 1];
    }
}
