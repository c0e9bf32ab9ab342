package dev.plumbline.artifact;

import dev.plumbline.direction.RoleVector;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code vectors/<role>.pt}: {@code {'vector': [L, D], 'type': 'pos_3' | 'pos_2' | 'mean', 'role': name}}. The published
 * vectors are bare tensors instead, and are read too.
 */
public final class RoleVectorFile {

    private RoleVectorFile() {}

    /**
     * Reads a role vector of either form, in any floating-point type. A bare tensor is taken for the role that the file is
     * named after, fully played; one named {@code default} or {@code default_vector} for the mean of the default Assistant.
     *
     * @throws MalformedArtifactException if the file holds something else
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static RoleVector read(Path file) {
        try (PtFile pt = PtFile.open(file)) {
            if (pt.root() instanceof PtValue.Dict dict) {
                return new RoleVector(
                        text(file, dict, "role"),
                        kind(file, text(file, dict, "type")),
                        LayerVectorsFormat.read(file, dict.get("vector").orElse(new PtValue.None()), "'vector'"));
            }
            String name = file.getFileName().toString().replaceFirst("\\.pt$", "");
            boolean assistant = name.equals("default") || name.equals("default_vector");
            return new RoleVector(
                    assistant ? "default" : name,
                    assistant ? RoleVector.Kind.MEAN : RoleVector.Kind.FULLY,
                    LayerVectorsFormat.read(file, pt.root(), "its content"));
        }
    }

    private static String text(Path file, PtValue.Dict dict, String key) {
        if (dict.get(key).orElse(new PtValue.None()) instanceof PtValue.Text text) {
            return text.value();
        }
        throw new MalformedArtifactException(
                file,
                "is a dict without a string '" + key + "'; expected {'vector', 'type', 'role'}, or a bare tensor");
    }

    private static RoleVector.Kind kind(Path file, String type) {
        return switch (type) {
            case "pos_3" -> RoleVector.Kind.FULLY;
            case "pos_2" -> RoleVector.Kind.SOMEWHAT;
            case "mean" -> RoleVector.Kind.MEAN;
            default ->
                throw new MalformedArtifactException(
                        file, "has the type '" + type + "'; expected 'pos_3', 'pos_2' or 'mean'");
        };
    }

    /**
     * Writes the dict, with the vector in fp32. A vector of some layers only needs a {@link Provenance}.
     *
     * @throws IllegalArgumentException if the vector is not of the outputs of all blocks from the first on
     */
    public static void write(Path file, RoleVector vector) {
        PtTensor tensor = LayerVectorsFormat.plain(file, vector.vectors());
        Sidecar.forget(file);
        PtWriter.write(file, dict(vector.role(), vector.kind(), tensor));
    }

    /** Writes the dict, and beside it what it is of. */
    public static void write(Path file, RoleVector vector, Provenance provenance) {
        PtTensor tensor = LayerVectorsFormat.described(file, vector.vectors(), provenance);
        provenance.write(file);
        PtWriter.write(file, dict(vector.role(), vector.kind(), tensor));
    }

    static PtValue.Dict dict(String role, RoleVector.Kind kind, PtTensor tensor) {
        Map<String, PtValue> root = new LinkedHashMap<>();
        root.put("vector", tensor);
        root.put("type", new PtValue.Text(RoleKinds.id(kind)));
        root.put("role", new PtValue.Text(role));
        return PtValue.Dict.of(root);
    }
}
