package dev.plumbline.generate;

import java.util.Arrays;

/**
 * Logits of a 16-bit model, from which tokens are drawn. There are at most 65,536 different ones, however large the vocabulary
 * is: tokens are counted by logit, nothing is sorted, and each exponential is computed once. What is drawn is what
 * {@link TokenDistribution} draws.
 *
 * <p>Holds the room for one row at a time, to be filled again and again. Belongs to one thread.
 */
final class CountedLogits {

    private static final int VALUES = 1 << Short.SIZE;

    private static final int NEGATIVE_INFINITY = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY) >>> Short.SIZE;

    private final float[] logits;

    /** How many tokens have a logit, by the upper 16 bits of that. */
    private final int[] counts = new int[VALUES];

    /** Probability of each token with a logit, up to a common factor. */
    private final double[] weights = new double[VALUES];

    /** All logits whose tokens may be drawn, the largest first, as many as {@link #distinct}. */
    private final int[] falling = new int[VALUES];

    private int distinct;

    /** @param logits where the caller puts each row before it calls {@link #count} */
    CountedLogits(float[] logits) {
        this.logits = logits;
    }

    /** Counts the row, and says whether its logits have no more than 16 bits; only then can be drawn from it, once. */
    boolean count() {
        Arrays.fill(counts, 0);
        int bits = 0;
        for (int id = 0; id < logits.length; id++) {
            int raw = bits(logits[id]);
            bits |= raw;
            counts[raw >>> Short.SIZE]++;
        }
        return (bits & VALUES - 1) == 0;
    }

    /** The two zeros are one. */
    private static int bits(float logit) {
        return Float.floatToRawIntBits(logit + 0f);
    }

    /** The tokens that are kept: all with a logit before some place of the falling ones, and the first of those with that one. */
    private record Cut(int place, int tokens, double mass) {}

    /**
     * Draws the token at a point of the distribution that is left by top-k, and then top-p, each if it cuts anything.
     *
     * @throws IllegalStateException if a logit is NaN, or infinite other than minus infinity beside a finite one
     */
    int draw(double temperature, int topK, double topP, double uniform) {
        weigh(temperature);
        boolean cutsCount = topK > 0 && topK < logits.length;
        Cut cut = cut(cutsCount ? topK : logits.length, Double.POSITIVE_INFINITY);
        return drawUpTo(topP == 1 ? cut : cut(logits.length, topP * cut.mass()), uniform);
    }

    private void weigh(double temperature) {
        distinct = 0;
        for (int value = VALUES / 2 - 1; value >= 0; value--) {
            add(value);
        }
        for (int value = VALUES / 2; value < VALUES; value++) {
            add(value);
        }
        double largest = logit(falling[0]);
        if (!Double.isFinite(largest) || falling[distinct - 1] > NEGATIVE_INFINITY) {
            throw TokenDistribution.notFinite(largest);
        }
        int possible = 0;
        for (int i = 0; i < distinct; i++) {
            int value = falling[i];
            weights[value] = Math.exp((logit(value) - largest) / temperature);
            if (weights[value] > 0) {
                possible++;
            } else {
                counts[value] = 0;
            }
        }
        distinct = possible;
    }

    private void add(int value) {
        if (counts[value] > 0) {
            falling[distinct++] = value;
        }
    }

    private static double logit(int value) {
        return Float.intBitsToFloat(value << Short.SIZE);
    }

    /** The shortest beginning of the ranking that has so many tokens, or so much mass. */
    private Cut cut(int count, double mass) {
        int above = 0;
        double massAbove = 0;
        for (int place = 0; ; place++) {
            double weight = weights[falling[place]];
            int here = counts[falling[place]];
            int wanted = (int) Math.min(count - above, Math.max(1, Math.ceil((mass - massAbove) / weight)));
            if (wanted <= here || place == distinct - 1) {
                int kept = Math.min(wanted, here);
                return new Cut(place, kept, massAbove + kept * weight);
            }
            above += here;
            massAbove += here * weight;
        }
    }

    /** Goes through tokens in order of their ids, as far as the mass of those kept goes beyond the point. */
    private int drawUpTo(Cut cut, double uniform) {
        int boundary = falling[cut.place()];
        double boundaryWeight = weights[boundary];
        for (int i = cut.place(); i < distinct; i++) {
            weights[falling[i]] = 0;
        }
        int left = cut.tokens();
        double target = uniform * cut.mass();
        double sum = 0;
        int last = 0;
        for (int id = 0; id < logits.length; id++) {
            int value = bits(logits[id]) >>> Short.SIZE;
            double weight = value == boundary && left-- > 0 ? boundaryWeight : weights[value];
            sum += weight;
            if (sum > target) {
                return id;
            }
            if (weight > 0) {
                last = id;
            }
        }
        return last;
    }
}
