package dev.plumbline.app.cli;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Along which directions to measure, one or several at once. */
final class DirectionsOptions {
    @Option(
            names = "--vector",
            required = true,
            paramLabel = "FILE",
            description = DirectionOptions.FORMATS + " Repeat it to measure along several in one reading.")
    private List<String> vectors = List.of();

    @Option(names = "--layer", paramLabel = "N", description = DirectionOptions.LAYER)
    @Within(least = 0)
    private @Nullable Integer layer;

    List<VectorChoice> vectors() {
        return vectors.stream().map(VectorChoice::parse).toList();
    }

    /** The layer of those that do not say which themselves. */
    OptionalInt layer() {
        return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
    }
}
