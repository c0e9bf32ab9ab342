package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.RandomTensors;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionKernelTest {
    private static final int B = 4;
    private static final int K = 2;
    private static final int G = 3;
    private static final int E = 64;

    /** Few keys are widened, and of many 16-bit products made: both give what fp32 gives. */
    @ParameterizedTest
    @ValueSource(ints = {5, 512, 513, 700})
    void oneQueryAttendsToFewKeysAndToMany(int s) {
        Random random = new Random(s);
        HeadScores scores = new HeadScores(AttentionScores.of(E), Optional.empty());
        try (TensorScope scope = TensorScope.open()) {
            Tensor query = RandomTensors.normal(random, DType.BF16, B, K, G, E);
            Tensor key = RandomTensors.normal(random, DType.BF16, B, K, s, E);
            Tensor value = RandomTensors.normal(random, DType.BF16, B, K, s, E);
            Tensor bias = Tensor.zeros(DType.F32, Device.CPU, B, 1, s);

            Tensor found = AttentionKernel.EAGER.attendOne(query, key, value, Optional.of(bias), scores);

            assertThat(found.dtype()).isEqualTo(DType.BF16);
            Tensor exact = AttentionKernel.FUSED.attendOne(
                    query.to(DType.F32), key.to(DType.F32), value.to(DType.F32), Optional.of(bias), scores);
            assertThat(difference(found, exact)).isPositive().isLessThan(0.01);
        }
    }

    /** A part of each head's keys, without a mask, is what a mask leaves of all of them. */
    @ParameterizedTest
    @EnumSource
    void oneQueryAttendsToAPartOfTheKeys(AttentionKernel kernel) {
        for (Optional<Double> cap : List.of(Optional.<Double>empty(), Optional.of(5.0))) {
            if (kernel == AttentionKernel.FUSED && cap.isPresent()) {
                continue; // it has no caps
            }
            Random random = new Random(7);
            HeadScores scores = new HeadScores(
                    new AttentionScores(0.125, cap.stream().mapToDouble(c -> c).findFirst()), Optional.empty());
            try (TensorScope scope = TensorScope.open()) {
                Tensor query = RandomTensors.normal(random, DType.BF16, 1, K, G, E);
                Tensor key =
                        RandomTensors.normal(random, DType.BF16, B, K, 40, E).narrow(0, 2, 1);
                Tensor value =
                        RandomTensors.normal(random, DType.BF16, B, K, 40, E).narrow(0, 2, 1);
                float[] mask = new float[40];
                Arrays.fill(mask, Float.NEGATIVE_INFINITY);
                Arrays.fill(mask, 5, 30, 0);
                Tensor bias = Tensor.of(mask, 1, 1, 40).to(kernel.biasOfOne(DType.BF16));

                Tensor masked = kernel.attendOne(query, key, value, Optional.of(bias), scores);
                Tensor part =
                        kernel.attendOne(query, key.narrow(2, 5, 25), value.narrow(2, 5, 25), Optional.empty(), scores);

                assertThat(part.dtype()).isEqualTo(DType.BF16);
                assertThat(difference(part, masked)).isLessThan(0.005);
            }
        }
    }

    /** Of the size of the second. */
    private static double difference(Tensor found, Tensor expected) {
        float[] values = found.toFloats();
        float[] exact = expected.toFloats();
        double squares = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += Math.pow(values[i] - exact[i], 2);
            size += Math.pow(exact[i], 2);
        }
        return Math.sqrt(squares / size);
    }
}
