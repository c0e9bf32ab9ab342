package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.hook.Site;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionTest {

    private static final Site SITE = Site.residPost(3);

    @Test
    void projectsOnTheUnitVector() {
        Direction direction = new Direction(SITE, new float[] {3, 0, 4});
        assertThat(direction.norm()).isEqualTo(5);
        assertThat(direction.unit().vector()).containsExactly(0.6f, 0, 0.8f);
        assertThat(direction.dot(new float[] {1, 9, 1})).isEqualTo(7);
        assertThat(direction.projection(new float[] {1, 9, 1})).isCloseTo(1.4, within(1e-12));
        assertThat(direction.negated().projection(new float[] {1, 9, 1})).isCloseTo(-1.4, within(1e-12));
        assertThat(direction.cosine(new float[] {3, 0, 4})).isCloseTo(1, within(1e-12));
        assertThat(direction.cosine(new float[] {0, 2, 0})).isZero();
        assertThat(direction.cosine(new float[3])).isZero();
        assertThat(direction.cosine(new Direction(Site.residPost(9), new float[] {1, 0, 0})))
                .isCloseTo(0.6, within(1e-12));
    }

    @Test
    void projectionDoesNotDependOnTheLengthOfTheDirection() {
        Random random = new Random(5);
        for (int trial = 0; trial < 20; trial++) {
            float[] vector = gaussian(random, 64);
            float[] activation = gaussian(random, 64);
            float[] longer = vector.clone();
            for (int j = 0; j < longer.length; j++) {
                longer[j] *= 1024;
            }
            assertThat(new Direction(SITE, longer).projection(activation))
                    .isEqualTo(new Direction(SITE, vector).projection(activation));
        }
    }

    /** In fp32 the sum would lose the ones. */
    @Test
    void accumulatesInDoublePrecision() {
        Direction ones = new Direction(SITE, new float[] {1, 1, 1, 1});
        assertThat(ones.dot(new float[] {1e9f, 1, 1, -1e9f})).isEqualTo(2);
    }

    @Test
    void keepsItsOwnCopy() {
        float[] vector = {1, 2};
        Direction direction = new Direction(SITE, vector);
        vector[0] = 100;
        direction.vector()[1] = 100;
        assertThat(direction).isEqualTo(new Direction(SITE, new float[] {1, 2}));
    }

    @Test
    void refusesWhatIsNoDirection() {
        assertThatThrownBy(() -> new Direction(SITE, new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 3 (RESID_POST)")
                .hasMessageEndingWith("is zero in all of its 4 components: it points nowhere");
        assertThatThrownBy(() -> new Direction(SITE, new float[] {1, Float.NaN}))
                .hasMessageEndingWith("has NaN as component 1");
        Direction direction = new Direction(SITE, new float[] {1, 2});
        assertThatThrownBy(() -> direction.projection(new float[3]))
                .hasMessage("A vector of 2 components meets one of 3");
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
