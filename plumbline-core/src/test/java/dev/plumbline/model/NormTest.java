package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {

    private static final int WIDTH = 96;
    private static final double EPS = 1e-6;

    /** Vectors of very different lengths, one dimension of which is far larger than the others, as in real streams. */
    private static float[] stream(int tokens, Random random) {
        float[] values = new float[tokens * WIDTH];
        for (int i = 0; i < values.length; i++) {
            double length = Math.pow(10, i / WIDTH % 6 - 3);
            values[i] = (float) (length * (i % WIDTH == 7 ? 300 : random.nextGaussian()));
        }
        return values;
    }

    /** In double precision, by the formula. */
    private static double[] rmsNorm(float[] x, float[] gain) {
        double[] result = new double[x.length];
        for (int row = 0; row < x.length; row += WIDTH) {
            double squares = 0;
            for (int i = 0; i < WIDTH; i++) {
                squares += (double) x[row + i] * x[row + i];
            }
            for (int i = 0; i < WIDTH; i++) {
                result[row + i] = x[row + i] / Math.sqrt(squares / WIDTH + EPS) * gain[i];
            }
        }
        return result;
    }

    private static MirroredRmsNorm mirrored(Tensor gain, DType dtype) {
        return MirroredRmsNorm.of(gain, EPS, dtype);
    }

    private static LengthRmsNorm byLength(Tensor gain) {
        return new LengthRmsNorm(Optional.of(gain), Tensor.of(new float[] {(float) EPS}, 1));
    }

    private static CpuRmsNorm onCpu(Tensor gain, DType dtype) {
        return new CpuRmsNorm(mirrored(gain, dtype), byLength(gain));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 3000})
    void everyWayDividesByTheRootMeanSquare(int tokens) {
        Random random = new Random(tokens);
        float[] x = stream(tokens, random);
        float[] gain = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            gain[i] = (float) (1 + random.nextGaussian());
        }
        double[] expected = rmsNorm(x, gain);
        try (TensorScope scope = TensorScope.open()) {
            Tensor weight = Tensor.of(gain, WIDTH);
            for (Norm norm : List.of(
                    onCpu(weight, DType.F32),
                    mirrored(weight, DType.F32),
                    byLength(weight),
                    new RmsNorm(Optional.of(weight), EPS))) {
                Tensor given = Tensor.of(x, tokens, WIDTH);
                float[] found = norm.apply(given).toFloats();
                assertThat(given.toFloats()).as("what was given").isEqualTo(x);
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) found[i])
                            .as("%s, element %d", norm.getClass().getSimpleName(), i)
                            .isCloseTo(expected[i], within(2e-6 * (1 + Math.abs(expected[i]))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3000})
    void in16BitsItIsRoundedOnce(int tokens) {
        float[] gain = new float[WIDTH];
        Arrays.fill(gain, 1.25f);
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensor.of(stream(tokens, new Random(1)), tokens, WIDTH).to(DType.BF16);
            double[] expected = rmsNorm(x.toFloats(), gain);
            Tensor weight = Tensor.of(gain, WIDTH);
            for (Norm norm : List.of(onCpu(weight, DType.BF16), mirrored(weight, DType.BF16), byLength(weight))) {
                Tensor result = norm.apply(x);

                assertThat(result.dtype()).isEqualTo(DType.BF16);
                float[] found = result.toFloats();
                for (int i = 0; i < expected.length; i++) {
                    // Half of the distance between neighbouring bf16 numbers, and fp32's own error.
                    assertThat((double) found[i])
                            .isCloseTo(expected[i], within(Math.abs(expected[i]) * 0x1.02p-8 + 1e-7));
                }
            }
        }
    }
}
