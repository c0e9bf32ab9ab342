package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.capture.ResponseMeans;
import dev.plumbline.generate.LoadOptions.Placement;
import dev.plumbline.generate.LoadOptions.Precision;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.RenderedConversation;
import dev.plumbline.text.TextFileException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LanguageModelTest {

    private static final Sampling SAMPLING = new Sampling(1, 0.98, 0, 20);
    private static final ResponseCapture LAYERS = new ResponseCapture(List.of(2, 0));

    private static LanguageModel model;

    private static Path checkpoint(String name) throws URISyntaxException {
        return Path.of(
                LanguageModelTest.class.getResource("/checkpoints/" + name).toURI());
    }

    private static LoadOptions onCpu(Precision precision) {
        return LoadOptions.DEFAULT.withPlacement(Placement.CPU).withPrecision(precision);
    }

    @BeforeAll
    static void load() throws URISyntaxException {
        model = LanguageModel.load(
                checkpoint("chat"), onCpu(Precision.F32).withLimits(BatchLimits.DEFAULT.withSequences(16)));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static List<RolloutRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RolloutRequest(
                        "r" + i,
                        Conversation.of(
                                Message.system("Be short."),
                                Message.user("Question " + i + " of " + "many".repeat(i % 5))),
                        i))
                .toList();
    }

    private static List<Rollout> generate(List<RolloutRequest> requests, HookPlan plan, ResponseCapture capture) {
        List<Rollout> rollouts = new ArrayList<>();
        model.generate(requests, SAMPLING, plan, capture, rollouts::add);
        rollouts.sort(Comparator.comparing(rollout -> requests.indexOf(rollout.request())));
        return rollouts;
    }

    @Test
    void rolloutsAreTextOfTheModelsChatFormat() {
        List<RolloutRequest> requests = requests(30);

        List<Rollout> rollouts = generate(requests, HookPlan.empty(), ResponseCapture.none());

        assertThat(rollouts).extracting(Rollout::request).isEqualTo(requests);
        assertThat(rollouts).extracting(Rollout::finish).contains(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(rollouts).allSatisfy(rollout -> {
            assertThat(rollout.text()).doesNotContain("<|im_end|>");
            assertThat(rollout.tokens()).isLessThanOrEqualTo(20);
            assertThat(rollout.responseMean()).isEmpty();
        });
        assertThat(rollouts).extracting(Rollout::text).doesNotHaveDuplicates();
    }

    @Test
    void meansAreThoseOfReadingTheConversationEvenWhereTheTemplateTrims() {
        List<RolloutRequest> requests = requests(60);

        List<Rollout> rollouts = generate(requests, HookPlan.empty(), LAYERS);

        assertThat(rollouts)
                .anyMatch(rollout -> !rollout.text().equals(rollout.text().strip()));
        assertThat(rollouts)
                .anyMatch(rollout -> rollout.text().equals(rollout.text().strip()));
        List<RenderedConversation> finished = rollouts.stream()
                .map(rollout ->
                        model.chatFormat().render(rollout.request().prompt().with(Message.assistant(rollout.text()))))
                .toList();
        var reread = ResponseMeans.of(model, finished, LAYERS);
        for (int i = 0; i < rollouts.size(); i++) {
            assertThat(rollouts.get(i).responseMean().isPresent())
                    .isEqualTo(reread.get(i).isPresent());
            if (reread.get(i).isPresent()) {
                assertClose(
                        rollouts.get(i).responseMean().orElseThrow().toFloats(),
                        reread.get(i).orElseThrow().toFloats());
            }
        }
    }

    @Test
    void meansShowWhatAPlanDidToTheResponse() {
        HookPlan silence = HookPlan.empty().edit(Site.residPost(2), Positions.GENERATED, x -> x.mul(0));

        List<Rollout> rollouts = generate(requests(60), silence, LAYERS);

        assertThat(rollouts)
                .anyMatch(rollout -> !rollout.text().equals(rollout.text().strip()));
        assertThat(rollouts)
                .filteredOn(rollout -> rollout.responseMean().isPresent())
                .hasSizeGreaterThan(30)
                .allSatisfy(rollout -> {
                    float[] mean = rollout.responseMean().orElseThrow().toFloats();
                    assertThat(Arrays.copyOf(mean, 24)).containsOnly(0);
                    assertThat(Arrays.copyOfRange(mean, 24, 48)).doesNotContain(0);
                });
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double rms = Math.sqrt(IntStream.range(0, expected.length)
                .mapToDouble(i -> expected[i] * expected[i])
                .average()
                .orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).isLessThan((float) (1e-4 * rms));
        }
    }

    @Test
    void precisionFollowsTheCheckpointUnlessAsked() throws URISyntaxException {
        try (LanguageModel stored = LanguageModel.load(checkpoint("qwen3/grouped-bf16"), onCpu(Precision.AUTO));
                LanguageModel half = LanguageModel.load(checkpoint("qwen3/biased-f16"), onCpu(Precision.AUTO))) {
            assertThat(stored.dtype()).isEqualTo(DType.BF16);
            assertThat(half.dtype()).isEqualTo(DType.F32);
            assertThat(half.device()).isEqualTo(Device.CPU);
            assertThat(stored.checkpoint().identity())
                    .isNotEqualTo(half.checkpoint().identity());
        }
    }

    @Test
    void devicesThatAreNotThereAreRefused() throws URISyntaxException {
        Path directory = checkpoint("chat");
        if (!new Device(Device.Kind.CUDA, 0).isAvailable()) {
            assertThatThrownBy(() -> LanguageModel.load(directory, LoadOptions.DEFAULT.withPlacement(Placement.CUDA)))
                    .hasMessage("Device cuda:0 is not available to this build of libtorch");
        }
    }

    @Test
    void modelsWithoutATokenizerRunOnTokensOnly() throws URISyntaxException {
        try (LanguageModel bare = LanguageModel.load(checkpoint("qwen3/odd-f32"), onCpu(Precision.AUTO))) {
            assertThat(bare.logits(TokenSequence.of(3, 4), HookPlan.empty()).shape())
                    .containsExactly(2, 101);
            assertThatThrownBy(bare::chatFormat).isInstanceOf(TextFileException.class);
        }
    }
}
