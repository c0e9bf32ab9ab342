package dev.plumbline.report;

import dev.plumbline.direction.CosineMatrix;
import dev.plumbline.direction.PersonaSpace;
import dev.plumbline.direction.PersonaSpace.LayerGeometry;
import dev.plumbline.direction.PersonaSpace.Position;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was found in a persona space, as the plain numbers that a report shows. {@link LayerSpace#of} and {@link
 * LayerTrend#of} take them from an analysis.
 *
 * @param model name of the model and, where known, its revision
 * @param targetLayer the layer to show first; one of {@code layers}
 * @param layers what was found at each layer that the report shows in full
 * @param trends the same few numbers at every layer, ascending; may be empty
 * @param provenance how the numbers were made, in the order to print
 */
public record SpaceFindings(
        String model,
        Responses responses,
        int targetLayer,
        List<LayerSpace> layers,
        List<LayerTrend> trends,
        List<Fact> provenance) {

    public SpaceFindings {
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

        private static final int DRAWN_COMPONENTS = 3;

        public LayerSpace {
            personas = List.copyOf(personas);
            varianceRatios = List.copyOf(varianceRatios);
            if (personas.stream().noneMatch(persona -> persona.group() == PersonaGroup.ROLE)) {
                throw new IllegalArgumentException("Layer " + layer + " has no role; expected at least one");
            }
            if (varianceRatios.size() < 2) {
                throw new IllegalArgumentException("Layer " + layer + " has " + varianceRatios.size()
                        + " principal components; expected at least 2");
            }
            if (centredCosines.length != personas.size()) {
                throw new IllegalArgumentException("Layer " + layer + " has " + personas.size()
                        + " personas but a similarity matrix of " + centredCosines.length + " rows");
            }
            centredCosines = Matrices.copy(centredCosines);
        }

        /** What an analysis found at its layer: of the components, those that are drawn. */
        public static LayerSpace of(PersonaSpace space) {
            int layer = space.site().layer();
            LayerGeometry geometry = space.layers().stream()
                    .filter(candidate -> candidate.layer() == layer)
                    .findFirst()
                    .orElseThrow();
            List<PersonaPoint> personas = new ArrayList<>();
            List<float[]> vectors = new ArrayList<>();
            personas.add(point(space.assistant(), PersonaGroup.DEFAULT));
            vectors.add(space.assistant().vector().vectors().at(layer));
            for (Position role : space.roles()) {
                personas.add(point(role, PersonaGroup.ROLE));
                vectors.add(role.vector().vectors().at(layer));
            }
            List<String> names = personas.stream().map(PersonaPoint::name).toList();
            return new LayerSpace(
                    layer,
                    personas,
                    Arrays.stream(space.pca().explainedVarianceRatio()).boxed().toList(),
                    geometry.pc1Cosine(),
                    CosineMatrix.centred(names, vectors).values());
        }

        private static PersonaPoint point(Position position, PersonaGroup group) {
            List<Double> scores = Arrays.stream(position.scores())
                    .limit(DRAWN_COMPONENTS)
                    .boxed()
                    .toList();
            return new PersonaPoint(position.vector().role(), group, scores, position.projection());
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
    public record LayerTrend(int layer, double axisNorm, double pc1AxisCosine) {

        /** One for every layer of the axis that an analysis was given. */
        public static List<LayerTrend> of(PersonaSpace space) {
            return space.layers().stream()
                    .map(layer -> new LayerTrend(layer.layer(), layer.axisNorm(), layer.pc1Cosine()))
                    .toList();
        }
    }
}
