package dev.plumbline.generate;

/**
 * Random numbers that are a function of a seed and a counter, with no state between them: what one rollout draws cannot
 * depend on what others drew. Built from the finaliser of SplitMix64 (Steele et al. 2014).
 */
final class CounterRandom {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private CounterRandom() {}

    /** A number in [0, 1), the {@code counter}-th of the seed's own stream. */
    static double uniform(long seed, long counter) {
        return (mix(mix(seed) + counter * GOLDEN_GAMMA) >>> 11) * 0x1p-53;
    }

    private static long mix(long z) {
        long y = z + GOLDEN_GAMMA;
        y = (y ^ (y >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
