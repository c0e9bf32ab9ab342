package dev.plumbline.model;

import java.util.List;

/** How rotary frequencies are changed to reach contexts longer than those first trained on. */
public sealed interface RopeScaling {

    /**
     * The longest sequence that turns as one of so many tokens does. Up to there a sequence can grow with its keys cached;
     * beyond it those would have been turned wrongly.
     */
    default int sameUpTo(int length) {
        return Integer.MAX_VALUE;
    }

    /** The longest sequence that a model may read with this scaling, if it declares itself fit for so many tokens. */
    default int reach(int maxPositions) {
        return maxPositions;
    }

    /** Frequencies as they are. */
    record None() implements RopeScaling {}

    /** Every frequency divided by a factor (position interpolation, Chen et al. 2023). */
    record Linear(double factor) implements RopeScaling {
        public Linear {
            requirePositive("factor", factor);
        }
    }

    /**
     * Only the highest frequencies, which belong to the leading pairs, divided by a factor; the other pairs do not turn. Unlike
     * a rotation of less width this has the frequencies, and the pairs, of the whole head.
     *
     * @param pairs how many turn
     */
    record LeadingPairs(int pairs, double factor) implements RopeScaling {
        public LeadingPairs {
            requirePositive("pairs", pairs);
            requirePositive("factor", factor);
        }
    }

    /**
     * Low frequencies divided by a factor, high ones kept, those between blended (Llama 3.1).
     *
     * @param lowFreqFactor wavelengths above {@code originalContext / lowFreqFactor} are divided
     * @param highFreqFactor wavelengths below {@code originalContext / highFreqFactor} are kept
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalContext)
            implements RopeScaling {
        public Llama3 {
            requirePositive("factor", factor);
            requirePositive("originalContext", originalContext);
            if (!(highFreqFactor > lowFreqFactor)) {
                throw new IllegalArgumentException("high_freq_factor " + highFreqFactor
                        + " must be greater than low_freq_factor " + lowFreqFactor);
            }
        }
    }

    /**
     * YaRN (Peng et al. 2023): frequencies that turn fewer than {@code betaSlow} times within the original context are
     * divided by the factor, those that turn more than {@code betaFast} times are kept, and a ramp lies between.
     *
     * @param attentionFactor multiplies queries and keys through the rotation; the paper's {@code 0.1 ln(factor) + 1}
     * @param wholeDimensions whether the ramp's ends are rounded outwards to whole dimensions
     */
    record Yarn(
            double factor,
            double attentionFactor,
            double betaFast,
            double betaSlow,
            int originalContext,
            boolean wholeDimensions)
            implements RopeScaling {
        public Yarn {
            requirePositive("factor", factor);
            requirePositive("beta_fast", betaFast);
            requirePositive("beta_slow", betaSlow);
            requirePositive("originalContext", originalContext);
        }
    }

    /**
     * Frequencies as they are for a sequence within the original context; for a longer one those of a base that grows with
     * its length (dynamic NTK scaling).
     *
     * @param originalContext the context that the model declares
     */
    record Dynamic(double factor, int originalContext) implements RopeScaling {
        public Dynamic {
            requirePositive("factor", factor);
            requirePositive("originalContext", originalContext);
        }

        @Override
        public int sameUpTo(int length) {
            return Math.max(length, originalContext);
        }

        @Override
        public int reach(int maxPositions) {
            return (int) Math.max(maxPositions, factor * maxPositions);
        }
    }

    /**
     * Each frequency divided by a factor of its own, another one for sequences longer than the original context (LongRoPE,
     * Ding et al. 2024).
     *
     * @param shortFactors one for each pair of dimensions that turns, for sequences within the original context
     * @param longFactors the same for longer ones
     * @param attentionFactor multiplies queries and keys through the rotation
     */
    record LongRope(List<Double> shortFactors, List<Double> longFactors, double attentionFactor, int originalContext)
            implements RopeScaling {
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
            shortFactors.forEach(factor -> requirePositive("short_factor", factor));
            longFactors.forEach(factor -> requirePositive("long_factor", factor));
            requirePositive("originalContext", originalContext);
        }

        @Override
        public int sameUpTo(int length) {
            return length <= originalContext ? originalContext : Integer.MAX_VALUE;
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("The rope scaling's " + name + " must be positive, not " + value);
        }
    }
}
