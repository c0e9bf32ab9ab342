package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import java.util.List;
import picocli.CommandLine.Option;

/** The layers whose activations are kept. */
final class LayerOption {
    @Option(
            names = "--layers",
            split = ",",
            paramLabel = "LAYER",
            description = "0-based layers whose activations are kept. Default: all, as in the reference.")
    @Within(least = 0)
    private List<Integer> layers = List.of();

    ResponseCapture capture(LanguageModel model) {
        int nLayers = model.config().nLayers();
        for (int layer : layers) {
            if (layer < 0 || layer >= nLayers) {
                throw new IllegalArgumentException(
                        "Layer " + layer + " (--layers); the model has layers 0 to " + (nLayers - 1));
            }
        }
        return layers.isEmpty()
                ? ResponseCapture.allOf(nLayers)
                : new ResponseCapture(layers.stream().sorted().distinct().toList());
    }
}
