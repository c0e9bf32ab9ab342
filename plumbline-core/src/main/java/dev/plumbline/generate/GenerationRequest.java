package dev.plumbline.generate;

import dev.plumbline.hook.HookPlan;
import java.util.Set;

/**
 * A prompt in tokens that is to be continued.
 *
 * @param prompt the tokens to continue
 * @param stopIds tokens that end the response
 * @param seed fixes the sampled tokens, whatever else is generated beside them
 * @param plan what is seen and changed in this sequence
 */
public record GenerationRequest(TokenSequence prompt, Set<Integer> stopIds, long seed, HookPlan plan) {
    public GenerationRequest {
        stopIds = Set.copyOf(stopIds);
    }
}
