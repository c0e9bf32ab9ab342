package dev.plumbline.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code responses/<role>.jsonl} of the Assistant Axis pipeline: one JSON object per line, with {@code system_prompt},
 * {@code prompt_index}, {@code question_index}, {@code question}, {@code conversation} (a list of {@code role} and
 * {@code content}) and {@code label}.
 */
public final class ResponsesFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ResponsesFile() {}

    /**
     * Reads all rows in the order of the file.
     *
     * @throws MalformedArtifactException naming the line, if one is not a row, or repeats another's key
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static List<ResponseRow> read(Path file) {
        List<ResponseRow> rows = new ArrayList<>();
        Map<RolloutKey, Integer> lines = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                ResponseRow row = parse(file, number, line);
                Integer earlier = lines.put(row.key(), number);
                if (earlier != null) {
                    throw new MalformedArtifactException(
                            file, "line " + number + " repeats " + row.key() + " of line " + earlier);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
        return rows;
    }

    /** Replaces the file atomically with these rows. */
    public static void write(Path file, Collection<ResponseRow> rows) {
        AtomicFile.write(file, out -> {
            for (ResponseRow row : rows) {
                out.write(format(row).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        });
    }

    /** One row as a line, without its end. */
    public static String format(ResponseRow row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("system_prompt", row.systemPrompt());
        json.put("prompt_index", row.key().prompt());
        json.put("question_index", row.key().question());
        json.put("question", row.question());
        ArrayNode conversation = json.putArray("conversation");
        for (Message message : row.conversation().messages()) {
            conversation.addObject().put("role", message.speaker().id()).put("content", message.content());
        }
        json.put("label", row.key().label());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Row " + row.key() + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads one row.
     *
     * @param file where the line is from, for messages
     * @param number of the line in it, from 1
     * @throws MalformedArtifactException if the line is not a row
     */
    public static ResponseRow parse(Path file, int number, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!json.isObject()) {
                throw new IllegalArgumentException("is not a JSON object");
            }
            List<Message> messages = new ArrayList<>();
            for (JsonNode message : required(json, "conversation", JsonNode::isArray, "a list")) {
                messages.add(new Message(Speaker.of(text(message, "role")), text(message, "content")));
            }
            RolloutKey key = new RolloutKey(
                    json.path("label").asText("pos"), index(json, "prompt_index"), index(json, "question_index"));
            return new ResponseRow(
                    key, json.path("system_prompt").asText(""), text(json, "question"), new Conversation(messages));
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(
                    file, "line " + number + " is not JSON (was it cut off?): " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new MalformedArtifactException(file, "line " + number + " " + e.getMessage());
        }
    }

    private static String text(JsonNode json, String field) {
        return required(json, field, JsonNode::isTextual, "a text").textValue();
    }

    private static int index(JsonNode json, String field) {
        return required(json, field, JsonNode::isInt, "a whole number").intValue();
    }

    private static JsonNode required(JsonNode json, String field, Predicate<JsonNode> kind, String expected) {
        JsonNode value = json.path(field);
        if (!kind.test(value)) {
            throw new IllegalArgumentException("has "
                    + (value.isMissingNode() ? "no field" : "another kind of value in")
                    + " \"" + field + "\"; expected " + expected);
        }
        return value;
    }
}
