package dev.plumbline.text;

import java.util.ArrayList;
import java.util.List;

/** Messages in order. Nothing is assumed about who speaks when: speakers are found by name, never by parity. */
public record Conversation(List<Message> messages) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    public static Conversation of(Message... messages) {
        return new Conversation(List.of(messages));
    }

    /** This conversation with one more message. */
    public Conversation with(Message message) {
        List<Message> longer = new ArrayList<>(messages);
        longer.add(message);
        return new Conversation(longer);
    }
}
