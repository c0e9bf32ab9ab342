package dev.plumbline.model.family;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.plumbline.model.KvCache;
import dev.plumbline.model.Segment;
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
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every family must keep: agreement with the reference on tiny checkpoints with random weights, and the same numbers
 * however the tokens arrive. Extended once per family.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FamilyContractTest {

    /** Largest difference allowed, as a share of the tensor's root mean square. */
    private static final double TOLERANCE = 1e-4;

    private static final int PROMPTS = GreedyText.PROMPTS;

    /** Their directory under the test resources. */
    abstract String family();

    /** Checkpoint directories with a golden.safetensors each. */
    Stream<Path> checkpoints() {
        try (Stream<Path> directories = Files.list(Path.of(
                FamilyContractTest.class.getResource("/checkpoints/" + family()).toURI()))) {
            return directories.sorted().toList().stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Body {
        void run(Model model);
    }

    /** A loaded checkpoint with what the reference computed of it. */
    private record Model(Decoder decoder, SafetensorsFile golden) {
        int[] ids(int n) {
            return GreedyText.ints(golden, "ids." + n);
        }

        /** As much of the longest prompt as can be read piece by piece. */
        int[] cacheableIds() {
            int[] ids = ids(PROMPTS - 1);
            return Arrays.copyOf(ids, Math.min(ids.length, decoder.config().longestContinuation(1)));
        }

        KvCache cache(int slots) {
            return new KvCache(decoder.config(), slots, 512, decoder.dtype(), decoder.device());
        }
    }

    private static void with(Path directory, DType dtype, Body body) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        try (Weights weights = checkpoint.weights(dtype, Device.CPU);
                TensorScope scope = TensorScope.open()) {
            Decoder decoder = Families.decoder(checkpoint, weights);
            weights.seal();
            body.run(new Model(decoder, SafetensorsFile.read(directory.resolve("golden.safetensors"))));
        }
    }

    private static Segment segment(int[] ids, int slot, int start, HookPlan plan) {
        return new Segment(
                ids, slot, new TokenRun(slot, SequenceLayout.prompt(start + ids.length), start, ids.length, plan));
    }

    private static float[] logits(Decoder decoder, List<Segment> segments, Optional<KvCache> cache, Goal goal) {
        try (TensorScope scope = TensorScope.open()) {
            return decoder.forward(segments, cache, goal).orElseThrow().toFloats();
        }
    }

    /** RESID_POST of every layer, of the sequence in a slot, as {@code [L, T, D]}. */
    private static final class Residuals {
        private final TreeMap<Integer, List<float[]>> layers = new TreeMap<>();
        private final HookPlan plan;

        Residuals(int nLayers) {
            List<Site> sites =
                    IntStream.range(0, nLayers).mapToObj(Site::residPost).toList();
            plan = HookPlan.empty()
                    .record(
                            sites,
                            Positions.ALL,
                            rows -> (site, x) -> layers.computeIfAbsent(site.layer(), l -> new ArrayList<>())
                                    .add(x.toFloats()));
        }

        float[] all() {
            int size = layers.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(x -> x.length)
                    .sum();
            float[] joined = new float[size];
            int at = 0;
            for (List<float[]> parts : layers.values()) {
                for (float[] part : parts) {
                    System.arraycopy(part, 0, joined, at, part.length);
                    at += part.length;
                }
            }
            return joined;
        }
    }

    private static void assertClose(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        double squares = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += (double) expected[i] * expected[i];
            worst = Math.max(worst, Math.abs((double) expected[i] - found[i]));
        }
        double rms = Math.sqrt(squares / expected.length);
        assertThat(worst / rms).as("largest difference as a share of the RMS").isLessThan(tolerance);
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void residualsAndLogitsAgreeWithTheReference(Path directory) {
        Fidelity found = Fidelity.measure(directory, DType.F32);

        assertThat(found.residuals().worst()).isLessThan(TOLERANCE);
        assertThat(found.logits().worst()).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void greedyDecodingOfABatchAgreesWithTheReference(Path directory) {
        with(directory, DType.F32, model -> assertThat(GreedyText.of(model.decoder(), model.golden()))
                .isDeepEqualTo(GreedyText.ofTheReference(model.golden())));
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void cachedDecodingAgreesWithOneFullPass(Path directory) {
        with(directory, DType.F32, model -> {
            int[] ids = model.cacheableIds();
            int given = ids.length / 3;
            Residuals full = new Residuals(model.decoder().config().nLayers());
            float[] expected =
                    logits(model.decoder(), List.of(segment(ids, 0, 0, full.plan)), Optional.empty(), Goal.NEXT_TOKEN);

            Residuals steps = new Residuals(model.decoder().config().nLayers());
            float[] found = {};
            try (KvCache cache = model.cache(1)) {
                int[] ends = IntStream.concat(
                                IntStream.of(given, given + 4), IntStream.rangeClosed(given + 5, ids.length))
                        .toArray();
                int start = 0;
                for (int end : ends) {
                    Segment segment = segment(Arrays.copyOfRange(ids, start, end), 0, start, steps.plan);
                    found = logits(model.decoder(), List.of(segment), Optional.of(cache), Goal.NEXT_TOKEN);
                    start = end;
                }
            }

            assertClose(found, expected, TOLERANCE);
            assertClose(steps.all(), full.all(), TOLERANCE);
        });
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void packedSequencesAgreeWithOneByOne(Path directory) {
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            with(directory, dtype, model -> {
                List<Segment> packed = new ArrayList<>();
                float[][] alone = new float[5][];
                for (int n = 0; n < alone.length; n++) {
                    int[] ids = model.ids(n % PROMPTS);
                    packed.add(segment(ids, n, 0, HookPlan.empty()));
                    alone[n] = logits(
                            model.decoder(),
                            List.of(segment(ids, 0, 0, HookPlan.empty())),
                            Optional.empty(),
                            Goal.NEXT_TOKEN);
                }
                float[] together = logits(model.decoder(), packed, Optional.empty(), Goal.NEXT_TOKEN);

                int v = model.decoder().config().vocabSize();
                for (int n = 0; n < alone.length; n++) {
                    assertClose(
                            Arrays.copyOfRange(together, n * v, (n + 1) * v),
                            alone[n],
                            dtype == DType.F32 ? TOLERANCE : 0.2);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void oneStreamMayMixNewAndContinuedSequences(Path directory) {
        with(directory, DType.F32, model -> {
            int[] ids = model.cacheableIds();
            float[] expected = logits(
                    model.decoder(), List.of(segment(ids, 0, 0, HookPlan.empty())), Optional.empty(), Goal.NEXT_TOKEN);
            int[] seen = {0, 5, ids.length - 1, ids.length - 3, ids.length - 1};
            try (KvCache cache = model.cache(seen.length)) {
                List<Segment> rest = new ArrayList<>();
                for (int slot = 0; slot < seen.length; slot++) {
                    if (seen[slot] > 0) {
                        model.decoder()
                                .forward(
                                        List.of(segment(Arrays.copyOf(ids, seen[slot]), slot, 0, HookPlan.empty())),
                                        Optional.of(cache),
                                        Goal.CACHE);
                    }
                    rest.add(segment(
                            Arrays.copyOfRange(ids, seen[slot], ids.length), slot, seen[slot], HookPlan.empty()));
                }
                float[] found = logits(model.decoder(), rest, Optional.of(cache), Goal.NEXT_TOKEN);
                for (int slot = 0; slot < seen.length; slot++) {
                    assertClose(
                            Arrays.copyOfRange(found, slot * expected.length, (slot + 1) * expected.length),
                            expected,
                            TOLERANCE);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void hooksThatChangeNothingChangeNoBit(Path directory) {
        with(directory, DType.F32, model -> {
            int[] ids = model.ids(PROMPTS - 1);
            float[] plain = logits(
                    model.decoder(), List.of(segment(ids, 0, 0, HookPlan.empty())), Optional.empty(), Goal.ALL_LOGITS);
            HookPlan watching = new Residuals(model.decoder().config().nLayers())
                    .plan.edit(Site.residPost(0), Positions.LAST, x -> x);

            float[] hooked =
                    logits(model.decoder(), List.of(segment(ids, 0, 0, watching)), Optional.empty(), Goal.ALL_LOGITS);

            assertThat(hooked).isEqualTo(plain);
        });
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void sixteenBitsErrNoMoreThanTheReferenceDoes(Path directory) {
        Fidelity reference = Fidelity.ofTheReference(directory);

        Fidelity found = Fidelity.measure(directory, DType.BF16);

        assertThat(found.residuals().rms())
                .isLessThan(1.5 * reference.residuals().rms());
        assertThat(found.logits().rms()).isLessThan(1.5 * reference.logits().rms());
    }
}
