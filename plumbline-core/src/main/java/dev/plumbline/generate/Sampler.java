package dev.plumbline.generate;

import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Chooses next tokens. What it draws for a sequence depends on that sequence's logits, seed and step, and nothing else. */
final class Sampler {

    private final Sampling sampling;
    private final boolean counts;

    /** @param sixteenBits whether logits have no more; then they have few different values, which are counted */
    Sampler(Sampling sampling, boolean sixteenBits) {
        this.sampling = sampling;
        this.counts = sixteenBits;
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
            if (!logits.device().equals(Device.CPU)) {
                return new BatchedDraw(probabilities(logits)).draw(sampling.topK(), sampling.topP(), uniforms);
            }
            return counts
                    ? drawOnHost(logits, uniforms, this::drawCounted)
                    : drawOnHost(probabilities(logits), uniforms, this::drawRanked);
        }
    }

    private Tensor probabilities(Tensor logits) {
        return logits.div(sampling.temperature()).softmax(-1);
    }

    /** Draws for the rows that are put into an array. */
    @FunctionalInterface
    private interface RowDraw {
        int at(double uniform);
    }

    /** Row by row, on as many threads as there are processors: with a whole vocabulary in one's memory, that needs no sort. */
    private static int[] drawOnHost(Tensor rows, double[] uniforms, Function<float[], RowDraw> drawFrom) {
        int vocabSize = (int) rows.size(1);
        FloatBuffer all = rows.floatsOnHost();
        int[] tokens = new int[uniforms.length];
        int workers = Math.min(tokens.length, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, workers).parallel().forEach(worker -> {
            float[] row = new float[vocabSize];
            RowDraw draw = drawFrom.apply(row);
            for (int i = worker; i < tokens.length; i += workers) {
                all.get(i * vocabSize, row);
                tokens[i] = draw.at(uniforms[i]);
            }
        });
        return tokens;
    }

    private RowDraw drawRanked(float[] probabilities) {
        return uniform -> new TokenDistribution(probabilities).draw(sampling.topK(), sampling.topP(), uniform);
    }

    /** Logits so small that a division took bits from them are weighed one by one. */
    private RowDraw drawCounted(float[] logits) {
        CountedLogits counted = new CountedLogits(logits);
        return uniform -> counted.count()
                ? counted.draw(sampling.temperature(), sampling.topK(), sampling.topP(), uniform)
                : TokenDistribution.ofLogits(logits, sampling.temperature())
                        .draw(sampling.topK(), sampling.topP(), uniform);
    }
}
