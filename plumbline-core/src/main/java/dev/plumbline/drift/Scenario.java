package dev.plumbline.drift;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who the user is, and what the conversation is to be about.
 *
 * @param domain such as {@code therapy}; lower-case letters, digits and hyphens, for it names files
 * @param personaId index of the persona in its domain
 * @param persona who the user is
 * @param topicId index of the topic of this persona
 * @param topic what the user wants to talk about
 * @param systemPrompt what the model is told first; empty for nothing, as in the paper
 * @param greeting what the assistant has said before the user speaks; empty for nothing
 */
public record Scenario(
        String domain, int personaId, String persona, int topicId, String topic, String systemPrompt, String greeting) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[-_][a-z0-9]+)*");

    public Scenario {
        if (!NAME.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "Domain \"" + domain + "\"; expected lower-case letters, digits and single hyphens");
        }
        if (personaId < 0 || topicId < 0) {
            throw new IllegalArgumentException("Persona " + personaId + " and topic " + topicId + " of " + domain
                    + "; expected indices from 0 on");
        }
    }

    /** A scenario in which the user speaks first. */
    public Scenario(String domain, int personaId, String persona, int topicId, String topic, String systemPrompt) {
        this(domain, personaId, persona, topicId, topic, systemPrompt, "");
    }

    /** A scenario without a system prompt. */
    public static Scenario of(String domain, int personaId, String persona, int topicId, String topic) {
        return new Scenario(domain, personaId, persona, topicId, topic, "");
    }

    /** Names the conversation: {@code therapy_p2_t7}. */
    public String id() {
        return domain + "_p" + personaId + "_t" + topicId;
    }

    /** What is there before the user says anything. */
    public Conversation opening() {
        List<Message> messages = new ArrayList<>();
        if (!systemPrompt.isEmpty()) {
            messages.add(Message.system(systemPrompt));
        }
        if (!greeting.isEmpty()) {
            messages.add(Message.assistant(greeting));
        }
        return new Conversation(messages);
    }
}
