package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.RandomTensors;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final int ROWS = 24;
    private static final int VOCAB = 3000;

    /** Logits of a 16-bit model are counted; what is drawn is what a softmax of the same logits draws. */
    @Test
    void countingDrawsWhatTheSoftmaxDraws() {
        Sampler.Draw[] draws = IntStream.range(0, ROWS)
                .mapToObj(row -> new Sampler.Draw(row, 1))
                .toArray(Sampler.Draw[]::new);
        for (Sampling sampling :
                new Sampling[] {new Sampling(1, 1, 0, 1), new Sampling(0.7, 0.9, 0, 1), new Sampling(1.3, 0.95, 40, 1)
                }) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor logits = RandomTensors.normal(new Random(5), DType.BF16, ROWS, VOCAB)
                        .mul(3)
                        .to(DType.F32);

                int[] counted = new Sampler(sampling, true).sample(logits, draws);

                assertThat(new Sampler(sampling, false).sample(logits, draws)).isEqualTo(counted);
                assertThat(IntStream.of(counted).distinct().count()).isGreaterThan(ROWS / 2);
            }
        }
    }
}
