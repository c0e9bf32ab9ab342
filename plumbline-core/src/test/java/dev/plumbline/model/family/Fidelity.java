package dev.plumbline.model.family;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.Segment;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far numbers computed with a tiny checkpoint are from the reference's in fp32, over all its prompts. Each tensor, that
 * is, a prompt's logits or its residual stream after one block, is first divided by its own root mean square.
 */
record Fidelity(Deviation residuals, Deviation logits) {

    private static final String GOLDEN = "golden.safetensors";

    /**
     * Differences of tensors.
     *
     * @param rms their root mean square
     * @param worst the largest
     */
    record Deviation(double rms, double worst) {}

    /** The reference's own error in bf16. */
    static Fidelity ofTheReference(Path directory) {
        return ofTheReference(directory, "bf16_error");
    }

    /** As {@link #ofTheReference(Path)}, on the long text. */
    static Fidelity ofTheReferenceFarAway(Path directory) {
        return ofTheReference(directory, "long.bf16_error");
    }

    private static Fidelity ofTheReference(Path directory, String name) {
        float[] values = golden(directory).load(name).toFloats();
        return new Fidelity(new Deviation(values[0], values[1]), new Deviation(values[2], values[3]));
    }

    /** The number of tokens of the checkpoint's long text, or 0 if it has none. */
    static int farthest(Path directory) {
        SafetensorsFile golden = golden(directory);
        return golden.tensors().containsKey("long.ids") ? GreedyText.ints(golden, "long.ids").length : 0;
    }

    private static SafetensorsFile golden(Path directory) {
        return SafetensorsFile.read(directory.resolve(GOLDEN));
    }

    /** The error of this library in some type. */
    static Fidelity measure(Path directory, DType dtype) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        SafetensorsFile golden = golden(directory);
        Sum residuals = new Sum();
        Sum logits = new Sum();
        try (Weights weights = checkpoint.weights(dtype, Device.CPU);
                TensorScope scope = TensorScope.open()) {
            Decoder decoder = Families.decoder(checkpoint, weights);
            for (int n = 0; n < GreedyText.PROMPTS; n++) {
                List<float[]> blocks = new ArrayList<>();
                logits.add(logits(decoder, GreedyText.ints(golden, "ids." + n), blocks), floats(golden, "logits." + n));
                addEach(residuals, blocks, floats(golden, "resid_post." + n));
            }
        }
        return new Fidelity(residuals.deviation(), logits.deviation());
    }

    /** As {@link #measure}, at some tokens of the long text. */
    static Fidelity measureFarAway(Path directory, DType dtype) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        SafetensorsFile golden = golden(directory);
        Sum residuals = new Sum();
        Sum logits = new Sum();
        try (Weights weights = checkpoint.weights(dtype, Device.CPU);
                TensorScope scope = TensorScope.open()) {
            Decoder decoder = Families.decoder(checkpoint, weights);
            int[] positions = GreedyText.ints(golden, "long.positions");
            List<float[]> blocks = new ArrayList<>();
            float[] all = logits(decoder, GreedyText.ints(golden, "long.ids"), blocks);
            blocks.replaceAll(block -> rows(block, decoder.config().dModel(), positions));
            logits.add(rows(all, decoder.config().vocabSize(), positions), floats(golden, "long.logits"));
            addEach(residuals, blocks, floats(golden, "long.resid_post"));
        }
        return new Fidelity(residuals.deviation(), logits.deviation());
    }

    private static float[] rows(float[] values, int width, int[] rows) {
        float[] chosen = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, chosen, i * width, width);
        }
        return chosen;
    }

    private static float[] logits(Decoder decoder, int[] ids, List<float[]> blocks) {
        List<Site> sites = IntStream.range(0, decoder.config().nLayers())
                .mapToObj(Site::residPost)
                .toList();
        HookPlan plan = HookPlan.empty().record(sites, Positions.ALL, rows -> (site, x) -> blocks.add(x.toFloats()));
        TokenRun run = new TokenRun(0, SequenceLayout.prompt(ids.length), 0, ids.length, plan);
        return decoder.forward(List.of(new Segment(ids, 0, run)), Optional.empty(), Goal.ALL_LOGITS)
                .orElseThrow()
                .toFloats();
    }

    private static float[] floats(SafetensorsFile golden, String name) {
        return golden.load(name).toFloats();
    }

    private static void addEach(Sum sum, List<float[]> found, float[] expected) {
        int size = expected.length / found.size();
        for (int layer = 0; layer < found.size(); layer++) {
            sum.add(found.get(layer), Arrays.copyOfRange(expected, layer * size, (layer + 1) * size));
        }
    }

    private static final class Sum {
        private double squares;
        private double worst;
        private long count;

        void add(float[] found, float[] expected) {
            if (found.length != expected.length) {
                throw new IllegalArgumentException(found.length + " values; expected " + expected.length);
            }
            double rms = rms(expected);
            for (int i = 0; i < expected.length; i++) {
                double difference = Math.abs((double) found[i] - expected[i]) / rms;
                squares += difference * difference;
                worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
            }
            count += expected.length;
        }

        private static double rms(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += (double) value * value;
            }
            return Math.sqrt(sum / values.length);
        }

        Deviation deviation() {
            return new Deviation(Math.sqrt(squares / count), worst);
        }
    }
}
