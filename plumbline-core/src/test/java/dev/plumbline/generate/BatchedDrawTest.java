package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two ways to draw agree; this one computes with tensors, whose device does not matter to what it does. */
class BatchedDrawTest {

    private static final int ROWS = 40;
    private static final int VOCAB = 300;

    private static int[] draw(float[] probabilities, int rows, int topK, double topP, double... uniforms) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor batch = Tensor.of(probabilities, rows, probabilities.length / rows);
            return new BatchedDraw(batch).draw(topK, topP, uniforms);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 0.9", "0, 0.3", "5, 1", "50, 0.8", "1, 1", "299, 0.999", "1000, 1", "0, 1e-9"})
    void drawsWhatTheOneOnTheHostDraws(int topK, double topP) {
        Random random = new Random(topK * 31L + (long) (topP * 1000));
        for (int trial = 0; trial < 10; trial++) {
            float[] all = new float[ROWS * VOCAB];
            double[] uniforms = random.doubles(ROWS).toArray();
            int[] expected = new int[ROWS];
            for (int row = 0; row < ROWS; row++) {
                float[] p = distribution(random);
                System.arraycopy(p, 0, all, row * VOCAB, VOCAB);
                expected[row] = new TokenDistribution(p).draw(topK, topP, uniforms[row]);
            }
            assertThat(draw(all, ROWS, topK, topP, uniforms)).containsExactly(expected);
        }
    }

    /** From flat to sharp, with many equal probabilities, and some that are zero. */
    private static float[] distribution(Random random) {
        double sharpness = 4 * random.nextDouble();
        float[] p = new float[VOCAB];
        float sum = 0;
        for (int i = 0; i < VOCAB; i++) {
            boolean impossible = random.nextInt(10) == 0;
            p[i] = impossible ? 0 : (float) Math.exp(sharpness * Math.round(2 * random.nextGaussian()));
            sum += p[i];
        }
        for (int i = 0; i < VOCAB; i++) {
            p[i] /= sum;
        }
        return p;
    }

    @Test
    void theEndsOfTheUnitInterval() {
        float[] p = {0, 0.5f, 0, 0.5f, 0};

        assertThat(draw(p, 1, 0, 1, 0)).containsExactly(1);
        assertThat(draw(p, 1, 0, 1, Math.nextDown(1.0))).containsExactly(3);
        assertThat(draw(p, 1, 0, 0.6, Math.nextDown(1.0))).containsExactly(3);
        assertThat(draw(p, 1, 1, 1, Math.nextDown(1.0))).containsExactly(1);
    }

    @Test
    void logitsThatAreNotFiniteAreRefused() {
        float[] p = {0.5f, 0.5f, Float.NaN, Float.NaN};

        assertThatThrownBy(() -> draw(p, 2, 0, 1, 0.5, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not finite");
        assertThatThrownBy(() -> draw(p, 2, 1, 0.9, 0.5, 0.5)).isInstanceOf(IllegalStateException.class);
    }
}
