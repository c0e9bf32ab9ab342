package dev.plumbline.steer.spec;

import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.steer.Intervention;
import java.util.List;
import java.util.function.Function;

/**
 * Directions: a file of vectors and the layers of it, {@code axis.pt@12}.
 *
 * @param file name of one that {@link dev.plumbline.artifact.VectorFile} reads
 */
record VectorSpec(String file, LayerChoice layers) {

    static VectorSpec parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no layers; expected FILE@LAYERS, such as axis.pt@12 or axis.pt@46:54");
        }
        return new VectorSpec(text.substring(0, at), LayerChoice.parse(text.substring(at + 1)));
    }

    /** The directions, in the order of the layers as they are written. */
    List<Direction> directions(SpecContext context) {
        LayerVectors vectors = context.vectors(file);
        try {
            return layers.among(vectors.layers()).stream()
                    .map(vectors::direction)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** An intervention along each of them. */
    List<Intervention> along(SpecContext context, Function<Direction, Intervention> intervention) {
        return directions(context).stream().map(intervention).toList();
    }
}
