package dev.plumbline.generate;

/**
 * Bounds on what one lane computes at once, but for memory, of which all lanes have a share. They change speed and memory; a rollout's tokens they change only where two choices
 * are equal to within rounding.
 *
 * @param sequences most sequences decoded together
 * @param promptTokens most prompt tokens read in one forward pass; a longer prompt is read alone
 * @param cacheBytes most memory for keys and values; fewer sequences are decoded together where it would not suffice
 */
public record BatchLimits(int sequences, int promptTokens, long cacheBytes) {

    public static final BatchLimits DEFAULT = new BatchLimits(64, 2048, 4L << 30);

    public BatchLimits {
        if (sequences < 1 || promptTokens < 1 || cacheBytes < 1) {
            throw new IllegalArgumentException("Expected limits of at least 1; found " + sequences + " sequences, "
                    + promptTokens + " prompt tokens, " + cacheBytes + " cache bytes");
        }
    }

    /** What each of several lanes keeps to. */
    BatchLimits ofEach(int lanes) {
        return new BatchLimits(sequences, promptTokens, Math.max(1, cacheBytes / lanes));
    }

    public BatchLimits withSequences(int value) {
        return new BatchLimits(value, promptTokens, cacheBytes);
    }
}
