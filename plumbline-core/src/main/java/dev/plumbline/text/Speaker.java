package dev.plumbline.text;

import java.util.Locale;

/** Author of a chat message. Chat templates call this the message's "role"; here a role is a character to be played. */
public enum Speaker {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL;

    /** The name used by chat templates and transcript files: {@code system}, {@code user}, … */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Inverse of {@link #id()}. */
    public static Speaker of(String id) {
        for (Speaker speaker : values()) {
            if (speaker.id().equals(id)) {
                return speaker;
            }
        }
        throw new IllegalArgumentException(
                "Unknown message role \"" + id + "\"; expected system, user, assistant or tool");
    }
}
