package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.PersonaSpace;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpaceFindingsTest {

    private static final int[] LAYERS = {4, 9};

    private final RoleVector assistant = role("default", RoleVector.Kind.MEAN, new float[] {6, 0, 0, 0});
    private final List<RoleVector> roles = roles();
    private final PersonaSpace space = analysis(9);

    @Test
    void takesEachPersonaFromAnAnalysis() {
        SpaceFindings.LayerSpace layer = SpaceFindings.LayerSpace.of(space);
        assertThat(layer.layer()).isEqualTo(9);
        assertThat(layer.personas()).hasSize(13);
        assertThat(layer.personas().get(0).group()).isEqualTo(PersonaGroup.DEFAULT);
        assertThat(layer.personas().stream().skip(1).map(PersonaPoint::group)).containsOnly(PersonaGroup.ROLE);
        PersonaPoint third = layer.personas().get(3);
        PersonaSpace.Position position = space.roles().get(2);
        assertThat(third.name()).isEqualTo(position.vector().role());
        assertThat(third.projection()).isEqualTo(position.projection());
        assertThat(third.coordinates())
                .containsExactly(position.scores()[0], position.scores()[1], position.scores()[2]);
    }

    @Test
    void takesTheSimilarityOfEveryPair() {
        double[][] cosines = SpaceFindings.LayerSpace.of(space).centredCosines();
        assertThat(cosines).hasDimensions(13, 13);
        assertThat(cosines[5][5]).isEqualTo(1, within(1e-9));
        assertThat(cosines[2][7]).isEqualTo(cosines[7][2], within(1e-12));
    }

    @Test
    void takesTheAxisAtEveryLayer() {
        List<SpaceFindings.LayerTrend> trends = SpaceFindings.LayerTrend.of(space);
        assertThat(trends).extracting(SpaceFindings.LayerTrend::layer).containsExactly(4, 9);
        assertThat(trends.get(1).pc1AxisCosine())
                .isEqualTo(SpaceFindings.LayerSpace.of(space).pc1AxisCosine());
        assertThat(trends.get(1).axisNorm()).isEqualTo(2 * trends.get(0).axisNorm(), within(1e-5));
    }

    @Test
    void anAnalysisBecomesAPage() {
        SpaceFindings findings = new SpaceFindings(
                "m",
                new SpaceFindings.Responses(130, 130, List.of()),
                9,
                List.of(SpaceFindings.LayerSpace.of(analysis(4)), SpaceFindings.LayerSpace.of(space)),
                SpaceFindings.LayerTrend.of(space),
                List.of());
        assertThat(PersonaSpaceReport.figures(findings))
                .extracting(CaptionedFigure::slug)
                .containsExactly(
                        "axis-line",
                        "axis-histogram",
                        "pca-2d",
                        "pca-3d",
                        "explained-variance",
                        "similarity",
                        "axis-norm",
                        "pc1-axis-cosine");
        assertThat(HtmlReport.html(PersonaSpaceReport.page(findings))).contains("<dt>Roles</dt><dd>12</dd>");
    }

    private PersonaSpace analysis(int layer) {
        AssistantAxis axis = AssistantAxis.between(
                List.of(assistant.vectors()),
                roles.stream().map(RoleVector::vectors).toList());
        return PersonaSpace.analyse(axis, assistant, roles, layer);
    }

    private static List<RoleVector> roles() {
        Random random = new Random(4);
        List<RoleVector> roles = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            float[] vector = {
                3 - i,
                0.4f * (float) random.nextGaussian(),
                (float) random.nextGaussian(),
                (float) random.nextGaussian()
            };
            roles.add(role("role " + i, RoleVector.Kind.FULLY, vector));
        }
        return roles;
    }

    /** Twice as long at the later layer. */
    private static RoleVector role(String name, RoleVector.Kind kind, float[] vector) {
        float[] twice = new float[vector.length];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = 2 * vector[i];
        }
        return new RoleVector(name, kind, LayerVectors.residPost(LAYERS, new float[][] {vector, twice}));
    }
}
