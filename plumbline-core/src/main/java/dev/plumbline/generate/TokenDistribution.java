package dev.plumbline.generate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Next-token probabilities cut to the most probable tokens, from which one is drawn.
 *
 * <p>Tokens are ranked by probability, ties by id. The draw inverts the cumulative distribution in order of ids, not of
 * rank, so that two nearly equal probabilities that exchange ranks by rounding do not change what is drawn. Sorted are only
 * the few tokens that top-p may keep or, where they are many, those that agree with the last one kept in 24 of 32 bits.
 */
final class TokenDistribution {

    /** Bits of a float that are looked at in one step; two steps leave the last 8. */
    private static final int RADIX_BITS = 12;

    private static final int BUCKETS = 1 << RADIX_BITS;

    /** So many tokens are sorted faster than counted. */
    private static final int FEW = 512;

    private final float[] probabilities;

    /**
     * The distribution over all tokens.
     *
     * @param probabilities one for each token id, up to a common factor
     */
    TokenDistribution(float[] probabilities) {
        this.probabilities = probabilities;
    }

    /** The softmax of {@code logits / temperature}. */
    static TokenDistribution ofLogits(float[] logits, double temperature) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        float[] probabilities = new float[logits.length];
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] = (float) Math.exp((logits[id] - (double) largest) / temperature);
        }
        return new TokenDistribution(probabilities);
    }

    /** The first tokens of the ranking, up to one that is the last of them, and the mass they have. */
    private record Cut(long lastKey, double mass) {}

    /** Draws the token at a point of the distribution that is left by top-k, and then top-p, each if it cuts anything. */
    int draw(int topK, double topP, double uniform) {
        boolean cutsCount = topK > 0 && topK < probabilities.length;
        Cut cut = cutsCount ? cut(topK, Double.POSITIVE_INFINITY) : new Cut(Long.MAX_VALUE, total());
        if (topP == 1) {
            return drawUpTo(cut, uniform);
        }
        double mass = topP * cut.mass();
        return drawUpTo(ofFew(cut.mass() - mass, mass).orElseGet(() -> cut(probabilities.length, mass)), uniform);
    }

    /**
     * The cut by mass, found among those tokens alone that are too probable for all others to have a spare mass together; none
     * if these are many.
     */
    private Optional<Cut> ofFew(double spare, double mass) {
        double least = 0.5 * spare / probabilities.length;
        long[] keys = new long[FEW];
        int n = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (probabilities[id] >= least) {
                if (n == FEW) {
                    return Optional.empty();
                }
                keys[n++] = key(id);
            }
        }
        Arrays.sort(keys, 0, n);
        double massAbove = 0;
        int last = -1;
        while (last < n - 1 && massAbove < mass) {
            massAbove += probabilities[(int) keys[++last]];
        }
        return Optional.of(new Cut(keys[last], requirePositive(massAbove)));
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

    /** The shortest beginning of the ranking that has so many tokens, or so much mass: radix selection from the upper bits on. */
    private Cut cut(int count, double mass) {
        int countAbove = 0;
        double massAbove = 0;
        int[] counts = new int[BUCKETS];
        double[] masses = new double[BUCKETS];
        int prefix = 0;
        int bits = Integer.SIZE;
        while (bits > 2 * Byte.SIZE) {
            fill(counts, masses, prefix, bits);
            bits -= RADIX_BITS;
            int bucket = BUCKETS - 1;
            while (bucket > 0 && countAbove + counts[bucket] < count && massAbove + masses[bucket] < mass) {
                countAbove += counts[bucket];
                massAbove += masses[bucket];
                bucket--;
            }
            prefix = prefix << RADIX_BITS | bucket;
        }
        long last = Long.MIN_VALUE;
        for (long key : ranked(prefix, bits)) {
            last = key;
            massAbove += probabilities[(int) key];
            countAbove++;
            if (countAbove >= count || massAbove >= mass) {
                break;
            }
        }
        return new Cut(last, requirePositive(massAbove));
    }

    /** Counts and sums the tokens whose probabilities begin with a prefix, without {@code bits} bits, by the bits that follow. */
    private void fill(int[] counts, double[] masses, int prefix, int bits) {
        Arrays.fill(counts, 0);
        Arrays.fill(masses, 0);
        for (float p : probabilities) {
            if (upper(p, bits) == prefix) {
                int bucket = upper(p, bits - RADIX_BITS) & BUCKETS - 1;
                counts[bucket]++;
                masses[bucket] += p;
            }
        }
    }

    /** The bits of a probability without the last ones. */
    private static int upper(float p, int without) {
        return (int) ((Float.floatToRawIntBits(p) & 0xffffffffL) >>> without);
    }

    /** The tokens of a prefix in order of rank, as {@link #key}s. */
    private long[] ranked(int prefix, int bits) {
        return IntStream.range(0, probabilities.length)
                .filter(id -> upper(probabilities[id], bits) == prefix)
                .mapToLong(this::key)
                .sorted()
                .toArray();
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
