package dev.plumbline.pipeline;

import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.PtFile;
import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.PtValue;
import dev.plumbline.artifact.PtWriter;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code vectors/<role>.pt} and {@code axis.pt} as the reference has them. */
final class VectorFiles {

    private VectorFiles() {}

    static void writeVector(Path file, String role, String kind, TensorData vector) {
        Map<String, PtValue> entries = new LinkedHashMap<>();
        entries.put("vector", PtTensor.of(vector));
        entries.put("type", new PtValue.Text(kind));
        entries.put("role", new PtValue.Text(role));
        PtWriter.write(file, PtValue.Dict.of(entries));
    }

    /** The vector {@code [L, D]} of a dict of the reference's, or of a bare tensor. */
    static TensorData readVector(Path path) {
        try (PtFile file = PtFile.open(path)) {
            PtValue root = file.root();
            PtValue vector =
                    root instanceof PtValue.Dict dict ? dict.get("vector").orElse(root) : root;
            if (vector instanceof PtTensor tensor
                    && tensor.shape().length == 2
                    && tensor.dtype().isFloatingPoint()) {
                return tensor.data();
            }
            throw new MalformedArtifactException(path, "holds no vector [layers, d_model]");
        }
    }

    static void writeAxis(Path file, TensorData axis) {
        PtWriter.write(file, PtTensor.of(axis));
    }
}
