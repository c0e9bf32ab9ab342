package dev.plumbline.endpoint;

import dev.plumbline.text.Conversation;
import java.util.OptionalLong;

/**
 * One completion to be asked for.
 *
 * @param model the server's name for the model
 * @param conversation what was said so far
 * @param temperature 0 means greedy
 * @param topP nucleus mass kept, in (0, 1]
 * @param maxTokens most tokens to generate
 * @param seed passed to the server, which may or may not honour it
 */
public record ChatRequest(
        String model, Conversation conversation, double temperature, double topP, int maxTokens, OptionalLong seed) {

    public ChatRequest {
        if (!(temperature >= 0) || !(topP > 0 && topP <= 1) || maxTokens < 1) {
            throw new IllegalArgumentException("Expected temperature >= 0, 0 < top-p <= 1 and at least 1 token; found"
                    + " temperature " + temperature + ", top-p " + topP + ", max tokens " + maxTokens);
        }
    }

    /** A request answered as deterministically as the server can. */
    public static ChatRequest greedy(String model, Conversation conversation, int maxTokens) {
        return new ChatRequest(model, conversation, 0, 1, maxTokens, OptionalLong.empty());
    }
}
