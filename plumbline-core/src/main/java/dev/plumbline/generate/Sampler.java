package dev.plumbline.generate;

import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Chooses next tokens. What it draws for a sequence depends on that sequence's logits, seed and step, and nothing else. */
final class Sampler {

    private final Sampling sampling;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
    }

    /** Which number of which stream decides a row. */
    record Draw(long seed, int step) {
        double uniform() {
            return CounterRandom.uniform(seed, step);
        }
    }

    /**
     * One token for each row.
     *
     * @param logits {@code [B, V]} in fp32
     * @param draws one for each row
     */
    int[] sample(Tensor logits, Draw... draws) {
        try (TensorScope scope = TensorScope.open()) {
            if (sampling.temperature() == 0) {
                return Arrays.stream(logits.argmax(-1).toLongs())
                        .mapToInt(id -> (int) id)
                        .toArray();
            }
            Tensor probabilities = logits.div(sampling.temperature()).softmax(-1);
            double[] uniforms = Arrays.stream(draws).mapToDouble(Draw::uniform).toArray();
            return logits.device().equals(Device.CPU)
                    ? drawOnHost(probabilities, uniforms)
                    : new BatchedDraw(probabilities).draw(sampling.topK(), sampling.topP(), uniforms);
        }
    }

    /** Row by row, in parallel: with a whole vocabulary in the processor's memory, that needs no sort. */
    private int[] drawOnHost(Tensor probabilities, double[] uniforms) {
        int vocabSize = (int) probabilities.size(1);
        FloatBuffer all = probabilities.floatsOnHost();
        int[] tokens = new int[uniforms.length];
        IntStream.range(0, tokens.length).parallel().forEach(i -> {
            float[] row = new float[vocabSize];
            all.get(i * vocabSize, row);
            tokens[i] = new TokenDistribution(row).draw(sampling.topK(), sampling.topP(), uniforms[i]);
        });
        return tokens;
    }
}
