package dev.plumbline.steer;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.Segment;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.TensorScope;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A checkpoint of the engine's tests, run with a plan per sequence. */
final class TinyModel {

    interface Body {
        void run(TinyModel model);
    }

    /** What each token's residual stream was, {@code [L][tokens][D]}, in the order of the stream. */
    static final class Residuals {
        final List<List<float[]>> layers = new ArrayList<>();

        private Residuals(int nLayers) {
            for (int i = 0; i < nLayers; i++) {
                layers.add(new ArrayList<>());
            }
        }

        /** All components of a layer, or of all layers, in one row. */
        float[] layer(int layer) {
            return joined(layers.get(layer).stream());
        }

        float[] all() {
            return joined(layers.stream().flatMap(List::stream));
        }

        private static float[] joined(Stream<float[]> parts) {
            List<float[]> list = parts.toList();
            float[] joined =
                    new float[list.stream().mapToInt(part -> part.length).sum()];
            int at = 0;
            for (float[] part : list) {
                System.arraycopy(part, 0, joined, at, part.length);
                at += part.length;
            }
            return joined;
        }

        private HookPlan plan() {
            return HookPlan.empty()
                    .record(
                            IntStream.range(0, layers.size())
                                    .mapToObj(Site::residPost)
                                    .toList(),
                            Positions.ALL,
                            rows -> (site, x) -> {
                                float[] values = x.toFloats();
                                int d = (int) x.size(1);
                                for (int i = 0; i < values.length; i += d) {
                                    layers.get(site.layer()).add(Arrays.copyOfRange(values, i, i + d));
                                }
                            });
        }
    }

    final Decoder decoder;

    private TinyModel(Decoder decoder) {
        this.decoder = decoder;
    }

    static Stream<Path> checkpoints() throws IOException, URISyntaxException {
        Path root = Path.of(TinyModel.class.getResource("/checkpoints/qwen3").toURI());
        try (Stream<Path> directories = Files.list(root)) {
            return directories.sorted().toList().stream();
        }
    }

    static void with(Path directory, DType dtype, Body body) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        try (Weights weights = checkpoint.weights(dtype, Device.CPU);
                TensorScope scope = TensorScope.open()) {
            Decoder decoder = Families.decoder(checkpoint, weights);
            weights.seal();
            body.run(new TinyModel(decoder));
        }
    }

    int nLayers() {
        return decoder.config().nLayers();
    }

    int dModel() {
        return decoder.config().dModel();
    }

    int[] ids(int n, long seed) {
        return new SplittableRandom(seed)
                .ints(n, 0, decoder.config().vocabSize())
                .toArray();
    }

    /** Feeds a sequence in chunks that end at the given places, of which the first is the prompt's end. */
    Residuals run(int[] ids, HookPlan plan, int... ends) {
        Residuals residuals = new Residuals(nLayers());
        HookPlan watched = plan.then(residuals.plan());
        SequenceLayout layout = SequenceLayout.prompt(ends[0]);
        try (KvCache cache = new KvCache(decoder.config(), 1, 256, decoder.dtype(), decoder.device())) {
            int start = 0;
            for (int end : ends) {
                try (TensorScope scope = TensorScope.open()) {
                    TokenRun run = new TokenRun(0, layout, start, end - start, watched);
                    decoder.forward(
                            List.of(new Segment(Arrays.copyOfRange(ids, start, end), 0, run)),
                            Optional.of(cache),
                            Decoder.Goal.CACHE);
                }
                start = end;
            }
        }
        return residuals;
    }

    /** One pass over several sequences, each with its plan. */
    List<Residuals> batch(List<int[]> sequences, List<HookPlan> plans) {
        List<Residuals> all = new ArrayList<>();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            Residuals residuals = new Residuals(nLayers());
            all.add(residuals);
            int[] ids = sequences.get(i);
            HookPlan watched = plans.get(i).then(residuals.plan());
            segments.add(
                    new Segment(ids, i, new TokenRun(i, SequenceLayout.prompt(ids.length), 0, ids.length, watched)));
        }
        try (TensorScope scope = TensorScope.open()) {
            decoder.forward(segments, Optional.empty(), Decoder.Goal.HOOKS);
        }
        return all;
    }
}
