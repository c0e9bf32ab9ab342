package dev.plumbline.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.capture.ResponseMeans;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Sampling;
import dev.plumbline.statistics.QuantileSketch;
import dev.plumbline.steer.Cap;
import dev.plumbline.steer.LayerWindow;
import dev.plumbline.steer.Percentile;
import dev.plumbline.steer.ProjectionPopulation;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real, tiny model whose text is noise. */
class TrialTest {
    private static final Sampling SAMPLING = new Sampling(1, 1, 0, 12);

    private static LanguageModel model;

    @BeforeAll
    static void load() throws URISyntaxException {
        model = LanguageModel.load(
                Path.of(TrialTest.class.getResource("/checkpoints/chat").toURI()),
                LoadOptions.DEFAULT.withPrecision(LoadOptions.Precision.F32));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static AssistantAxis axis() {
        SplittableRandom random = new SplittableRandom(5);
        int nLayers = model.config().nLayers();
        float[][] rows = new float[nLayers][model.config().dModel()];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (random.nextDouble() - 0.5);
            }
        }
        return new AssistantAxis(
                LayerVectors.residPost(IntStream.range(0, nLayers).toArray(), rows));
    }

    private static Measure length(int n) {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            probes.add(new Probe(
                    Conversation.of(Message.user("Question " + i)),
                    answer -> answer.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(answer.length())));
        }
        return Measure.mean("letters", probes);
    }

    private static Arm capped(double floor) {
        return new Arm("floor " + floor, Treatment.everywhere(List.of(Cap.floor(axis().at(1), floor))));
    }

    @Test
    void everyPromptIsAnsweredOnceUnderEachTreatmentWithTheSameSeed() {
        Measure letters = length(6);
        AtomicInteger answers = new AtomicInteger();
        Arm same = new Arm("the same", Treatment.none());
        Arm loose = capped(-1e6);
        Arm tight = capped(5);

        TrialResult result = new Trial(model, SAMPLING, 3)
                .run(List.of(letters), List.of(Arm.untreated(), same, loose, tight), answers::incrementAndGet);

        assertThat(answers).hasValue(24);
        List<String> untreated = result.answers(Arm.untreated(), letters);
        assertThat(result.answers(same, letters)).isEqualTo(untreated);
        assertThat(result.answers(loose, letters)).isEqualTo(untreated);
        assertThat(result.answers(tight, letters)).isNotEqualTo(untreated);
        assertThat(result.touch(Arm.untreated()).tokens()).isZero();
        assertThat(result.touch(loose).tokens()).isPositive();
        assertThat(result.touch(loose).touched()).isZero();
        assertThat(result.touch(tight).fraction()).isGreaterThan(0.5);
        assertThat(result.change(same, letters).value()).isZero();
    }

    @Test
    void anArmAloneGetsTheAnswersThatItGetsAmongOthers() {
        Measure letters = length(5);
        Trial trial = new Trial(model, SAMPLING, 4);

        TrialResult together = trial.run(List.of(letters), List.of(Arm.untreated(), capped(5), capped(-2)), () -> {});
        TrialResult alone = trial.run(List.of(letters), List.of(capped(5)), () -> {});

        assertThat(alone.answers(capped(5), letters)).isEqualTo(together.answers(capped(5), letters));
    }

    @Test
    void failuresOfScorersAreNotLost() {
        Measure broken = Measure.share("broken", List.of(new Probe(Conversation.of(Message.user("Hello")), answer -> {
            throw new IllegalStateException("the judge is away");
        })));
        Trial trial = new Trial(model, SAMPLING, 1);

        assertThatThrownBy(() -> trial.run(List.of(broken), List.of(Arm.untreated()), () -> {}))
                .hasMessage("the judge is away");
    }

    @Test
    void aStudyMeasuresTheChosenSettingOnOtherPrompts() {
        AssistantAxis axis = axis();
        ProjectionPopulation population =
                population(PopulationReader.ofTokens(model, axis, ConversationTokens.ALL), axis);
        CapMeasures choosing = new CapMeasures(length(4), share("short", 4), List.of());
        CapMeasures testing = new CapMeasures(length(7), share("short", 7), List.of());
        List<CapSetting> grid = CapSetting.grid(
                new CalibratedAxis("", population.calibration()),
                List.of(new LayerWindow(0, 1), new LayerWindow(1, 3)),
                List.of(Percentile.alongAxis(75)),
                ConversationTokens.ALL);
        AtomicInteger answers = new AtomicInteger();

        CappingStudy study = CappingStudy.run(
                new Trial(model, SAMPLING, 9),
                grid,
                choosing,
                testing,
                CapGoal.USUAL,
                Optional.empty(),
                answers::incrementAndGet);

        assertThat((long) answers.get()).isEqualTo(CappingStudy.answers(grid, choosing, testing));
        assertThat(study.sweep().settings()).hasSize(2);
        assertThat(study.result().setting())
                .isEqualTo(study.sweep().recommendation().chosen().setting());
        assertThat(study.result().on(testing.harm()).level().n()).isLessThanOrEqualTo(7);
        assertThat(study.result().touch().tokens()).isPositive();
    }

    private static Measure share(String name, int n) {
        return Measure.share(
                name,
                length(n).probes().stream()
                        .map(probe -> new Probe(probe.prompt(), Scorer.passing(answer -> answer.length() < 20)))
                        .toList());
    }

    private static final List<Conversation> READ = List.of(
            Conversation.of(Message.user("Hello"), Message.assistant("A good day to you")),
            Conversation.of(Message.user("And?"), Message.assistant("Nothing"), Message.user("Oh")),
            Conversation.of(Message.user("Nobody answers")));

    private static ProjectionPopulation population(PopulationReader reader, AssistantAxis axis) {
        ProjectionPopulation population = new ProjectionPopulation(axis, QuantileSketch.DEFAULT_SIZE, 1);
        reader.read(READ, population, () -> {});
        return population;
    }

    private static long tokens(ConversationTokens tokens) {
        return population(PopulationReader.ofTokens(model, axis(), tokens), axis())
                .count();
    }

    @Test
    void populationsAreOfWhatWasAskedFor() {
        int[] tokens = READ.stream()
                .mapToInt(
                        conversation -> model.chatFormat().render(conversation).ids().length)
                .toArray();

        assertThat(population(PopulationReader.ofMeans(model, axis(), ConversationTokens.RESPONSE), axis())
                        .count())
                .isEqualTo(2);
        assertThat(tokens(ConversationTokens.ALL))
                .isEqualTo(Arrays.stream(tokens).sum());
        assertThat(tokens(ConversationTokens.PROMPT) + tokens(ConversationTokens.RESPONSE))
                .isEqualTo(tokens(ConversationTokens.ALL));
        assertThat(tokens(ConversationTokens.RESPONSE)).isBetween(2L, tokens(ConversationTokens.ALL) - 10);
    }

    @Test
    void anAxisOfOtherTokensIsTheDifferenceOfTheirMeans() {
        List<Conversation> assistant = READ.subList(0, 1);
        Map<String, List<Conversation>> roles = Map.of("a", READ.subList(1, 2), "b", READ.subList(2, 3));

        AssistantAxis prompt = TokenAxis.measure(model, assistant, roles, ConversationTokens.PROMPT);

        AssistantAxis all = TokenAxis.measure(model, assistant, roles, ConversationTokens.ALL);
        assertThat(prompt.vectors().nLayers()).isEqualTo(model.config().nLayers());
        assertThat(prompt).isNotEqualTo(all);
        assertThat(TokenAxis.measure(model, assistant, Map.of("the same", assistant), ConversationTokens.PROMPT)
                        .norms())
                .containsOnly(0);
        assertThatThrownBy(() -> TokenAxis.measure(
                        model, assistant, Map.of("silent", READ.subList(2, 3)), ConversationTokens.RESPONSE))
                .hasMessageContaining("silent");
    }

    @Test
    void theMeanOfAResponseProjectsWhereItsProjectionsHaveTheirMean() {
        AssistantAxis axis = axis();
        var means = ResponseMeans.of(
                model,
                READ.stream().map(model.chatFormat()::render).toList(),
                ResponseCapture.allOf(model.config().nLayers()));
        double[] expected = means.stream()
                .flatMap(Optional::stream)
                .mapToDouble(mean -> axis.project(LayerVectors.residPost(mean))[1])
                .sorted()
                .toArray();
        var calibration = population(PopulationReader.ofMeans(model, axis, ConversationTokens.RESPONSE), axis)
                .calibration();

        assertThat(new double[] {
                    calibration.threshold(1, Percentile.alongAxis(0)),
                    calibration.threshold(1, Percentile.alongAxis(100))
                })
                .containsExactly(expected, Offset.offset(1e-4));
    }
}
