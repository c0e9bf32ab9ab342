package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On activations that can be worked out by hand: v = (3, 4) has length 5, and h = (10, 5) the projection 10. */
class InterventionTest {

    private static final Direction V = new Direction(Site.residPost(2), new float[] {3, 4});
    private static final float[] H = {10, 5};

    private static void assertGives(Intervention intervention, double... expected) {
        assertThat(intervention.apply(H)).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat((double) intervention.apply(H)[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void additionAddsTheVectorAsItIs() {
        assertGives(new Addition(V, 2), 16, 13);
        assertGives(new Addition(V, -1), 7, 1);
        assertThat(new Addition(V, -1).length()).isEqualTo(-5);
    }

    @Test
    void additionCanBeMeasuredInOtherUnits() {
        assertGives(Addition.ofLength(V, 10), 16, 13);
        assertGives(Addition.inPersonaGaps(V, -2, 2.5), 7, 1);
        assertGives(Addition.relative(V, 0.5, 20), 16, 13);
        assertThat(Addition.inPersonaGaps(V, 3, V.norm())).isEqualTo(new Addition(V, 3));
    }

    @Test
    void ablationLeavesWhatIsOrthogonal() {
        assertGives(new Ablation(V), 4, -3);
    }

    @Test
    void meanAblationPutsTheMeanComponentInItsPlace() {
        assertGives(new MeanAblation(V, 5), 7, 1);
        assertThat(MeanAblation.toward(V, new float[] {-1, 7})).isEqualTo(new MeanAblation(V, 5));
        assertGives(MeanAblation.toward(V, new float[] {-1, 7}), 7, 1);
    }

    @Test
    void theReferencesAblationsAddWholeVectors() {
        assertGives(ReferenceAblation.addingMean(V, new float[] {-1, 7}), 3, 4);
        assertGives(ReferenceAblation.addingVector(V, 1), 7, 1);
        assertGives(ReferenceAblation.addingVector(V, 0), 4, -3);
        assertThat(ReferenceAblation.addingVector(V, 1))
                .isEqualTo(ReferenceAblation.addingMean(V, new float[] {3, 4}))
                .isNotEqualTo(ReferenceAblation.addingVector(V, 2));
    }

    @ParameterizedTest
    @CsvSource({"12, 11.2, 6.6", "10, 10, 5", "-50, 10, 5"})
    void aFloorLiftsWhatIsBelow(double threshold, double x, double y) {
        assertGives(Cap.floor(V, threshold), x, y);
    }

    @ParameterizedTest
    @CsvSource({"5, 7, 1", "10, 10, 5", "50, 10, 5", "-5, 1, -7"})
    void aCeilingLowersWhatIsAbove(double threshold, double x, double y) {
        assertGives(Cap.ceiling(V, threshold), x, y);
    }

    @Test
    void boundsOnBothSidesDoBoth() {
        assertGives(Cap.between(V, -5, 5), 7, 1);
        assertGives(Cap.between(V, 12, 20), 11.2, 6.6);
        assertGives(Cap.between(V, 0, 20), 10, 5);
        assertGives(Cap.between(V, 5, 5), 7, 1);
    }

    @Test
    void aCeilingIsTheFloorOfTheOppositeDirection() {
        Cap ceiling = Cap.ceiling(V, 5);

        assertThat(ceiling.mirrored()).isEqualTo(Cap.floor(V.negated(), -5));
        assertThat(ceiling.mirrored().apply(H)).isEqualTo(ceiling.apply(H));
        assertThat(ceiling.mirrored().mirrored()).isEqualTo(ceiling);
    }

    @Test
    void normPreservingAdditionTurnsWithoutStretching() {
        Direction x = new Direction(Site.residPost(0), new float[] {7, 0});
        Intervention turn = new NormPreservingAddition(x, 0.6);

        assertThat(turn.apply(new float[] {0, 5})).containsExactly(3, 4);
        assertThat(turn.apply(new float[] {2, 0})).containsExactly(2, 0);
        assertThat(turn.apply(new float[] {-2, 0})).containsExactly(-2, 0);
        assertThat(turn.apply(new float[] {0, 0})).containsExactly(0, 0);
        assertThat(new NormPreservingAddition(x, 0).apply(H)).containsExactly(10, 5);
        float[] away = new NormPreservingAddition(x, -0.3).apply(H);
        assertThat(Math.hypot(away[0], away[1])).isCloseTo(Math.hypot(10, 5), within(1e-6));
        assertThat(away[0]).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.70711, -0.8, Double.NaN})
    void refusesToTurnSoFarThatAnActivationCouldVanish(double strength) {
        assertThatThrownBy(() -> new NormPreservingAddition(V, strength))
                .hasMessageContaining(String.valueOf(strength));
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> new Addition(V, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Addition.relative(V, 1, 0)).hasMessageContaining("Mean norm is 0.0");
        assertThatThrownBy(() -> Addition.inPersonaGaps(V, 1, -2)).hasMessageContaining("Persona gap is -2.0");
        assertThatThrownBy(() -> new MeanAblation(V, Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> ReferenceAblation.addingMean(V, new float[3])).hasMessageContaining("3 components");
        assertThatThrownBy(() -> ReferenceAblation.addingMean(V, new float[] {0, Float.NaN}))
                .hasMessageContaining("NaN");
    }

    @Test
    void refusesBoundsThatBoundNothing() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> Cap.between(V, 2, 1)).hasMessageContaining("between 2.0 and 1.0");
        assertThatThrownBy(() -> Cap.floor(V, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cap.floor(V, infinity)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cap.floor(V, -infinity)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cap.ceiling(V, -infinity)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesActivationsOfAnotherWidth() {
        assertThatThrownBy(() -> new Ablation(V).apply(new float[3])).isInstanceOf(IllegalArgumentException.class);
    }
}
