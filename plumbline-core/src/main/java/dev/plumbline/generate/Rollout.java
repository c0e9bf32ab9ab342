package dev.plumbline.generate;

import dev.plumbline.tensor.TensorData;
import java.util.Optional;

/**
 * One sampled response.
 *
 * @param request what was asked
 * @param text the response, decoded without special tokens
 * @param tokens number of response tokens, the stop token not counted
 * @param finish why it ended
 * @param responseMean where capture was asked for and the response has tokens: mean activation over the response's
 *     content tokens (the span that re-reading the finished conversation would give), fp32 {@code [L, D]}, one row per
 *     captured layer, at {@code RESID_POST}
 */
public record Rollout(
        RolloutRequest request, String text, int tokens, FinishReason finish, Optional<TensorData> responseMean) {}
