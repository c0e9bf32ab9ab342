package dev.plumbline.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code scores/<role>.json} of the Assistant Axis pipeline: an object from keys ({@code pos_p0_q17}) to whole scores. */
public final class ScoresFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ScoresFile() {}

    /**
     * Reads all scores, in the order of their keys.
     *
     * @throws MalformedArtifactException naming the key, if something is not a score
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static SortedMap<RolloutKey, Integer> read(Path file) {
        JsonNode json;
        try (var in = Files.newInputStream(file)) {
            json = JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(file, "is not JSON (was it cut off?): " + e.getOriginalMessage());
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
        if (!json.isObject()) {
            throw new MalformedArtifactException(file, "is not a JSON object from keys to scores");
        }
        SortedMap<RolloutKey, Integer> scores = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            RolloutKey key = RolloutKey.parse(entry.getKey())
                    .orElseThrow(() -> new MalformedArtifactException(
                            file, "has the key \"" + entry.getKey() + "\"; expected the form pos_p0_q0"));
            if (!entry.getValue().isInt()) {
                throw new MalformedArtifactException(
                        file, "has the score " + entry.getValue() + " for " + key + "; expected a whole number");
            }
            scores.put(key, entry.getValue().intValue());
        }
        return Collections.unmodifiableSortedMap(scores);
    }

    /** Replaces the file atomically with these scores, in the order of their keys. */
    public static void write(Path file, Map<RolloutKey, Integer> scores) {
        String lines = new TreeMap<>(scores)
                .entrySet().stream()
                        .map(entry -> "  \"" + entry.getKey() + "\": " + entry.getValue())
                        .collect(Collectors.joining(",\n"));
        String json = lines.isEmpty() ? "{}\n" : "{\n" + lines + "\n}\n";
        AtomicFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    }
}
