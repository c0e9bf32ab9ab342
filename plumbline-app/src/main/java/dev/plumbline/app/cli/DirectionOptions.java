package dev.plumbline.app.cli;

import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.generate.LanguageModel;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Along which direction to measure. Lengths do not matter: projections are on the unit vector. */
final class DirectionOptions {
    /** What {@code --vector} takes. */
    static final String FORMATS =
            "axis.pt, the vector of a role or a trait, a persona_vectors file (with its row for the"
                    + " embeddings), or vectors as .safetensors, .npy, .npz or .gguf; FILE@LAYER for one of its layers."
                    + InputFile.OR_IN_HUB;

    static final String LAYER = "0-based layer. Default: the middle one of the file.";

    @Option(names = "--vector", required = true, paramLabel = "FILE", description = FORMATS)
    private String vector = "";

    @Option(names = "--layer", paramLabel = "N", description = LAYER)
    @Within(least = 0)
    private @Nullable Integer layer;

    private VectorChoice choice() {
        return VectorChoice.parse(vector);
    }

    Path file() {
        return choice().file();
    }

    /** The vectors of all layers. */
    LayerVectors vectors(LanguageModel model) {
        return choice().vectors(model);
    }

    /** The vector of the layer that was asked for. */
    Direction direction(LanguageModel model) {
        return choice().direction(model, layer == null ? OptionalInt.empty() : OptionalInt.of(layer));
    }
}
