package dev.plumbline.artifact;

import dev.plumbline.direction.LayerVectors;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.tensor.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of vectors as free text under free names, for the formats that have room for it. */
final class VectorLabels {

    private static final String PREFIX = "plumbline.";
    static final String LAYERS = PREFIX + "layers";

    private VectorLabels() {}

    static Map<String, String> of(StoredVectors stored) {
        Provenance provenance = stored.provenance();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(PREFIX + "subject", stored.subject().text());
        labels.put(
                LAYERS,
                Arrays.stream(stored.vectors().layers())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")));
        labels.put(PREFIX + "point", stored.vectors().point().name());
        labels.put(PREFIX + "model", provenance.model());
        labels.put(PREFIX + "revision", provenance.revision());
        labels.put(PREFIX + "dtype", provenance.dtype().name());
        labels.put(PREFIX + "template_hash", provenance.templateHash());
        labels.put(PREFIX + "method", provenance.method());
        if (!provenance.source().equals(Provenance.UNKNOWN)) {
            labels.put(PREFIX + "source", provenance.source());
        }
        return labels;
    }

    /** The layers that labels name, if they do. */
    static Optional<int[]> layers(Path file, Map<String, String> labels) {
        if (!labels.containsKey(LAYERS)) {
            return Optional.empty();
        }
        List<Integer> layers = new ArrayList<>();
        for (String layer : labels.get(LAYERS).split(",", -1)) {
            try {
                layers.add(Integer.parseInt(layer));
            } catch (NumberFormatException e) {
                throw new MalformedArtifactException(file, "names \"" + layer + "\" as a layer under " + LAYERS);
            }
        }
        return Optional.of(layers.stream().mapToInt(Integer::intValue).toArray());
    }

    static HookPoint point(Path file, Map<String, String> labels) {
        return constant(file, labels, "point", HookPoint.RESID_POST);
    }

    /** Vectors with what labels say of them. */
    static StoredVectors describe(Path file, LayerVectors vectors, Map<String, String> labels) {
        return new StoredVectors(
                vectors,
                Subject.of(labels.getOrDefault(PREFIX + "subject", "")),
                Provenance.of(label(labels, "model"), vectors)
                        .withRevision(label(labels, "revision"))
                        .withDtype(constant(file, labels, "dtype", DType.F32))
                        .withTemplateHash(label(labels, "template_hash"))
                        .withMethod(label(labels, "method"))
                        .withSource(label(labels, "source")));
    }

    private static String label(Map<String, String> labels, String name) {
        return labels.getOrDefault(PREFIX + name, Provenance.UNKNOWN);
    }

    private static <E extends Enum<E>> E constant(Path file, Map<String, String> labels, String name, E otherwise) {
        String text = labels.getOrDefault(PREFIX + name, otherwise.name());
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new MalformedArtifactException(
                        file,
                        "says \"" + text + "\" under " + PREFIX + name + "; expected one of "
                                + Arrays.toString(otherwise.getDeclaringClass().getEnumConstants())));
    }
}
