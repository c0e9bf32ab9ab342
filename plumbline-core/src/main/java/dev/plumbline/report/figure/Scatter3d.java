package dev.plumbline.report.figure;

import java.util.List;

/**
 * Personas in the space of the first three components, coloured by their projection on the axis.
 *
 * @param xLabel label of the first component, with the variance it explains
 * @param yLabel label of the second component
 * @param zLabel label of the third component, drawn upward
 * @param projectionLabel what the colour shows
 * @param points each with at least three coordinates
 */
public record Scatter3d(
        String title, String xLabel, String yLabel, String zLabel, String projectionLabel, List<PersonaPoint> points)
        implements Figure {

    public Scatter3d {
        points = List.copyOf(points);
        Require.someOf(title, "points", points);
        for (PersonaPoint point : points) {
            if (point.coordinates().size() < 3) {
                throw new IllegalArgumentException("Figure \"" + title + "\": persona \"" + point.name() + "\" has "
                        + point.coordinates().size() + " coordinates; expected at least 3");
            }
        }
    }

    @Override
    public String altText() {
        return "Three-dimensional scatter plot of " + points.size() + " personas over " + xLabel + ", " + yLabel
                + " and " + zLabel + ", colour by " + projectionLabel + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.scatter3d(this);
    }
}
