package dev.plumbline.steer;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.Direction;
import dev.plumbline.statistics.Quantiles;
import dev.plumbline.steer.Percentile.Sense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Thresholds for caps along an axis, from how far a population of activations lies along it at each layer. The paper's
 * population is the mean response activation of every single-turn rollout, whatever its score (Assistant Axis, arXiv
 * 2601.10387); the caps then act on every token.
 */
public final class Calibration {

    private final AssistantAxis axis;
    private final Map<Integer, Quantiles> projections = new TreeMap<>();

    /**
     * Calibration on projections on the unit axis, growing toward the Assistant.
     *
     * @param projections one population for each layer of the axis, in its order
     */
    public Calibration(AssistantAxis axis, List<? extends Quantiles> projections) {
        int[] layers = axis.vectors().layers();
        if (projections.size() != layers.length) {
            throw new IllegalArgumentException(
                    "Projections are of " + projections.size() + " layers; the axis has " + layers.length);
        }
        this.axis = axis;
        for (int i = 0; i < layers.length; i++) {
            this.projections.put(layers[i], projections.get(i));
        }
    }

    /**
     * Calibration on stored projections, such as {@link AssistantAxis#project} gives.
     *
     * @param projections {@code [n, L]}
     */
    public static Calibration of(AssistantAxis axis, double[][] projections) {
        int nLayers = axis.vectors().nLayers();
        for (int i = 0; i < projections.length; i++) {
            if (projections[i].length != nLayers) {
                throw new IllegalArgumentException("Row " + i + " has projections of " + projections[i].length
                        + " layers; the axis has " + nLayers);
            }
        }
        List<Quantiles> columns = new ArrayList<>();
        for (int layer = 0; layer < nLayers; layer++) {
            double[] column = new double[projections.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = projections[i][layer];
            }
            columns.add(Quantiles.exact(column));
        }
        return new Calibration(axis, columns);
    }

    /** The projection along the axis at which a percentile lies. */
    public double threshold(int layer, Percentile percentile) {
        Quantiles population = projections.get(layer);
        if (population == null) {
            throw new IllegalArgumentException(
                    "There are no projections at layer " + layer + "; there are at " + projections.keySet());
        }
        return population.at(percentile.fraction(Sense.ALONG_AXIS));
    }

    /** The cap that keeps activations from lying further from the Assistant than a percentile. */
    public Cap floor(int layer, Percentile percentile) {
        return Cap.floor(axis.at(layer), threshold(layer, percentile));
    }

    /** A floor at every layer of a window. */
    public List<Cap> floors(LayerWindow window, Percentile percentile) {
        return window.layers().mapToObj(layer -> floor(layer, percentile)).toList();
    }

    /**
     * A configuration with an experiment for each window and percentile, in the published form: ceilings on the negated
     * axis.
     *
     * @param provenance of the projections: model, revision, and of what responses they are
     */
    public CappingConfig config(
            List<LayerWindow> windows, List<Percentile> percentiles, Map<String, String> provenance) {
        Map<String, Direction> vectors = new LinkedHashMap<>();
        projections
                .keySet()
                .forEach(layer -> vectors.put(name(layer), axis.at(layer).negated()));
        List<CappingExperiment> experiments = new ArrayList<>();
        for (LayerWindow window : windows) {
            for (Percentile percentile : percentiles) {
                experiments.add(new CappingExperiment(
                        "layers_" + window + "-" + percentile.publishedName(),
                        window.layers()
                                .mapToObj(layer -> ceiling(layer, percentile))
                                .toList()));
            }
        }
        return new CappingConfig(vectors, experiments, described(provenance, percentiles));
    }

    private CappingExperiment.Entry ceiling(int layer, Percentile percentile) {
        return new CappingExperiment.Ceiling(name(layer), -threshold(layer, percentile));
    }

    private static String name(int layer) {
        return "layer_" + layer + "/negated_assistant_axis";
    }

    private Map<String, String> described(Map<String, String> provenance, List<Percentile> percentiles) {
        Map<String, String> described = new LinkedHashMap<>(provenance);
        described.put("vectors", "the Assistant Axis, negated, so that the caps are ceilings");
        Quantiles first = projections.values().iterator().next();
        described.put("projections per layer", String.valueOf(first.count()));
        described.put("rank error of the percentiles", String.valueOf(first.rankError()));
        percentiles.forEach(percentile -> described.put(percentile.publishedName(), percentile.toString()));
        return described;
    }
}
