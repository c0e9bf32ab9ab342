package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AxisStabilityTest {

    private static final LayerVectors ASSISTANT = LayerVectors.residPost(new int[] {3, 8}, new float[2][40]);

    /** Roles that differ from the Assistant alike at layer 3, and in nothing but noise at layer 8. */
    private static List<LayerVectors> roles(int n) {
        Random random = new Random(17);
        return Stream.generate(() -> {
                    float[][] rows = new float[2][40];
                    for (int j = 0; j < 40; j++) {
                        rows[0][j] = 5 + (float) random.nextGaussian();
                        rows[1][j] = (float) random.nextGaussian();
                    }
                    return LayerVectors.residPost(new int[] {3, 8}, rows);
                })
                .limit(n)
                .toList();
    }

    @Test
    void tellsAnAxisFromNoise() {
        AxisStability stability = AxisStability.estimate(ASSISTANT, roles(30), 200, 1);
        AxisStability.LayerStability real = stability.layers().get(0);
        AxisStability.LayerStability noise = stability.layers().get(1);

        assertThat(real.layer()).isEqualTo(3);
        assertThat(real.splitHalf()).isGreaterThan(0.99);
        assertThat(real.bootstrapLow()).isGreaterThan(0.99).isLessThanOrEqualTo(real.bootstrapMedian());
        assertThat(noise.splitHalf()).isBetween(-0.3, 0.3);
        assertThat(noise.bootstrapLow()).isLessThan(0.75);
    }

    @Test
    void theSeedDecides() {
        List<LayerVectors> roles = roles(6);
        assertThat(AxisStability.estimate(ASSISTANT, roles, 20, 4))
                .isEqualTo(AxisStability.estimate(ASSISTANT, roles, 20, 4))
                .isNotEqualTo(AxisStability.estimate(ASSISTANT, roles, 20, 5));
    }

    @Test
    void rolesThatAreAllTheSameGiveTheSameAxisAlways() {
        LayerVectors role = roles(1).get(0);
        AxisStability stability = AxisStability.estimate(ASSISTANT, List.of(role, role, role), 5, 1);
        assertThat(stability.layers()).allSatisfy(layer -> {
            assertThat(layer.splitHalf()).isCloseTo(1, within(1e-6));
            assertThat(layer.bootstrapLow()).isCloseTo(1, within(1e-6));
        });
    }

    @Test
    void needsTwoRoles() {
        assertThatThrownBy(() -> AxisStability.estimate(ASSISTANT, roles(1), 5, 1))
                .hasMessageContaining("expected at least 2 roles");
    }
}
