package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.RandomTensors;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputLogitsTest {

    @ParameterizedTest
    @CsvSource({"1, 0, true", "16, 0, true", "0.25, 0, true", "10, 0, false", "3, 0, false", "1, 30, false"})
    void saysWhetherLogitsStaySixteenBitsWide(double divisor, double cap, boolean expected) {
        OutputLogits logits = new OutputLogits(divisor, cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap));
        try (TensorScope scope = TensorScope.open()) {
            Tensor sixteenBits =
                    RandomTensors.normal(new Random(1), DType.BF16, 1000).mul(8).to(DType.F32);
            float[] found = logits.apply(sixteenBits).toFloats();

            boolean stay =
                    IntStream.range(0, found.length).allMatch(i -> (short) Float.floatToRawIntBits(found[i]) == 0);
            assertThat(stay).isEqualTo(expected);
            assertThat(logits.keepsSixteenBits()).isEqualTo(expected);
        }
    }
}
