package dev.plumbline.steer.spec;

import dev.plumbline.artifact.VectorFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The model that interventions are to act on, and what their units are measured by.
 *
 * @param nLayers layers of the model
 * @param dModel width of its residual stream
 * @param axis whose length at a layer is one gap; without it a direction's own length is, which is right where the direction
 *     is itself a difference of means
 * @param norms mean length of activations at {@code RESID_POST} of each layer, {@code [L]}
 * @param files where a file lies that a text names
 */
public record SpecContext(
        int nLayers, int dModel, Optional<AssistantAxis> axis, Optional<double[]> norms, Function<String, Path> files) {

    /** A model, with neither an axis nor norms to measure by; texts name files by their paths. */
    public static SpecContext of(int nLayers, int dModel) {
        return new SpecContext(nLayers, dModel, Optional.empty(), Optional.empty(), Path::of);
    }

    /** This context with an axis to measure gaps by. */
    public SpecContext withAxis(AssistantAxis newAxis) {
        return new SpecContext(nLayers, dModel, Optional.of(newAxis), norms, files);
    }

    /** This context with mean lengths of activations to measure by. */
    public SpecContext withNorms(double[] newNorms) {
        if (newNorms.length != nLayers) {
            throw new IllegalArgumentException(
                    "Mean norms are of " + newNorms.length + " layers; the model has " + nLayers);
        }
        return new SpecContext(nLayers, dModel, axis, Optional.of(newNorms.clone()), files);
    }

    /** This context where texts name files in another way than by their paths. */
    public SpecContext withFiles(Function<String, Path> newFiles) {
        return new SpecContext(nLayers, dModel, axis, norms, newFiles);
    }

    Path file(String name) {
        return files.apply(name);
    }

    LayerVectors vectors(String name) {
        return VectorFile.read(file(name), nLayers, dModel).vectors();
    }

    double gap(int layer, double own) {
        return axis.map(measure -> measure.at(layer).norm()).orElse(own);
    }

    double norm(int layer) {
        return norms.orElseThrow(() -> new IllegalArgumentException(
                "A strength is given as a share of the mean norm, but no texts were given to measure that on"))[layer];
    }
}
