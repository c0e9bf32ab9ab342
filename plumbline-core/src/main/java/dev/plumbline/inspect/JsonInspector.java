package dev.plumbline.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.artifact.ScoresFile;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.ConversationFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A JSON file, or one of JSON lines. */
final class JsonInspector {

    /** Scores of roles; a trait's judge gives 0 to 100. */
    private static final int HIGHEST_ROLE_SCORE = 3;

    /** Python writes infinities, and some configurations have them. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Findings findings;

    JsonInspector(Findings findings) {
        this.findings = findings;
    }

    void inspectOne() {
        JsonNode json = read();
        if (json.isObject() && !json.isEmpty() && allKeysAreRollouts(json)) {
            scores();
        } else if (json.has("vectors") && json.has("experiments")) {
            new CappingInspector(findings).inspect();
        } else if (json.has("conversation") || json.has("messages") || json.isArray()) {
            conversation(json);
        } else if (json.has("instruction") && json.has("eval_prompt")) {
            findings.kind("role or trait (JSON)");
            findings.fact("instructions", json.path("instruction").size());
            findings.fact("questions", json.path("questions").size());
        } else if (json.has("layerConvention")) {
            findings.kind("provenance of the file beside it (JSON)");
            json.properties().forEach(entry -> findings.fact(entry.getKey(), brief(entry.getValue())));
        } else if (json.has("model_type") || json.has("architectures")) {
            findings.kind("configuration of a model (JSON)");
            json.properties().forEach(entry -> findings.fact(entry.getKey(), brief(entry.getValue())));
            new ConfigurationInspector(findings)
                    .inspect(json, findings.path().resolveSibling("").toAbsolutePath());
        } else {
            findings.kind("JSON");
            json.properties()
                    .forEach(entry ->
                            findings.entry(entry.getKey(), entry.getValue().getNodeType(), ""));
        }
    }

    private JsonNode read() {
        try (var in = Files.newInputStream(findings.path())) {
            return JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(
                    findings.path(), "is not JSON (was it cut off?): " + e.getOriginalMessage());
        } catch (IOException e) {
            throw findings.unreadable(e);
        }
    }

    private static boolean allKeysAreRollouts(JsonNode json) {
        return json.properties().stream()
                .allMatch(entry -> RolloutKey.parse(entry.getKey()).isPresent());
    }

    private void scores() {
        findings.kind("scores of a role's responses (JSON)");
        SortedMap<RolloutKey, Integer> scores = ScoresFile.read(findings.path());
        findings.fact("scores", scores.size());
        Map<Integer, Long> counts = scores.values().stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        if (counts.size() <= 10) {
            counts.forEach((score, count) -> findings.entry("score " + score, count + " responses", ""));
        }
        scores.values().stream()
                .filter(score -> score < 0 || score > 100)
                .findFirst()
                .ifPresent(score ->
                        findings.suspect("it has the score " + score + "; roles are scored 0 to 3, traits 0 to 100"));
        if (scores.values().stream().anyMatch(score -> score > HIGHEST_ROLE_SCORE)) {
            findings.fact("scale", "0 to 100, as of a trait");
        }
    }

    private void conversation(JsonNode json) {
        Conversation conversation = ConversationFile.read(findings.path());
        findings.kind("conversation (JSON)");
        findings.fact("messages", conversation.messages().size());
        if (json.isObject()) {
            json.properties().stream()
                    .filter(entry -> entry.getValue().isValueNode())
                    .forEach(entry -> findings.fact(entry.getKey(), brief(entry.getValue())));
        }
        conversation.messages().stream()
                .collect(Collectors.groupingBy(message -> message.speaker().id(), TreeMap::new, Collectors.counting()))
                .forEach((speaker, count) -> findings.entry(speaker, count + " messages", ""));
    }

    void inspectLines() {
        findings.kind("JSON lines");
        String first;
        try (BufferedReader reader = Files.newBufferedReader(findings.path())) {
            first = reader.readLine();
        } catch (IOException e) {
            throw findings.unreadable(e);
        }
        if (first == null) {
            findings.suspect("it is empty");
        } else if (first.contains("\"conversation\"") && first.contains("\"question_index\"")) {
            responses(ResponsesFile.read(findings.path()));
        } else {
            otherLines();
        }
    }

    private void responses(List<ResponseRow> rows) {
        findings.kind("responses of a role (JSON lines)");
        findings.fact("responses", rows.size());
        findings.fact(
                "instructions",
                rows.stream().map(row -> row.key().prompt()).distinct().count());
        findings.fact(
                "questions",
                rows.stream().map(row -> row.key().question()).distinct().count());
        findings.fact(
                "labels",
                rows.stream().map(row -> row.key().label()).distinct().sorted().toList());
        long silent = rows.stream().filter(row -> row.response().isBlank()).count();
        if (silent > 0) {
            findings.suspect(silent + " of " + rows.size() + " responses are empty");
        }
    }

    private void otherLines() {
        TreeMap<String, Integer> keys = new TreeMap<>();
        int lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(findings.path())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                if (!line.isBlank()) {
                    line(lines, line).fieldNames().forEachRemaining(key -> keys.merge(key, 1, Integer::sum));
                }
            }
        } catch (IOException e) {
            throw findings.unreadable(e);
        }
        findings.fact("lines", lines);
        keys.forEach((key, count) -> findings.entry(key, "in " + count + " lines", ""));
    }

    private JsonNode line(int number, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(
                    findings.path(), "line " + number + " is not JSON (was it cut off?): " + e.getOriginalMessage());
        }
    }

    private static String brief(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
