package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.capture.ResponseMeans;
import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.generate.LoadOptions.Placement;
import dev.plumbline.generate.LoadOptions.Precision;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.TensorData;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContinuousBatchTest {

    private static final Sampling SAMPLED = new Sampling(0.9, 0.95, 0, 24);

    private static Path directory(String name) {
        try {
            return Path.of(ContinuousBatchTest.class
                    .getResource("/checkpoints/qwen3/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LanguageModel model(String name, BatchLimits limits) {
        return LanguageModel.load(
                directory(name),
                LoadOptions.DEFAULT
                        .withPrecision(Precision.F32)
                        .withPlacement(Placement.CPU)
                        .withLimits(limits));
    }

    /** Requests with prompts of 1 to 20 tokens; ids 2 and 7 end a response. */
    private static List<GenerationRequest> requests(int count, HookPlan plan) {
        Random random = new Random(5);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] ids = random.ints(1 + random.nextInt(20), 3, 100).toArray();
            requests.add(new GenerationRequest(TokenSequence.of(ids), Set.of(2, 7, 40, 41), random.nextLong(), plan));
        }
        return requests;
    }

    private static Generation[] generate(
            LanguageModel model, List<GenerationRequest> requests, Sampling sampling, ResponseCapture capture) {
        Generation[] results = new Generation[requests.size()];
        model.continueTokens(requests, sampling, capture, result -> {
            assertThat(results[result.index()]).isNull();
            results[result.index()] = result;
        });
        assertThat(results).doesNotContainNull();
        return results;
    }

    @Test
    void tokensDependOnPromptAndSeedOnly() {
        List<GenerationRequest> requests = requests(40, HookPlan.empty());
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, requests.size()).boxed().toList());
        Collections.shuffle(order, new Random(9));
        List<GenerationRequest> shuffled = order.stream().map(requests::get).toList();
        Generation[] one;
        try (LanguageModel model = model("grouped-bf16", new BatchLimits(1, 2048, 1L << 30))) {
            one = generate(model, requests, SAMPLED, ResponseCapture.none());
        }
        assertThat(Arrays.stream(one).map(Generation::finish).distinct())
                .containsExactlyInAnyOrder(FinishReason.STOP, FinishReason.LENGTH);

        for (BatchLimits limits : List.of(
                new BatchLimits(3, 2048, 1L << 30),
                new BatchLimits(16, 2048, 1L << 30),
                new BatchLimits(16, 25, 20_000))) {
            try (LanguageModel model = model("grouped-bf16", limits)) {
                Generation[] many = generate(model, shuffled, SAMPLED, ResponseCapture.none());
                for (int i = 0; i < many.length; i++) {
                    assertThat(many[i].ids()).isEqualTo(one[order.get(i)].ids());
                    assertThat(many[i].finish()).isEqualTo(one[order.get(i)].finish());
                }
            }
        }
    }

    @Test
    void greedyGenerationFollowsTheReferenceUntilAStopToken() {
        SafetensorsFile golden = SafetensorsFile.read(directory("tied-f32").resolve("golden.safetensors"));
        int[] ids = ints(golden.load("ids.2"));
        int[] greedy = ints(golden.load("greedy.2"));
        int stop = greedy[9];
        int end = IntStream.range(0, 64)
                .filter(i -> greedy[i] == stop)
                .findFirst()
                .orElseThrow();
        try (LanguageModel model = model("tied-f32", BatchLimits.DEFAULT)) {
            GenerationRequest endless = new GenerationRequest(TokenSequence.of(ids), Set.of(), 0, HookPlan.empty());
            GenerationRequest stopping =
                    new GenerationRequest(TokenSequence.of(ids), Set.of(stop), 0, HookPlan.empty());

            Generation[] found =
                    generate(model, List.of(endless, stopping), Sampling.greedy(64), ResponseCapture.none());

            assertThat(found[0].ids()).isEqualTo(greedy);
            assertThat(found[0].finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(found[1].ids()).isEqualTo(Arrays.copyOf(greedy, end));
            assertThat(found[1].finish()).isEqualTo(FinishReason.STOP);
        }
    }

    private static int[] ints(TensorData data) {
        return IntStream.range(0, (int) data.numel())
                .map(i -> (int) data.bytes().getLong(8 * i))
                .toArray();
    }

    @Test
    void capturedMeansAreThoseOfReadingTheFinishedSequence() {
        try (LanguageModel model = model("sliding-bf16", new BatchLimits(5, 64, 1L << 30))) {
            List<GenerationRequest> requests = requests(30, HookPlan.empty());
            ResponseCapture capture = new ResponseCapture(List.of(3, 0, 2));

            Generation[] generated = generate(model, requests, SAMPLED, capture);

            List<TokenSequence> finished = new ArrayList<>();
            for (Generation generation : generated) {
                finished.add(finished(requests.get(generation.index()), generation));
            }
            var reread = ResponseMeans.ofTokens(model, finished, capture);
            for (Generation generation : generated) {
                int i = generation.index();
                assertThat(generation.mean().isPresent()).isEqualTo(generation.ids().length > 0);
                assertThat(reread.get(i).isPresent()).isEqualTo(generation.ids().length > 0);
                if (generation.ids().length > 0) {
                    float[] plain = plainMeans(
                            model, finished.get(i), requests.get(i).prompt().length(), capture);
                    assertThat(generation.mean().orElseThrow().shape()).containsExactly(3, 32);
                    assertClose(generation.mean().orElseThrow().toFloats(), plain);
                    assertClose(reread.get(i).orElseThrow().toFloats(), plain);
                }
            }
            assertThat(Arrays.stream(generated).map(Generation::finish).distinct())
                    .hasSize(2);
        }
    }

    private static TokenSequence finished(GenerationRequest request, Generation generation) {
        int[] prompt = request.prompt().ids();
        int[] all = IntStream.concat(Arrays.stream(prompt), Arrays.stream(generation.ids()))
                .toArray();
        return new TokenSequence(all, SequenceLayout.prompt(all.length).withResponse(prompt.length, all.length));
    }

    /** The same in the plainest way: every activation of one sequence on the host, averaged in double precision. */
    private static float[] plainMeans(LanguageModel model, TokenSequence sequence, int start, ResponseCapture capture) {
        int d = model.config().dModel();
        float[] means = new float[capture.layers().size() * d];
        model.read(List.of(sequence), HookPlan.empty().record(capture.sites(), Positions.ALL, rows -> (site, x) -> {
            float[] values = x.toFloats();
            int row = capture.layers().indexOf(site.layer());
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int t = start; t < sequence.length(); t++) {
                    sum += values[t * d + j];
                }
                means[row * d + j] = (float) (sum / (sequence.length() - start));
            }
        }));
        return means;
    }

    private static void assertClose(float[] found, float[] expected) {
        double rms = Math.sqrt(IntStream.range(0, expected.length)
                .mapToDouble(i -> expected[i] * expected[i])
                .average()
                .orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).isLessThan((float) (1e-4 * rms));
        }
    }

    @Test
    void aPlanOfOneRequestLeavesTheOthersAlone() {
        try (LanguageModel model = model("odd-f32", new BatchLimits(4, 2048, 1L << 30))) {
            HookPlan push = HookPlan.empty().edit(Site.residPost(0), Positions.GENERATED, x -> x.mul(-3));
            List<GenerationRequest> plain = requests(12, HookPlan.empty());
            List<GenerationRequest> pushed = requests(12, push);
            List<GenerationRequest> mixed = IntStream.range(0, 12)
                    .mapToObj(i -> (i % 3 == 0 ? pushed : plain).get(i))
                    .toList();

            Generation[] withNone = generate(model, plain, SAMPLED, ResponseCapture.none());
            Generation[] withAll = generate(model, pushed, SAMPLED, ResponseCapture.none());
            Generation[] found = generate(model, mixed, SAMPLED, ResponseCapture.none());

            for (int i = 0; i < 12; i++) {
                assertThat(found[i].ids()).isEqualTo((i % 3 == 0 ? withAll : withNone)[i].ids());
            }
            assertThat(withAll[0].ids()).isNotEqualTo(withNone[0].ids());
        }
    }

    @Test
    void interruptionStopsBetweenTokens() {
        try (LanguageModel model = model("odd-f32", new BatchLimits(2, 2048, 1L << 30))) {
            List<Generation> finished = new ArrayList<>();
            assertThatThrownBy(() -> model.continueTokens(
                            requests(10, HookPlan.empty()), SAMPLED, ResponseCapture.none(), generation -> {
                                finished.add(generation);
                                Thread.currentThread().interrupt();
                            }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageMatching("Generation was interrupted after \\d of 10 responses");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(finished).hasSizeBetween(1, 2);
        }
    }

    @Test
    void responsesEndWithTheModelsContext() {
        try (LanguageModel model = model("odd-f32", BatchLimits.DEFAULT)) {
            TokenSequence nearlyFull =
                    TokenSequence.of(new Random(1).ints(121, 3, 100).toArray());
            GenerationRequest request = new GenerationRequest(nearlyFull, Set.of(), 1, HookPlan.empty());

            Generation found = generate(model, List.of(request), Sampling.greedy(64), ResponseCapture.allOf(2))[0];

            assertThat(found.ids()).hasSize(7);
            assertThat(found.finish()).isEqualTo(FinishReason.LENGTH);
            TokenSequence full = TokenSequence.of(new int[128]);
            assertThatThrownBy(() -> generate(
                            model,
                            List.of(new GenerationRequest(full, Set.of(), 1, HookPlan.empty())),
                            SAMPLED,
                            ResponseCapture.none()))
                    .hasMessageContaining("has 128 tokens; the model's context of 128 leaves no room");
        }
    }

    @Test
    void unknownTokensAndLayersAreRefused() {
        try (LanguageModel model = model("odd-f32", BatchLimits.DEFAULT)) {
            assertThatThrownBy(() -> model.logits(TokenSequence.of(3, 101), HookPlan.empty()))
                    .hasMessage("Token id 101 is not in the vocabulary of 101");
            HookPlan beyond = HookPlan.empty().edit(Site.residPost(2), Positions.ALL, x -> x);
            assertThatThrownBy(() -> model.logits(TokenSequence.of(3), beyond))
                    .hasMessage("A hook touches layer 2; the model has 2, from 0");
        }
    }
}
