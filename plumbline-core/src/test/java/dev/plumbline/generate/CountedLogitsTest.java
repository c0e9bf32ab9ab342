package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedLogitsTest {

    private static CountedLogits of(float... logits) {
        return new CountedLogits(logits);
    }

    private static int draw(float[] logits, double temperature, int topK, double topP, double uniform) {
        CountedLogits counted = of(logits);
        assertThat(counted.count()).isTrue();
        return counted.draw(temperature, topK, topP, uniform);
    }

    private static float bf16(double value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits((float) value) & 0xffff0000);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 0.9", "0, 0.3", "5, 1", "50, 0.8", "1, 1", "299, 0.999", "1000, 1", "0, 1e-9"})
    void drawsWhatADistributionInFullPrecisionDraws(int topK, double topP) {
        Random random = new Random(topK * 31L + (long) (topP * 1000));
        float[] row = new float[300];
        CountedLogits reused = new CountedLogits(row);
        for (int trial = 0; trial < 300; trial++) {
            double sharpness = 6 * random.nextDouble();
            double temperature = random.nextDouble(0.3, 2);
            float[] logits = new float[300];
            for (int id = 0; id < logits.length; id++) {
                logits[id] = random.nextInt(10) == 0
                        ? Float.NEGATIVE_INFINITY
                        : bf16(sharpness * Math.round(4 * random.nextGaussian()) / 4);
            }
            double uniform = random.nextDouble();
            System.arraycopy(logits, 0, row, 0, logits.length);

            assertThat(reused.count()).isTrue();
            assertThat(reused.draw(temperature, topK, topP, uniform))
                    .isEqualTo(TokenDistribution.ofLogits(logits, temperature).draw(topK, topP, uniform));
        }
    }

    @Test
    void ofEqualLogitsTheLowerIdsAreKept() {
        float[] equal = {1, 1, 1, 1};

        assertThat(draw(equal, 1, 2, 1, Math.nextDown(1.0))).isEqualTo(1);
        assertThat(draw(equal, 1, 0, 0.6, Math.nextDown(1.0))).isEqualTo(2);
        assertThat(draw(new float[] {-0f, 0, -0f, 0}, 1, 3, 1, Math.nextDown(1.0)))
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeDrawnIsNeverDrawn() {
        float[] logits = {Float.NEGATIVE_INFINITY, 1, -32768, 1, Float.NEGATIVE_INFINITY};

        assertThat(draw(logits, 1, 0, 1, 0)).isEqualTo(1);
        assertThat(draw(logits, 1, 0, 1, Math.nextDown(1.0))).isEqualTo(3);
        assertThat(draw(logits, 1, 4, 1, Math.nextDown(1.0))).isEqualTo(3);
    }

    @Test
    void logitsOfMoreBitsAreNotCounted() {
        assertThat(of(1, 1.5f, -2).count()).isTrue();
        assertThat(of(1, 1.50001f, -2).count()).isFalse();
    }

    @Test
    void logitsThatAreNotFiniteAreRefused() {
        float negativeNan = Float.intBitsToFloat(0xffc00000);
        float[] impossible = new float[3];
        Arrays.fill(impossible, Float.NEGATIVE_INFINITY);

        for (float[] logits :
                new float[][] {{1, Float.NaN}, {1, negativeNan}, {1, Float.POSITIVE_INFINITY}, impossible}) {
            assertThatThrownBy(() -> draw(logits, 1, 0, 0.9, 0.5))
                    .as(Arrays.toString(logits))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not finite");
        }
    }
}
