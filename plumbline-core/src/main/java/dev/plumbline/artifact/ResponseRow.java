package dev.plumbline.artifact;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;

/**
 * One response of a role, as a line of {@code responses/<role>.jsonl}.
 *
 * @param key which one
 * @param systemPrompt the instruction it was given under; empty if none
 * @param question what was asked
 * @param conversation the whole exchange as the model had it, response included
 */
public record ResponseRow(RolloutKey key, String systemPrompt, String question, Conversation conversation) {

    /** What the assistant said first; empty if it said nothing. */
    public String response() {
        return conversation.messages().stream()
                .filter(message -> message.speaker() == Speaker.ASSISTANT)
                .map(Message::content)
                .findFirst()
                .orElse("");
    }
}
