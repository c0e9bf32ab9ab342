package dev.plumbline.app.cli;

import dev.plumbline.artifact.VectorFile;
import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.generate.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of vectors, and perhaps which of its layers: {@code axis.pt} or {@code axis.pt@12}.
 *
 * @param layer 0-based; empty leaves it to whoever asks
 */
record VectorChoice(Path file, OptionalInt layer) {
    private static final Pattern AT_LAYER = Pattern.compile("(.+)@([0-9]{1,6})");

    /** Reads it as it is typed, and finds the file. One whose own name has the form of both is taken for the file. */
    static VectorChoice parse(String text) {
        Matcher matcher = AT_LAYER.matcher(text);
        return matcher.matches() && !Files.exists(Path.of(text))
                ? new VectorChoice(
                        InputFile.named(matcher.group(1)), OptionalInt.of(Integer.parseInt(matcher.group(2))))
                : new VectorChoice(InputFile.named(text), OptionalInt.empty());
    }

    /** The vectors of all layers. */
    LayerVectors vectors(LanguageModel model) {
        return VectorFile.read(file, model.config().nLayers(), model.config().dModel())
                .vectors();
    }

    /** The vector of its layer, else of a given one, else of the middle one of the file. */
    Direction direction(LanguageModel model, OptionalInt otherwise) {
        LayerVectors vectors = vectors(model);
        int[] layers = vectors.layers();
        try {
            return vectors.direction(layer.orElse(otherwise.orElse(layers[layers.length / 2])));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
