package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.hook.HookPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssistantAxisTest {

    private static LayerVectors vectors(float... ofTwoLayers) {
        return LayerVectors.residPost(
                new int[] {0, 1}, new float[][] {{ofTwoLayers[0], ofTwoLayers[1]}, {ofTwoLayers[2], ofTwoLayers[3]}});
    }

    private static final AssistantAxis AXIS = AssistantAxis.between(
            List.of(vectors(10, 2, 0, 8)), List.of(vectors(8, 0, 0, 0), vectors(2, 0, 0, 2), vectors(2, -6, 0, 7)));

    @Test
    void isTheAssistantMinusTheMeanOfTheRoles() {
        assertThat(AXIS.vectors()).isEqualTo(vectors(6, 4, 0, 5));
        assertThat(AXIS.norms()).containsExactly(Math.sqrt(52), 5);
        assertThat(AXIS.cosinesWith(1)).containsExactly(new double[] {4 / Math.sqrt(52), 1}, within(1e-12));
    }

    @Test
    void theAssistantProjectsHigherThanTheRoles() {
        double[] assistant = AXIS.project(vectors(10, 2, 0, 8));
        double[] role = AXIS.project(vectors(2, 0, 0, 2));
        assertThat(assistant).containsExactly(new double[] {68 / Math.sqrt(52), 8}, within(1e-12));
        assertThat(role).containsExactly(new double[] {12 / Math.sqrt(52), 2}, within(1e-12));
    }

    @Test
    void aTraitIsThePositiveMeanMinusTheNegative() {
        MeanAccumulator positive = MeanAccumulator.startingWith(vectors(1, 2, 3, 4));
        MeanAccumulator negative = new MeanAccumulator(HookPoint.RESID_POST, new int[] {0, 1}, 2);
        negative.add(vectors(0, 0, 1, 1));
        negative.add(vectors(0, 2, 1, 1));
        assertThat(PersonaVector.differenceOfMeans("candid", positive, negative))
                .isEqualTo(new PersonaVector("candid", vectors(1, 1, 2, 3)));
    }

    @Test
    void refusesAnEmptySideAndOtherSites() {
        assertThatThrownBy(() -> AssistantAxis.between(List.of(vectors(1, 2, 3, 4)), List.of()))
                .hasMessage("There are no role vectors to take the mean of");
        assertThatThrownBy(() -> AXIS.project(LayerVectors.residPost(new int[] {1}, new float[][] {{1, 2}})))
                .hasMessageStartingWith("Found vectors of 2 components at RESID_POST of layers [1]; expected");
        assertThatThrownBy(() -> AXIS.at(2)).hasMessageContaining("no vector for layer 2");
    }
}
