package dev.plumbline.study;

import dev.plumbline.steer.Cap;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.LayerWindow;
import dev.plumbline.steer.Percentile;
import dev.plumbline.steer.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A cap: floors along an axis at the layers of a window, at a percentile of a population.
 *
 * @param axis what is bounded, and by what population
 * @param window the layers
 * @param percentile where the floors lie
 * @param tokens those that the cap acts on; published caps act on all
 */
public record CapSetting(CalibratedAxis axis, LayerWindow window, Percentile percentile, ConversationTokens tokens) {

    /** Every window with every percentile. */
    public static List<CapSetting> grid(
            CalibratedAxis axis, List<LayerWindow> windows, List<Percentile> percentiles, ConversationTokens tokens) {
        List<CapSetting> grid = new ArrayList<>();
        for (LayerWindow window : windows) {
            percentiles.forEach(percentile -> grid.add(new CapSetting(axis, window, percentile, tokens)));
        }
        return List.copyOf(grid);
    }

    /** The name of its axis and its {@link #label}. */
    public String id() {
        return (axis.name() + " " + label()).strip();
    }

    /** The id that a published configuration gives it, {@code layers_46:54-p0.25}, and which tokens it acts on if not all. */
    public String label() {
        return tokens == ConversationTokens.ALL ? experiment() : experiment() + " on " + tokens.words();
    }

    /** The floors. */
    public List<Cap> floors() {
        return axis.calibration().floors(window, percentile);
    }

    /** In words, such as "on layers 1 to 3, let nothing lie further from the Assistant than percentile 90 along the axis". */
    public String words() {
        int first = window.start();
        int last = window.end() - 1;
        return (first == last ? "on layer " + first : "on layers " + first + " to " + last)
                + ", let nothing lie further from the Assistant than percentile "
                + Math.round(100 * percentile.fraction(Percentile.Sense.ALONG_AXIS)) + " along the "
                + (axis.name().isEmpty() ? "axis" : axis.name())
                + (tokens == ConversationTokens.ALL ? "" : ", at the tokens of the " + tokens.words());
    }

    /** The id of the one experiment of {@link #config}. */
    public String experiment() {
        return "layers_" + window + "-" + percentile.publishedName();
    }

    /** This setting alone, in the published form, which does not say on which tokens it acts. */
    public CappingConfig config(Map<String, String> provenance) {
        return axis.calibration().config(List.of(window), List.of(percentile), provenance);
    }

    Treatment treatment() {
        return new Treatment(List.copyOf(floors()), tokens.positions());
    }

    Arm arm() {
        return new Arm(id(), treatment());
    }
}
