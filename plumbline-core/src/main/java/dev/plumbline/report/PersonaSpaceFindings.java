package dev.plumbline.report;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.CosineMatrix;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.report.PersonaSpace.LayerSpace;
import dev.plumbline.report.PersonaSpace.LayerTrend;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** From vectors to what a report shows of them. */
public final class PersonaSpaceFindings {

    private PersonaSpaceFindings() {}

    /**
     * Persona space at some layers in full, and the axis at all.
     *
     * @param target the layer to show first
     * @param others further layers to show in full
     */
    public static PersonaSpace of(
            String model,
            AssistantAxis axis,
            RoleVector assistant,
            List<RoleVector> roles,
            int target,
            Collection<Integer> others,
            PersonaSpace.Responses responses,
            List<Fact> provenance) {
        List<LayerSpace> layers = Stream.concat(Stream.of(target), others.stream())
                .distinct()
                .sorted()
                .map(layer -> layerSpace(dev.plumbline.direction.PersonaSpace.analyse(axis, assistant, roles, layer)))
                .toList();
        List<LayerTrend> trends =
                dev.plumbline.direction.PersonaSpace.analyse(axis, assistant, roles, target).layers().stream()
                        .map(layer -> new LayerTrend(layer.layer(), layer.axisNorm(), layer.pc1Cosine()))
                        .toList();
        return new PersonaSpace(model, responses, target, layers, trends, provenance);
    }

    private static LayerSpace layerSpace(dev.plumbline.direction.PersonaSpace space) {
        int layer = space.site().layer();
        List<PersonaPoint> points = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        points.add(point(space.assistant(), PersonaGroup.DEFAULT));
        names.add(space.assistant().vector().role());
        vectors.add(space.assistant().vector().vectors().at(layer));
        space.roles().forEach(role -> {
            points.add(point(role, PersonaGroup.ROLE));
            names.add(role.vector().role());
            vectors.add(role.vector().vectors().at(layer));
        });
        double pc1Cosine = space.layers().stream()
                .filter(geometry -> geometry.layer() == layer)
                .mapToDouble(geometry -> geometry.pc1Cosine())
                .findFirst()
                .orElseThrow();
        return new LayerSpace(
                layer,
                points,
                Arrays.stream(space.pca().explainedVarianceRatio()).boxed().toList(),
                pc1Cosine,
                CosineMatrix.centred(names, vectors).values());
    }

    private static PersonaPoint point(dev.plumbline.direction.PersonaSpace.Position position, PersonaGroup group) {
        return new PersonaPoint(
                position.vector().role(),
                group,
                Arrays.stream(position.scores()).boxed().toList(),
                position.projection());
    }
}
