package dev.plumbline.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads conversations from JSON: a list of messages <code>{"role": …, "content": …}</code>, or an object that has such a
 * list under {@code conversation} or {@code messages}, as published transcripts do. Other keys are left alone.
 */
public final class ConversationFile {
    private static final List<String> KEYS = List.of("conversation", "messages");

    private ConversationFile() {}

    /**
     * Reads a file.
     *
     * @throws TextFileException if the file is missing or holds no conversation; the message says which part is wrong
     */
    public static Conversation read(Path file) {
        JsonNode root = JsonFile.read(file);
        JsonNode messages = root;
        if (root.isObject()) {
            List<String> found = KEYS.stream().filter(root::has).toList();
            if (found.size() != 1) {
                throw new TextFileException(file, "expected one of the keys " + KEYS + "; found " + found);
            }
            messages = root.get(found.get(0));
        }
        if (!messages.isArray()) {
            throw new TextFileException(file, "expected a list of messages; found " + kind(messages));
        }
        if (messages.isEmpty()) {
            throw new TextFileException(file, "holds an empty list; expected at least one message");
        }
        List<Message> read = new ArrayList<>();
        for (JsonNode message : messages) {
            read.add(message(file, read.size(), message));
        }
        return new Conversation(read);
    }

    private static Message message(Path file, int index, JsonNode message) {
        String where = "message " + index + ": ";
        if (!message.isObject()) {
            throw new TextFileException(file, where + "expected an object; found " + kind(message));
        }
        String role = text(file, where, message, "role");
        String content = text(file, where, message, "content");
        try {
            return new Message(Speaker.of(role), content);
        } catch (IllegalArgumentException e) {
            throw new TextFileException(file, where + e.getMessage(), e);
        }
    }

    private static String text(Path file, String where, JsonNode message, String key) {
        JsonNode value = message.path(key);
        if (!value.isTextual()) {
            throw new TextFileException(file, where + "expected a string as \"" + key + "\"; found " + kind(value));
        }
        return value.textValue();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "none";
            case NULL -> "null";
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a truth value";
        };
    }
}
