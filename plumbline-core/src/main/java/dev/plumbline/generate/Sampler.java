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
            double[] uniforms = Arrays.stream(draws).mapToDouble(Draw::uniform).toArray();
            return logits.device().equals(Device.CPU)
                    ? drawOnHost(logits, uniforms)
                    : new BatchedDraw(logits.div(sampling.temperature()).softmax(-1))
                            .draw(sampling.topK(), sampling.topP(), uniforms);
        }
    }

    /** Row by row, on as many threads as there are processors: with a whole vocabulary in one's memory, that needs no sort. */
    private int[] drawOnHost(Tensor logits, double[] uniforms) {
        int vocabSize = (int) logits.size(1);
        FloatBuffer all = logits.floatsOnHost();
        int[] tokens = new int[uniforms.length];
        int workers = Math.min(tokens.length, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, workers).parallel().forEach(worker -> {
            CountedLogits counted = new CountedLogits(vocabSize);
            for (int row = worker; row < tokens.length; row += workers) {
                all.get(row * vocabSize, counted.row());
                tokens[row] = draw(counted, uniforms[row]);
            }
        });
        return tokens;
    }

    private int draw(CountedLogits counted, double uniform) {
        if (counted.count()) {
            return counted.draw(sampling.temperature(), sampling.topK(), sampling.topP(), uniform);
        }
        return TokenDistribution.ofLogits(counted.row(), sampling.temperature())
                .draw(sampling.topK(), sampling.topP(), uniform);
    }
}
