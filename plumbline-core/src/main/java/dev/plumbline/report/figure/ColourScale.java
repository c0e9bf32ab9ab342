package dev.plumbline.report.figure;

import java.util.List;
import java.util.stream.Stream;

/** Maps 0–1 to colour by straight lines between evenly spaced stops, which is also how Plotly reads its scales. */
public enum ColourScale {

    /** Red through white to blue, for values around 0; safe for the common colour blindnesses (ColorBrewer RdBu). */
    DIVERGING(
            "#67001f", "#b2182b", "#d6604d", "#f4a582", "#fddbc7", "#f7f7f7", "#d1e5f0", "#92c5de", "#4393c3",
            "#2166ac", "#053061"),

    /** Pale to deep blue, for values that have no natural middle (ColorBrewer Blues). */
    SEQUENTIAL("#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"),

    /** Rust (role-play) through grey to blue (Assistant): no stop fades into a white or a black page. */
    PERSONA("#a63d08", "#d9702f", "#e0a277", "#b9b4ae", "#88aed0", "#3f84bf", "#1a559c");

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList cannot be modified.
    private final List<Colour> stops;

    ColourScale(String... stops) {
        this.stops = Stream.of(stops).map(Colour::hex).toList();
    }

    public List<Colour> stops() {
        return stops;
    }

    /** The colour at {@code share}; shares outside 0–1 take the colour of the nearer end. */
    public Colour at(double share) {
        double place = Math.max(0, Math.min(1, share)) * (stops.size() - 1);
        int below = Math.min((int) place, stops.size() - 2);
        return stops.get(below).towards(stops.get(below + 1), place - below);
    }

    /** The colour of {@code value} on a scale that runs from {@code low} to {@code high}. */
    public Colour of(double value, double low, double high) {
        return at(high > low ? (value - low) / (high - low) : 0.5);
    }
}
