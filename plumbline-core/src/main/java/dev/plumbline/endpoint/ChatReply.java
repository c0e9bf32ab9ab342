package dev.plumbline.endpoint;

/**
 * A completion.
 *
 * @param text what the model said; may be empty
 * @param ending why it ended
 * @param usage tokens it cost, as counted by the server
 */
public record ChatReply(String text, Ending ending, Usage usage) {

    /** Why a completion ended. */
    public enum Ending {
        /** The model ended its turn. */
        STOP,
        /** The token limit was reached. */
        LENGTH,
        /** The model or the provider's filter declined. */
        DECLINED
    }
}
