package dev.plumbline.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.tensor.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What vectors are of and how they were made, kept as JSON beside their file ({@code axis.pt.meta.json}) because the
 * reference's formats have no room for it. Files without one are read as the reference means them.
 *
 * @param model name or path of the model
 * @param revision of the model; {@value #UNKNOWN} if not known
 * @param point where in each block the vectors are
 * @param layers 0-based index of the block that each row is of
 * @param dtype that the model computed in
 * @param templateHash digest of the chat template; {@value #UNKNOWN} if not known
 * @param method how the vectors were made, in words
 * @param source the model of the Hub and its commit, {@code organisation/name@commit}; {@value #UNKNOWN} if not known
 */
public record Provenance(
        String model,
        String revision,
        HookPoint point,
        List<Integer> layers,
        DType dtype,
        String templateHash,
        String method,
        String source) {

    public static final String UNKNOWN = "unknown";

    private static final String LAYER_CONVENTION = "0-based block index of each vector, in the order of the rows";

    public Provenance {
        layers = List.copyOf(layers);
    }

    /** Of vectors that a model gave, computing in fp32; the rest is yet unknown. */
    public static Provenance of(String model, LayerVectors vectors) {
        return new Provenance(
                model,
                UNKNOWN,
                vectors.point(),
                Arrays.stream(vectors.layers()).boxed().toList(),
                DType.F32,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN);
    }

    public Provenance withRevision(String newRevision) {
        return new Provenance(model, newRevision, point, layers, dtype, templateHash, method, source);
    }

    public Provenance withDtype(DType newDtype) {
        return new Provenance(model, revision, point, layers, newDtype, templateHash, method, source);
    }

    public Provenance withTemplateHash(String newTemplateHash) {
        return new Provenance(model, revision, point, layers, dtype, newTemplateHash, method, source);
    }

    public Provenance withMethod(String newMethod) {
        return new Provenance(model, revision, point, layers, dtype, templateHash, newMethod, source);
    }

    public Provenance withSource(String newSource) {
        return new Provenance(model, revision, point, layers, dtype, templateHash, method, newSource);
    }

    /** Where the provenance of a file is kept. */
    public static Path beside(Path file) {
        return Sidecar.beside(file);
    }

    /**
     * The provenance of a file, if it has one.
     *
     * @throws MalformedArtifactException if there is one that is no such thing
     */
    public static Optional<Provenance> read(Path file) {
        return Sidecar.read(file).map(Sidecar::provenance);
    }

    /** @param sidecar for messages */
    static Provenance fromJson(Path sidecar, JsonNode json) {
        List<Integer> layers = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            if (!layer.isInt()) {
                throw new MalformedArtifactException(sidecar, "names " + layer + " as a layer; expected whole numbers");
            }
            layers.add(layer.intValue());
        }
        return new Provenance(
                text(sidecar, json, "model"),
                text(sidecar, json, "revision"),
                constant(sidecar, json, "point", HookPoint.class),
                layers,
                constant(sidecar, json, "dtype", DType.class),
                text(sidecar, json, "templateHash"),
                text(sidecar, json, "method"),
                json.path("source").asText(UNKNOWN));
    }

    private static String text(Path sidecar, JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new MalformedArtifactException(sidecar, "has no text \"" + field + "\"");
        }
        return value.textValue();
    }

    private static <E extends Enum<E>> E constant(Path sidecar, JsonNode json, String field, Class<E> type) {
        String name = text(sidecar, json, field);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MalformedArtifactException(
                        sidecar,
                        "has \"" + field + "\": \"" + name + "\"; expected one of "
                                + Arrays.toString(type.getEnumConstants())));
    }

    /** Replaces the provenance of a file whose rows are blocks, atomically. */
    public void write(Path file) {
        new Sidecar(this, RowConvention.BLOCKS, new Subject.Unknown()).write(file);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("revision", revision)
                .put("point", point.name())
                .put("layerConvention", LAYER_CONVENTION);
        ArrayNode layerIds = json.putArray("layers");
        layers.forEach(layerIds::add);
        json.put("dtype", dtype.name()).put("templateHash", templateHash).put("method", method);
        return source.equals(UNKNOWN) ? json : json.put("source", source);
    }
}
