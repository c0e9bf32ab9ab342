package dev.plumbline.endpoint;

/**
 * Tokens that requests cost, as counted by the server (0 where it does not say).
 *
 * @param replies completions received
 * @param promptTokens tokens read
 * @param completionTokens tokens generated
 */
public record Usage(long replies, long promptTokens, long completionTokens) {

    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                replies + other.replies, promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
