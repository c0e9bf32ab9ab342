package dev.plumbline.report.figure;

import java.util.List;

/**
 * One persona in the space of the first principal components.
 *
 * @param coordinates its scores on PC1, PC2, …; at least two
 * @param projection its place on the Assistant Axis, which colours it
 */
public record PersonaPoint(String name, PersonaGroup group, List<Double> coordinates, double projection) {

    public PersonaPoint {
        if (coordinates.size() < 2) {
            throw new IllegalArgumentException("Persona \"" + name + "\" has " + coordinates.size()
                    + " coordinates; expected at least 2 (PC1 and PC2)");
        }
        coordinates = Require.finite(name, "coordinate", coordinates);
        Require.finite(name, "projection", projection);
    }
}
