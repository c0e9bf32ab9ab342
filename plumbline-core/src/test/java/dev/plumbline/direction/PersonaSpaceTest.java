package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PersonaSpaceTest {

    private static RoleVector role(String name, float x, float y) {
        // Layer 5 is layer 2 with its coordinates exchanged; layer 7 is the same for all.
        return new RoleVector(name, RoleVector.Kind.FULLY, LayerVectors.residPost(new int[] {2, 5, 7}, new float[][] {
            {x, y}, {y, x}, {1, 1}
        }));
    }

    private static final RoleVector ASSISTANT = role("default", 107, 201);
    private static final List<RoleVector> ROLES =
            List.of(role("ghost", 96, 201), role("sage", 98, 199), role("tutor", 102, 199), role("clerk", 104, 201));
    private static final AssistantAxis AXIS = AssistantAxis.between(
            List.of(ASSISTANT.vectors()),
            ROLES.stream().map(RoleVector::vectors).toList());
    private static final PersonaSpace SPACE = PersonaSpace.analyse(AXIS, ASSISTANT, ROLES, 2);

    @Test
    void ranksTheRolesAlongTheAxis() {
        assertThat(AXIS.at(2).vector()).containsExactly(7, 1);
        assertThat(SPACE.roles())
                .extracting(position -> position.vector().role())
                .containsExactly("clerk", "tutor", "sage", "ghost");
        double norm = Math.sqrt(50);
        assertThat(SPACE.roles())
                .extracting(PersonaSpace.Position::projection)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(29 / norm, 13 / norm, -15 / norm, -27 / norm);
        assertThat(SPACE.rolesByCosine().get(0).vector().role()).isEqualTo("clerk");
        assertThat(SPACE.roles().get(1).cosine()).isCloseTo(13 / norm / Math.sqrt(5), within(1e-12));
    }

    @Test
    void turnsPc1TowardTheAssistantAndPlacesItThere() {
        assertThat(SPACE.pca().component(0)).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThat(SPACE.roles().get(0).scores()).containsExactly(new double[] {4, 1}, within(1e-12));
        assertThat(SPACE.assistant().scores()).containsExactly(new double[] {7, 1}, within(1e-12));
        assertThat(SPACE.assistantDistanceFromExtreme(0)).isZero();
        assertThatThrownBy(() -> SPACE.assistantDistanceFromExtreme(2))
                .hasMessage("There are 2 components; component 2 was asked for, counting from 0");
        assertThat(SPACE.assistant().projection()).isCloseTo(Math.sqrt(50), within(1e-12));
        assertThat(SPACE.assistant().cosine()).isCloseTo(1, within(1e-12));
        assertThat(SPACE.pca().componentsFor(0.9)).hasValue(1);
    }

    @Test
    void describesEveryLayer() {
        assertThat(SPACE.layers()).extracting(PersonaSpace.LayerGeometry::layer).containsExactly(2, 5, 7);
        PersonaSpace.LayerGeometry exchanged = SPACE.layers().get(1);
        assertThat(exchanged.axisNorm()).isCloseTo(Math.sqrt(50), within(1e-12));
        assertThat(exchanged.cosineWithTarget()).isCloseTo(14.0 / 50, within(1e-12));
        assertThat(exchanged.pc1Cosine()).isCloseTo(7 / Math.sqrt(50), within(1e-9));
        assertThat(exchanged.pc1VarianceRatio()).isCloseTo(40.0 / 44, within(1e-12));
        assertThat(SPACE.layers().get(2)).isEqualTo(new PersonaSpace.LayerGeometry(7, 0, 0, 0, 0));
    }

    @Test
    void pc1IsTurnedWhicheverSideTheAssistantIsOn() {
        RoleVector far = role("default", 90, 200);
        AssistantAxis negative = AssistantAxis.between(
                List.of(far.vectors()), ROLES.stream().map(RoleVector::vectors).toList());
        PersonaSpace space = PersonaSpace.analyse(negative, far, ROLES, 2);
        assertThat(space.pca().component(0)).containsExactly(new double[] {-1, 0}, within(1e-12));
        assertThat(space.roles().get(0).vector().role()).isEqualTo("ghost");
    }

    @Test
    void refusesRolesOfOtherSites() {
        RoleVector other = new RoleVector(
                "x", RoleVector.Kind.FULLY, LayerVectors.residPost(new int[] {0}, new float[][] {{1, 2}}));
        assertThatThrownBy(() -> PersonaSpace.analyse(AXIS, ASSISTANT, List.of(other), 2))
                .hasMessageContaining("layers [0]");
        assertThatThrownBy(() -> PersonaSpace.analyse(AXIS, ASSISTANT, ROLES, 3))
                .hasMessageContaining("no vector for layer 3");
    }
}
