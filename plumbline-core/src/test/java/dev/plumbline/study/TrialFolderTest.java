package dev.plumbline.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.BatchLimits;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.Site;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.pipeline.ParameterMismatchException;
import dev.plumbline.steer.Addition;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial that is stopped goes on where it was. */
class TrialFolderTest {
    private static final Sampling SAMPLING = new Sampling(1, 1, 0, 10);

    private static LanguageModel model;

    @TempDir
    private Path directory;

    private final AtomicInteger scored = new AtomicInteger();

    @BeforeAll
    static void load() throws URISyntaxException {
        model = LanguageModel.load(
                Path.of(TrialFolderTest.class.getResource("/checkpoints/chat").toURI()),
                LoadOptions.DEFAULT
                        .withPrecision(LoadOptions.Precision.F32)
                        .withLimits(BatchLimits.DEFAULT.withSequences(3)));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @MustBeClosed
    private TrialFolder open(Path folder, long seed) {
        return TrialFolder.open(folder, new ModelName(model, "a model"), SAMPLING, seed, Map.of("judge", "none"));
    }

    /** Scores letters; every third answer cannot be scored. */
    private Measure letters(int n) {
        return Measure.mean(
                "letters",
                IntStream.range(0, n)
                        .mapToObj(i -> new Probe(Conversation.of(Message.user("Question " + i)), answer -> {
                            scored.incrementAndGet();
                            return i % 3 == 2 ? OptionalDouble.empty() : OptionalDouble.of(answer.length());
                        }))
                        .toList());
    }

    private static Arm arm(double strength) {
        float[] vector = new float[model.config().dModel()];
        vector[1] = 9;
        return new Arm(
                "arm " + strength,
                Treatment.everywhere(List.of(new Addition(new Direction(Site.residPost(1), vector), strength))));
    }

    @Test
    void goesOnAfterTheLastFinishedArm() throws IOException {
        Measure letters = letters(6);
        List<Arm> arms = List.of(Arm.untreated(), arm(2), arm(-2));
        TrialResult calm = new Trial(model, SAMPLING, 4).run(List.of(letters), arms, () -> {});
        AtomicInteger answers = new AtomicInteger();
        try (TrialFolder log = open(directory, 4)) {
            assertThatThrownBy(() -> new Trial(model, SAMPLING, 4, log).run(List.of(letters), arms, () -> {
                        if (answers.incrementAndGet() == 15) {
                            throw new IllegalStateException("killed in the third arm");
                        }
                    }))
                    .hasMessage("killed in the third arm");
        }
        Files.writeString(directory.resolve("answers.jsonl"), "{\"key\": \"torn", StandardOpenOption.APPEND);
        scored.set(0);
        answers.set(0);

        try (TrialFolder log = open(directory, 4)) {
            TrialResult resumed =
                    new Trial(model, SAMPLING, 4, log).run(List.of(letters), arms, answers::incrementAndGet);

            assertThat(log.resumed()).isEqualTo(12);
            assertThat(answers).hasValue(18);
            assertThat(scored).as("only the third arm is scored").hasValue(6);
            for (Arm arm : arms) {
                assertThat(resumed.answers(arm, letters)).isEqualTo(calm.answers(arm, letters));
                assertThat(resumed.scores(arm, letters)).isEqualTo(calm.scores(arm, letters));
                assertThat(resumed.touch(arm)).isEqualTo(calm.touch(arm));
            }
        }
    }

    @Test
    void whatIsAskedDifferentlyIsAskedAgain() {
        Arm arm = arm(2);
        try (TrialFolder log = open(directory, 4)) {
            new Trial(model, SAMPLING, 4, log).run(List.of(letters(3)), List.of(arm), () -> {});
        }
        try (TrialFolder log = open(directory, 4)) {
            scored.set(0);
            Trial trial = new Trial(model, SAMPLING, 4, log);
            trial.run(List.of(letters(3)), List.of(arm), () -> {});
            assertThat(scored).hasValue(0);
            trial.run(List.of(letters(4)), List.of(arm), () -> {});
            assertThat(scored).as("more prompts").hasValue(4);
            trial.run(List.of(letters(3)), List.of(arm(2.5)), () -> {});
            assertThat(scored).as("another treatment").hasValue(7);
        }
    }

    @Test
    void refusesOtherParametersAndWhatIsNoLog() throws IOException {
        take(4);

        assertThatThrownBy(() -> take(5))
                .isInstanceOf(ParameterMismatchException.class)
                .hasMessageContaining("seed");

        Files.writeString(directory.resolve("answers.jsonl"), "nonsense\n");
        assertThatThrownBy(() -> take(4))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("line 1 is not JSON");
    }

    private void take(long seed) {
        try (TrialFolder log = open(directory, seed)) {
            assertThat(log.resumed()).isZero();
        }
    }

    @Test
    void scoresOfStrengthsAreKeptToo() {
        Gauge letters = Gauge.mean("letters", (prompt, answer) -> OptionalDouble.of(scored.incrementAndGet()));
        List<Conversation> prompts = List.of(Conversation.of(Message.user("Who are you?")));
        DoseResponse first = dose(letters, prompts);
        DoseResponse second = dose(letters, prompts);

        assertThat(scored).hasValue(2);
        assertThat(second).isEqualTo(first);
    }

    private DoseResponse dose(Gauge gauge, List<Conversation> prompts) {
        try (TrialFolder log = open(directory, 4)) {
            return DoseResponse.run(
                    new Trial(model, SAMPLING, 4, log),
                    strength -> arm(strength).treatment(),
                    List.of(1.0),
                    prompts,
                    List.of(gauge),
                    () -> {});
        }
    }
}
