package dev.plumbline.report.figure;

import java.util.List;

/**
 * Personas in the plane of the first two components, coloured by their projection on the axis.
 *
 * @param xLabel label of the first component, with the variance it explains
 * @param yLabel label of the second component
 * @param projectionLabel what the colour shows
 */
public record Scatter2d(String title, String xLabel, String yLabel, String projectionLabel, List<PersonaPoint> points)
        implements Figure {

    public Scatter2d {
        points = List.copyOf(points);
        Require.someOf(title, "points", points);
    }

    @Override
    public String altText() {
        return "Scatter plot of " + points.size() + " personas: " + xLabel + " across, " + yLabel
                + " upward, colour by " + projectionLabel + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.scatter2d(this);
    }
}
