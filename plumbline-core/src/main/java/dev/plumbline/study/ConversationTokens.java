package dev.plumbline.study;

import dev.plumbline.hook.Positions;
import java.util.Locale;

/** Tokens of finished conversations, whose activations make up a population or a mean. */
public enum ConversationTokens {
    /** The assistant's. */
    RESPONSE,
    /** All others: what the model is told, and the template around it. */
    PROMPT,
    /** Every token: what a cap on every token acts on. */
    ALL;

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }

    Positions positions() {
        return switch (this) {
            case RESPONSE -> Positions.RESPONSE;
            case PROMPT -> Positions.TOLD;
            case ALL -> Positions.ALL;
        };
    }
}
