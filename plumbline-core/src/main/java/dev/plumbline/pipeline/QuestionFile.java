package dev.plumbline.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.MalformedArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions that every role is asked. Three forms are known by their first character: a JSON list, JSON lines, or plain
 * text with a question per line; a JSON question is a text, or an object with a {@code question}. A question is known by
 * its place in the file, as in the reference (whose {@code id}s are just that).
 */
public final class QuestionFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private QuestionFile() {}

    /**
     * Reads all questions in order.
     *
     * @throws MalformedArtifactException if there are none, or one is not a question
     * @throws UncheckedIOException if the file cannot be read
     */
    public static List<String> read(Path file) {
        String content;
        try {
            content = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read questions from " + file + ": " + e.getMessage(), e);
        }
        if (content.isEmpty()) {
            throw new MalformedArtifactException(file, "holds no question");
        }
        List<String> questions = new ArrayList<>();
        if (content.startsWith("[")) {
            for (JsonNode question : parse(file, "it", content)) {
                questions.add(text(file, "item " + questions.size(), question));
            }
        } else {
            boolean json = content.startsWith("{") || content.startsWith("\"");
            int number = 0;
            for (String line : content.lines().toList()) {
                number++;
                if (!line.isBlank()) {
                    String place = "line " + number;
                    questions.add(json ? text(file, place, parse(file, place, line)) : line.strip());
                }
            }
        }
        if (questions.isEmpty()) {
            throw new MalformedArtifactException(file, "holds no question");
        }
        return List.copyOf(questions);
    }

    private static JsonNode parse(Path file, String place, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(file, place + " is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(Path file, String place, JsonNode json) {
        JsonNode question = json.isObject() ? json.path("question") : json;
        if (!question.isTextual() || question.textValue().isBlank()) {
            throw new MalformedArtifactException(
                    file, place + " is " + json + "; expected a text, or an object with a text \"question\"");
        }
        return question.textValue();
    }
}
