package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final int[] IDS =
            IntStream.range(0, 18).map(i -> 3 + 7 * i % 90).toArray();

    private static Weights weights;
    private static Decoder decoder;

    @BeforeAll
    static void load() throws URISyntaxException {
        Checkpoint checkpoint = Checkpoint.open(Path.of(
                DecoderTest.class.getResource("/checkpoints/qwen3/grouped-bf16").toURI()));
        weights = checkpoint.weights(DType.F32, Device.CPU);
        decoder = Families.decoder(checkpoint, weights);
    }

    @AfterAll
    static void close() {
        weights.close();
    }

    /** What hooks saw: for each site, the activations of each position. */
    private static final class Seen {
        private final Map<Site, Map<Integer, float[]>> values =
                new TreeMap<>(Comparator.comparingInt(Site::layer).thenComparing(Site::point));

        HookPlan after(HookPlan plan, Site... sites) {
            return plan.record(List.of(sites), Positions.ALL, rows -> (site, x) -> {
                float[] all = x.toFloats();
                int d = all.length / rows.positions().length;
                for (int i = 0; i < rows.positions().length; i++) {
                    values.computeIfAbsent(site, s -> new TreeMap<>())
                            .put(rows.positions()[i], Arrays.copyOfRange(all, i * d, (i + 1) * d));
                }
            });
        }
    }

    private static Site[] everySite() {
        return IntStream.range(0, 3)
                .boxed()
                .flatMap(layer -> Arrays.stream(HookPoint.values()).map(point -> new Site(layer, point)))
                .toArray(Site[]::new);
    }

    private static Segment segment(SequenceLayout layout, int start, int end, int slot, HookPlan plan) {
        return new Segment(
                Arrays.copyOfRange(IDS, start, end), slot, new TokenRun(slot, layout, start, end - start, plan));
    }

    private static KvCache cache(int slots) {
        return new KvCache(decoder.config(), slots, 64, DType.F32, Device.CPU);
    }

    @Test
    void editsTouchTheSameTokensHoweverTheSequenceArrives() {
        SequenceLayout layout = SequenceLayout.prompt(9).withResponse(3, 6);
        for (Positions positions :
                List.of(Positions.ALL, Positions.PROMPT, Positions.LAST, Positions.GENERATED, Positions.RESPONSE)) {
            for (HookPoint point : HookPoint.values()) {
                HookPlan edit = HookPlan.empty().edit(new Site(1, point), positions, x -> x.mul(-1));
                Seen whole = new Seen();
                forward(List.of(segment(layout, 0, 18, 0, whole.after(edit, everySite()))), Optional.empty());
                Seen pieces = new Seen();
                HookPlan plan = pieces.after(edit, everySite());
                try (KvCache cache = cache(3)) {
                    int start = 0;
                    for (int end : new int[] {4, 9, 10, 11, 14, 15, 16, 17, 18}) {
                        forward(List.of(segment(layout, start, end, 2, plan)), Optional.of(cache));
                        start = end;
                    }
                }
                whole.values.forEach((site, byPosition) -> byPosition.forEach((position, expected) -> {
                    float[] found = pieces.values.get(site).get(position);
                    for (int i = 0; i < expected.length; i++) {
                        assertThat(found[i]).isCloseTo(expected[i], Offset.offset(2e-4f));
                    }
                }));
                assertThat(pieces.values.get(Site.residPost(2))).hasSize(18);
            }
        }
    }

    private static void forward(List<Segment> segments, Optional<KvCache> cache) {
        try (TensorScope scope = TensorScope.open()) {
            decoder.forward(segments, cache, cache.isPresent() ? Goal.CACHE : Goal.HOOKS);
        }
    }

    @Test
    void onlyTheLayersThatSomebodyAskedForAreComputed() {
        List<Site> reached = new ArrayList<>();
        HookPlan early = HookPlan.empty()
                .record(List.of(Site.residPost(0)), Positions.ALL, rows -> (site, x) -> reached.add(site))
                .edit(Site.residPost(2), Positions.GENERATED, x -> {
                    throw new AssertionError("nothing is generated");
                });
        try (TensorScope scope = TensorScope.open()) {
            assertThat(decoder.forward(
                            List.of(segment(SequenceLayout.prompt(18), 0, 18, 0, early)), Optional.empty(), Goal.HOOKS))
                    .isEmpty();
        }
        assertThat(reached).containsExactly(Site.residPost(0));
    }

    @Test
    void aSequenceThatOutgrowsTheCacheIsRefusedBeforeAnythingIsComputed() {
        SequenceLayout layout = SequenceLayout.prompt(9);
        try (KvCache cache = new KvCache(decoder.config(), 1, 4, DType.F32, Device.CPU);
                TensorScope scope = TensorScope.open()) {
            forward(List.of(segment(layout, 0, 4, 0, HookPlan.empty())), Optional.of(cache));
            assertThatThrownBy(() -> forward(List.of(segment(layout, 4, 5, 0, HookPlan.empty())), Optional.of(cache)))
                    .hasMessage("A sequence reaches position 4; the cache has room for 4 tokens of each");
            assertThat(cache.length(0)).isEqualTo(4);
        }
    }

    @Test
    void anInterruptEndsAPassBetweenLayers() {
        List<Segment> segments = List.of(segment(SequenceLayout.prompt(9), 0, 9, 0, HookPlan.empty()));
        Thread.currentThread().interrupt();
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> decoder.forward(segments, Optional.empty(), Decoder.Goal.NEXT_TOKEN))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted before layer 0");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aPassForHooksLeavesTheCacheAsItWas() {
        try (KvCache cache = cache(1);
                TensorScope scope = TensorScope.open()) {
            SequenceLayout layout = SequenceLayout.prompt(9);
            decoder.forward(List.of(segment(layout, 0, 9, 0, HookPlan.empty())), Optional.of(cache), Goal.CACHE);
            float[] expected = next(cache, layout);
            cache.clear(0);
            decoder.forward(List.of(segment(layout, 0, 9, 0, HookPlan.empty())), Optional.of(cache), Goal.CACHE);
            HookPlan plan = HookPlan.empty().edit(Site.residPost(1), Positions.ALL, x -> x.mul(9));
            decoder.forward(List.of(segment(layout, 9, 12, 0, plan)), Optional.of(cache), Goal.HOOKS);

            assertThat(cache.length(0)).isEqualTo(9);
            assertThat(next(cache, layout)).isEqualTo(expected);
        }
    }

    private static float[] next(KvCache cache, SequenceLayout layout) {
        return decoder.forward(
                        List.of(segment(layout, 9, 10, 0, HookPlan.empty())), Optional.of(cache), Goal.NEXT_TOKEN)
                .orElseThrow()
                .toFloats();
    }

    @Test
    void sequencesMayMoveBetweenSlotsAndLeaveHoles() {
        SequenceLayout layout = SequenceLayout.prompt(9);
        try (KvCache cache = cache(6);
                TensorScope scope = TensorScope.open()) {
            for (int slot : new int[] {1, 2, 5}) {
                decoder.forward(List.of(segment(layout, 0, 9, slot, HookPlan.empty())), Optional.of(cache), Goal.CACHE);
            }
            cache.move(5, 3);
            float[] logits = decoder.forward(
                            List.of(
                                    segment(layout, 9, 10, 1, HookPlan.empty()),
                                    segment(layout, 9, 10, 3, HookPlan.empty())),
                            Optional.of(cache),
                            Goal.NEXT_TOKEN)
                    .orElseThrow()
                    .toFloats();
            int v = decoder.config().vocabSize();

            assertThat(cache.length(5)).isZero();
            assertThat(Arrays.copyOfRange(logits, v, 2 * v)).isEqualTo(Arrays.copyOf(logits, v));
        }
    }

    @Test
    void segmentsMustContinueTheirSlot() {
        SequenceLayout layout = SequenceLayout.prompt(9);
        try (KvCache cache = cache(1)) {
            assertThatThrownBy(() -> forward(List.of(segment(layout, 3, 9, 0, HookPlan.empty())), Optional.of(cache)))
                    .hasMessage("Tokens at position 3 do not continue a sequence of 0 cached tokens");
        }
        assertThatThrownBy(() -> forward(List.of(segment(layout, 3, 9, 0, HookPlan.empty())), Optional.empty()))
                .hasMessage("Tokens at position 3 do not continue a sequence of 0 cached tokens");
        assertThatThrownBy(() -> forward(List.of(), Optional.empty())).hasMessageContaining("at least one segment");
    }

    /** 970 tokens, whose mask is held; and 2,100, of whose mask each piece makes its own part. */
    @ParameterizedTest
    @ValueSource(ints = {970, 2100})
    void longQueriesAttendInPiecesWithTheSameResult(int tokens) {
        for (AttentionKind kind :
                List.of(new AttentionKind.Full(), new AttentionKind.Sliding(300), new AttentionKind.Chunked(300))) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor query = Tensor.range(0, 4L * tokens * 2, Device.CPU)
                        .to(DType.F32)
                        .sin()
                        .view(1, 4, tokens, 2);
                Tensor key = query.narrow(1, 0, 2);
                Tensor positions = Tensor.range(0, tokens, Device.CPU).unsqueeze(0);
                AttentionMask.Additive mask = new AttentionMask.Additive(kind, positions, tokens, DType.F32);
                HeadScores scores = new HeadScores(new AttentionScores(0.5, OptionalDouble.empty()), Optional.empty());
                float[] atOnce = AttentionKernel.FUSED
                        .attendBlock(query, key, key, mask.whole(), scores)
                        .toFloats();
                for (AttentionKernel kernel : AttentionKernel.values()) {
                    float[] inPieces =
                            kernel.attend(query, key, key, mask, scores).toFloats();
                    double worst = IntStream.range(0, atOnce.length)
                            .mapToDouble(i -> Math.abs(inPieces[i] - atOnce[i]))
                            .max()
                            .orElseThrow();
                    assertThat(worst).as("%s %s", kernel, kind).isLessThan(1e-5);
                }
            }
        }
    }
}
