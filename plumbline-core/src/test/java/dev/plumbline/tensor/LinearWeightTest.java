package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearWeightTest {

    /** One row, of one and of several leading dimensions, and many; shapes that fill no tile and shapes that do. */
    @ParameterizedTest
    @CsvSource({"1, 48, 32", "1, 7, 129", "1, 1024, 512", "2, 48, 32", "33, 7, 129", "130, 256, 512"})
    void everyLayoutGivesTheProductRoundedOnce(int rows, int out, int in) {
        for (LinearWeight.Layout layout : LinearWeight.Layout.values()) {
            for (DType dtype : new DType[] {DType.BF16, DType.F32}) {
                for (boolean biased : new boolean[] {false, true}) {
                    check(layout, dtype, biased, rows, out, in);
                }
            }
        }
    }

    private static void check(LinearWeight.Layout layout, DType dtype, boolean biased, int rows, int out, int in) {
        Random random = new Random(rows);
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = RandomTensors.normal(random, dtype, 1, rows, in);
            Tensor weight = RandomTensors.normal(random, dtype, out, in);
            Optional<Tensor> bias = biased ? Optional.of(RandomTensors.normal(random, dtype, out)) : Optional.empty();
            float[] exact = x.to(DType.F32)
                    .linear(weight.to(DType.F32), bias.map(b -> b.to(DType.F32)))
                    .toFloats();

            LinearWeight laidOut = LinearWeight.copyOf(weight, Device.CPU, layout);
            Tensor found = x.linear(laidOut, bias);

            assertThat(found.dtype()).isEqualTo(dtype);
            assertThat(found.shape()).containsExactly(1, rows, out);
            float[] values = found.toFloats();
            double rounding = dtype == DType.BF16 ? 1.0 / 256 : 1e-5;
            for (int i = 0; i < exact.length; i++) {
                double tolerance = rounding * Math.abs(exact[i]) + 1e-4 * Math.sqrt(in);
                assertThat((double) values[i])
                        .as("%s %s %s %d", layout, dtype, biased ? "biased" : "plain", i)
                        .isBetween(exact[i] - tolerance, exact[i] + tolerance);
            }
        }
    }
}
