package dev.plumbline.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.steer.CappingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code capping_config.pt} of the Assistant Axis: {@code {'vectors': {name: {'vector': [D], 'layer': int}}, 'experiments':
 * [{'id': name, 'interventions': [{'vector': name, 'cap': float}]}]}}, where {@code 'coeff'} in place of {@code 'cap'} means
 * steering. Ids may be whole numbers, which become text. A file whose name ends in {@code .json} holds the same as JSON. Remarks
 * ({@code description} and its like, beside the experiments or in one, never in an intervention) are passed over and named in
 * the provenance. Anything else is refused, not skipped: an intervention that is not understood would silently not take place.
 *
 * <p>Provenance lies beside a {@code .pt} file ({@code capping_config.pt.meta.json}), and in a JSON file under {@code provenance}.
 */
public final class CappingConfigFile {

    private static final String PROVENANCE = "provenance";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CappingConfigFile() {}

    /**
     * Reads a configuration, in any floating-point type.
     *
     * @throws MalformedArtifactException saying where, if the file holds anything else or more, or its parts do not fit
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static CappingConfig read(Path file) {
        if (isJson(file)) {
            JsonNode root = json(file);
            Map<String, String> provenance = provenance(file, root.path(PROVENANCE));
            if (root instanceof ObjectNode object) {
                object.remove(PROVENANCE);
            }
            return CappingConfigFormat.read(file, JsonValues.toPt(root), () -> provenance);
        }
        try (PtFile pt = PtFile.open(file)) {
            return CappingConfigFormat.read(file, pt.root(), () -> provenanceBeside(file));
        }
    }

    /**
     * Replaces the file atomically, with vectors in fp32.
     *
     * @throws IllegalArgumentException if a vector is of another site than the output of a block, which the format cannot say
     */
    public static void write(Path file, CappingConfig config) {
        PtValue.Dict root = CappingConfigFormat.write(config);
        if (isJson(file)) {
            ObjectNode json = JSON.createObjectNode();
            json.set(PROVENANCE, JSON.valueToTree(config.provenance()));
            json.setAll((ObjectNode) JsonValues.of(root));
            writeJson(file, json);
            return;
        }
        Sidecar.forget(file);
        if (!config.provenance().isEmpty()) {
            writeJson(Provenance.beside(file), JSON.valueToTree(config.provenance()));
        }
        PtWriter.write(file, root);
    }

    private static boolean isJson(Path file) {
        return file.toString().endsWith(".json");
    }

    private static void writeJson(Path file, JsonNode json) {
        String text = json.toPrettyString() + "\n";
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> provenanceBeside(Path file) {
        Path sidecar = Provenance.beside(file);
        return Files.exists(sidecar) ? provenance(sidecar, json(sidecar)) : Map.of();
    }

    private static Map<String, String> provenance(Path file, JsonNode json) {
        Map<String, String> provenance = new LinkedHashMap<>();
        if (!json.isMissingNode() && !json.isObject()) {
            throw new MalformedArtifactException(file, "its provenance is no JSON object");
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new MalformedArtifactException(
                        file, "its provenance has something else than text as \"" + entry.getKey() + "\"");
            }
            provenance.put(entry.getKey(), entry.getValue().textValue());
        }
        return provenance;
    }

    private static JsonNode json(Path file) {
        try (var in = Files.newInputStream(file)) {
            return JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(file, "is not JSON (was it cut off?): " + e.getOriginalMessage());
        } catch (IOException e) {
            throw IoFailure.reading(file, e);
        }
    }
}
