package dev.plumbline.text;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The small checkpoints made by tools/golden/chat_formats.py. */
final class ChatFormats {
    private ChatFormats() {}

    static Path folder() {
        try {
            return Path.of(ChatFormats.class.getResource("chat_formats").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ChatFormat load(String name) {
        return ChatFormat.load(folder().resolve(name));
    }
}
