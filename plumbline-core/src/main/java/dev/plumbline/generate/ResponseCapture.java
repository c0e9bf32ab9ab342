package dev.plumbline.generate;

import dev.plumbline.hook.Site;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers whose activations are averaged over each response while it is generated.
 *
 * @param layers 0-based block indices, in the order of the rows of a mean; empty captures nothing
 */
public record ResponseCapture(List<Integer> layers) {

    private static final ResponseCapture NONE = new ResponseCapture(List.of());

    public ResponseCapture {
        layers = List.copyOf(layers);
    }

    public static ResponseCapture none() {
        return NONE;
    }

    /** Every layer of a model of so many. */
    public static ResponseCapture allOf(int nLayers) {
        return new ResponseCapture(IntStream.range(0, nLayers).boxed().toList());
    }

    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** {@code RESID_POST} of each layer. */
    public List<Site> sites() {
        return layers.stream().map(Site::residPost).toList();
    }
}
