package dev.plumbline.report;

import dev.plumbline.report.figure.PersonaPoint;
import java.util.List;

/**
 * The numbers of a persona space that a report shows.
 *
 * @param model name of the model and, where known, its revision
 * @param targetLayer the layer to show first; one of {@code layers}
 * @param layers what was found at each layer that the report shows in full
 * @param trends the same few numbers at every layer, ascending; may be empty
 * @param provenance how the numbers were made, in the order to print
 */
public record PersonaSpace(
        String model,
        Responses responses,
        int targetLayer,
        List<LayerSpace> layers,
        List<LayerTrend> trends,
        List<Fact> provenance) {

    public PersonaSpace {
        layers = List.copyOf(layers);
        trends = List.copyOf(trends);
        provenance = List.copyOf(provenance);
        int wanted = targetLayer;
        if (layers.stream().noneMatch(layer -> layer.layer() == wanted)) {
            throw new IllegalArgumentException("Target layer " + targetLayer + " is not among the layers given, "
                    + layers.stream().map(LayerSpace::layer).toList());
        }
    }

    /** The space at the target layer. */
    public LayerSpace target() {
        return layers.stream()
                .filter(layer -> layer.layer() == targetLayer)
                .findFirst()
                .orElseThrow();
    }

    /**
     * What became of the responses.
     *
     * @param generated how many there were
     * @param kept how many entered the vectors
     * @param losses why the others did not; they need not add up where one response was lost twice
     */
    public record Responses(int generated, int kept, List<Loss> losses) {
        public Responses {
            losses = List.copyOf(losses);
            if (kept < 0 || kept > generated) {
                throw new IllegalArgumentException(
                        "Kept " + kept + " of " + generated + " responses; expected 0 to " + generated);
            }
        }
    }

    /** How many responses were lost for one reason. */
    public record Loss(String reason, int count) {}

    /**
     * Persona space at one layer.
     *
     * @param layer 0-based index of the block whose output it was measured on
     * @param personas the default Assistant and the roles; the coordinates are scores on PC1, PC2, …
     * @param varianceRatios share of the variance that PC1, PC2, … explain
     * @param pc1AxisCosine cosine between PC1 and the axis
     * @param centredCosines similarity between centred persona vectors; rows and columns in the order of {@code personas}
     */
    public record LayerSpace(
            int layer,
            List<PersonaPoint> personas,
            List<Double> varianceRatios,
            double pc1AxisCosine,
            double[][] centredCosines) {
        public LayerSpace {
            personas = List.copyOf(personas);
            varianceRatios = List.copyOf(varianceRatios);
            if (centredCosines.length != personas.size()) {
                throw new IllegalArgumentException("Layer " + layer + " has " + personas.size()
                        + " personas but a similarity matrix of " + centredCosines.length + " rows");
            }
            centredCosines = Matrices.copy(centredCosines);
        }

        @Override
        public double[][] centredCosines() {
            return Matrices.copy(centredCosines);
        }
    }

    /**
     * The axis at one layer in two numbers.
     *
     * @param axisNorm length of the axis before it is made a unit vector
     * @param pc1AxisCosine cosine between PC1 and the axis
     */
    public record LayerTrend(int layer, double axisNorm, double pc1AxisCosine) {}
}
