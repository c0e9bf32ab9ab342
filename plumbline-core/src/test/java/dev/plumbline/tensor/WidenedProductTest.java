package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidenedProductTest {

    /** The last shapes take more than one piece of the weight, and one row of it that is larger than a piece. */
    @ParameterizedTest
    @CsvSource({"1, 48, 32", "5, 48, 32", "6, 48, 32", "33, 7, 129", "8, 5000, 300", "7, 3, 1100000"})
    void isTheProductInFp32RoundedOnce(int rows, int out, int in) {
        Random random = new Random(rows);
        for (boolean biased : new boolean[] {false, true}) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor x = RandomTensors.normal(random, DType.BF16, rows, in);
                Tensor weight = RandomTensors.normal(random, DType.BF16, out, in);
                Optional<Tensor> bias =
                        biased ? Optional.of(RandomTensors.normal(random, DType.BF16, out)) : Optional.empty();
                Tensor exact = x.to(DType.F32).linear(weight.to(DType.F32), bias.map(b -> b.to(DType.F32)));

                Tensor found = WidenedProduct.of(x, weight, bias);

                assertThat(found.dtype()).isEqualTo(DType.BF16);
                assertThat(found.shape()).containsExactly(rows, out);
                float[] expected = exact.toFloats();
                float[] values = found.to(DType.F32).toFloats();
                double unit = Math.sqrt(in); // the size of a typical element
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) values[i] - expected[i])
                            .isBetween(
                                    -Math.abs(expected[i]) / 256 - 1e-4 * unit,
                                    Math.abs(expected[i]) / 256 + 1e-4 * unit);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "9"})
    void keepsTheShapeOfABatch(int rows) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = RandomTensors.normal(new Random(1), DType.BF16, 2, rows, 16);

            assertThat(WidenedProduct.of(x, RandomTensors.normal(new Random(2), DType.BF16, 8, 16), Optional.empty())
                            .shape())
                    .containsExactly(2, rows, 8);
        }
    }
}
