package dev.plumbline.generate;

/**
 * How next tokens are chosen.
 *
 * @param temperature 0 means greedy
 * @param topP nucleus mass kept, in (0, 1]; 1 keeps all
 * @param topK number of most probable tokens kept; 0 keeps all
 * @param maxTokens most tokens to generate for one rollout, the stop token included
 */
public record Sampling(double temperature, double topP, int topK, int maxTokens) {
    public Sampling {
        if (!(temperature >= 0) || !(topP > 0 && topP <= 1) || topK < 0 || maxTokens < 1) {
            throw new IllegalArgumentException("Expected temperature >= 0, 0 < top-p <= 1, top-k >= 0 and at least 1"
                    + " token; found temperature " + temperature + ", top-p " + topP + ", top-k " + topK
                    + ", max tokens " + maxTokens);
        }
    }

    public static Sampling greedy(int maxTokens) {
        return new Sampling(0, 1, 0, maxTokens);
    }
}
