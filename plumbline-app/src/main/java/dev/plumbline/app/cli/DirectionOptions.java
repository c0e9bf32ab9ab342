package dev.plumbline.app.cli;

import dev.plumbline.artifact.VectorFile;
import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.generate.LanguageModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Along which direction to measure. Lengths do not matter: projections are on the unit vector. */
final class DirectionOptions {
    @Option(
            names = "--vector",
            required = true,
            paramLabel = "FILE",
            description = "axis.pt, the vector of a role or a trait, a persona_vectors file (with its row for the"
                    + " embeddings), or vectors as .safetensors, .npy, .npz or .gguf.")
    private Path file = Path.of("");

    @Option(names = "--layer", paramLabel = "N", description = "0-based layer. Default: the middle one of the file.")
    @Within(least = 0)
    private @Nullable Integer layer;

    Path file() {
        return file;
    }

    /** The vectors of all layers. */
    LayerVectors vectors(LanguageModel model) {
        return VectorFile.read(file, model.config().nLayers(), model.config().dModel())
                .vectors();
    }

    /** The vector of the layer that was asked for. */
    Direction direction(LanguageModel model) {
        LayerVectors vectors = vectors(model);
        int[] layers = vectors.layers();
        return vectors.direction(layer == null ? layers[layers.length / 2] : layer);
    }
}
