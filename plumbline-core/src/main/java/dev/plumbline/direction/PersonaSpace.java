package dev.plumbline.direction;

import dev.plumbline.hook.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the roles of a model lie, and the Assistant among them: principal components of the role vectors at one layer,
 * and how the axis meets them there and at every other layer (arXiv 2601.10387, section 2). Everything is about the mean
 * of the role vectors.
 *
 * @param site where {@code pca} and all positions are taken
 * @param roles from the most Assistant-like to the least, by projection on the axis
 * @param assistant the default Assistant, which has no part in the mean or the components
 * @param pca of the role vectors, with PC1 turned toward the Assistant
 * @param layers one entry per layer, ascending
 */
public record PersonaSpace(Site site, List<Position> roles, Position assistant, Pca pca, List<LayerGeometry> layers) {

    public PersonaSpace {
        roles = List.copyOf(roles);
        layers = List.copyOf(layers);
    }

    /**
     * Where one vector lies.
     *
     * @param vector which one
     * @param projection on the unit axis, about the mean of the roles
     * @param cosine with the axis, about the mean of the roles
     * @param scores coordinate along each principal component
     */
    public record Position(RoleVector vector, double projection, double cosine, double[] scores) {}

    /**
     * How axis and roles meet at one layer.
     *
     * @param axisNorm length of the axis
     * @param cosineWithTarget of the axis here with the axis at the layer of {@link #site}
     * @param pc1Cosine of the axis with PC1 of the roles here, PC1 being turned so that it is not negative
     * @param pc1VarianceRatio part of the roles' variance here that PC1 explains
     */
    public record LayerGeometry(
            int layer, double axisNorm, double cosineWithTarget, double pc1Cosine, double pc1VarianceRatio) {}

    /**
     * Analyses at least two role vectors.
     *
     * @param assistant mean of the default Assistant's responses
     * @param roles all of the sites of the axis
     * @param layer to take the components and positions at; the paper takes a middle one
     */
    public static PersonaSpace analyse(AssistantAxis axis, RoleVector assistant, List<RoleVector> roles, int layer) {
        LayerVectors axes = axis.vectors();
        assistant.vectors().requireSameSites(axes);
        roles.forEach(role -> role.vectors().requireSameSites(axes));

        Direction target = axis.at(layer);
        Pca pca = Pca.fit(rowsAt(roles, axes.indexOf(layer)));
        if (pca.size() > 0) {
            pca = pca.oriented(0, target.vector());
        }
        List<Position> positions = new ArrayList<>();
        for (RoleVector role : roles) {
            positions.add(position(role, target, pca));
        }
        positions.sort(Comparator.comparingDouble(Position::projection).reversed());
        return new PersonaSpace(
                target.site(), positions, position(assistant, target, pca), pca, layers(axis, roles, layer));
    }

    private static Position position(RoleVector role, Direction axis, Pca pca) {
        float[] vector = role.vectors().at(axis.site().layer());
        double[] centred = Matrices.minus(vector, pca.mean());
        double[] direction = Vectors.widened(axis.vector());
        return new Position(
                role,
                Vectors.dot(centred, direction) / axis.norm(),
                Vectors.cosine(centred, direction),
                pca.transform(vector));
    }

    private static List<LayerGeometry> layers(AssistantAxis axis, List<RoleVector> roles, int target) {
        int[] layers = axis.vectors().layers();
        double[] norms = axis.norms();
        double[] cosines = axis.cosinesWith(target);
        List<LayerGeometry> geometry = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            Pca pca = Pca.fit(rowsAt(roles, i), 1);
            boolean flat = pca.size() == 0;
            geometry.add(new LayerGeometry(
                    layers[i],
                    norms[i],
                    cosines[i],
                    flat ? 0 : Math.abs(pca.cosine(0, axis.vectors().row(i))),
                    flat ? 0 : pca.explainedVarianceRatio()[0]));
        }
        return geometry;
    }

    private static List<float[]> rowsAt(List<RoleVector> roles, int index) {
        return roles.stream().map(role -> role.vectors().row(index)).toList();
    }

    /** The roles from the highest cosine with the axis to the lowest. */
    public List<Position> rolesByCosine() {
        return roles.stream()
                .sorted(Comparator.comparingDouble(Position::cosine).reversed())
                .toList();
    }

    /**
     * How far the Assistant is from the nearer end of the roles along a component, as a part of their range: 0 at an end or
     * beyond, ½ in the middle.
     */
    public double assistantDistanceFromExtreme(int component) {
        if (component < 0 || component >= pca.size()) {
            throw new IllegalArgumentException("There are " + pca.size() + " components; component " + component
                    + " was asked for, counting from 0");
        }
        double least = roles.stream()
                .mapToDouble(role -> role.scores()[component])
                .min()
                .orElseThrow();
        double most = roles.stream()
                .mapToDouble(role -> role.scores()[component])
                .max()
                .orElseThrow();
        double score = assistant.scores()[component];
        return Math.max(0, Math.min(score - least, most - score)) / (most - least);
    }
}
