package dev.plumbline.text;

import java.util.Objects;

/** One message of a conversation. */
public record Message(Speaker speaker, String content) {
    public Message {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(content, "content");
    }

    public static Message system(String content) {
        return new Message(Speaker.SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(Speaker.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Speaker.ASSISTANT, content);
    }
}
