package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.hook.HookPoint;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanAccumulatorTest {

    private static final int[] LAYERS = {1, 4};

    private static LayerVectors vectors(float a, float b, float c, float d) {
        return LayerVectors.residPost(LAYERS, new float[][] {{a, b}, {c, d}});
    }

    private static MeanAccumulator empty() {
        return new MeanAccumulator(HookPoint.RESID_POST, LAYERS, 2);
    }

    @Test
    void averages() {
        MeanAccumulator mean = empty();
        mean.add(vectors(1, 2, 3, 4));
        mean.add(vectors(3, 2, 1, 0));
        assertThat(mean.count()).isEqualTo(2);
        assertThat(mean.mean()).isEqualTo(vectors(2, 2, 2, 2));
    }

    @Test
    void partsMergeIntoTheWhole() {
        Random random = new Random(3);
        MeanAccumulator whole = empty();
        MeanAccumulator first = empty();
        MeanAccumulator second = empty();
        for (int i = 0; i < 40; i++) {
            LayerVectors each =
                    vectors(random.nextInt(100), random.nextInt(100), random.nextInt(100), random.nextInt(100));
            whole.add(each);
            (i < 13 ? first : second).add(each);
        }
        first.merge(second);
        first.merge(empty());
        assertThat(first.count()).isEqualTo(40);
        assertThat(first.mean()).isEqualTo(whole.mean());
    }

    /** In fp32 a sum of 2^24 ones and one more would not move. */
    @Test
    void sumsAndSubtractsInDoublePrecision() {
        MeanAccumulator large = empty();
        large.add(vectors(1 << 24, 0, 0, 0));
        large.add(vectors(1, 0, 0, 0));
        MeanAccumulator base = MeanAccumulator.startingWith(vectors(1 << 23, 0, 0, 0));
        assertThat(large.meanMinus(base)).isEqualTo(vectors(0.5f, 0, 0, 0));
    }

    @Test
    void refusesOtherSitesAndEmptyMeans() {
        assertThatThrownBy(() -> empty().mean()).hasMessage("Nothing was added, so there is no mean");
        assertThatThrownBy(() -> empty().add(LayerVectors.residPost(new int[] {1}, new float[][] {{1, 2}})))
                .hasMessage(
                        "Found vectors of 2 components at RESID_POST of layers [1]; expected vectors of 2 components"
                                + " at RESID_POST of layers [1, 4]");
        assertThatThrownBy(() -> empty().merge(new MeanAccumulator(HookPoint.RESID_PRE, LAYERS, 2)))
                .hasMessageContaining("RESID_PRE");
    }
}
