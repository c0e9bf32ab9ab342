package dev.plumbline.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.Site;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.steer.Addition;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoseResponseTest {
    private static final Sampling SAMPLING = new Sampling(1, 1, 0, 10);
    private static final List<Conversation> PROMPTS =
            List.of(Conversation.of(Message.user("Who are you?")), Conversation.of(Message.user("What is your name?")));

    private static LanguageModel model;

    @BeforeAll
    static void load() throws URISyntaxException {
        model = LanguageModel.load(
                Path.of(DoseResponseTest.class.getResource("/checkpoints/chat").toURI()),
                LoadOptions.DEFAULT.withPrecision(LoadOptions.Precision.F32));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static Treatment steering(double strength) {
        float[] vector = new float[model.config().dModel()];
        vector[1] = 9;
        return Treatment.everywhere(List.of(new Addition(new Direction(Site.residPost(1), vector), strength)));
    }

    @Test
    void everyStrengthAnswersTheSamePromptsAndZeroIsAmongThem(@TempDir Path folder) {
        Gauge letters = Gauge.mean("letters", (prompt, answer) -> OptionalDouble.of(answer.length()));
        Gauge named = Gauge.share(
                "asked for a name",
                (prompt, answer) ->
                        OptionalDouble.of(prompt.messages().get(0).content().contains("name") ? 1 : 0));
        AtomicInteger answers = new AtomicInteger();

        DoseResponse response = DoseResponse.run(
                new Trial(model, SAMPLING, 2),
                DoseResponseTest::steering,
                List.of(3.0, -3.0, 3.0),
                PROMPTS,
                List.of(letters, named),
                answers::incrementAndGet);

        assertThat(response.strengths()).containsExactly(-3.0, 0.0, 3.0);
        assertThat(answers).hasValue(6);
        assertThat(response.answers()).hasSize(3).doesNotHaveDuplicates();
        assertThat(response.levels().get(0).get(1).value())
                .isEqualTo(response.answers().get(1).stream()
                        .mapToInt(String::length)
                        .average()
                        .orElseThrow());
        assertThat(response.levels().get(1)).extracting(level -> level.value()).containsOnly(0.5);
        assertThat(response.changes().get(0).get(1).value()).isZero();

        new SteeringReport("a model", "a vector", "raw", PROMPTS, response).write(folder);
        assertThat(folder.toFile().list())
                .contains("steering.html", "steering.json", "steering-shares.svg", "steering-scores.png");
    }

    @Test
    void sentencesAreContinuedAsTheyAre() {
        List<Completion> plain =
                Completion.of(model, List.of("My job is to", "I exist to"), 3, Treatment.none(), Sampling.greedy(8), 1);
        List<Completion> steered =
                Completion.of(model, List.of("My job is to", "I exist to"), 3, steering(4), Sampling.greedy(8), 1);

        assertThat(plain).hasSize(6);
        assertThat(plain.subList(0, 3)).extracting(Completion::prefill).containsOnly("My job is to");
        assertThat(plain.subList(0, 3))
                .extracting(Completion::text)
                .containsOnly(plain.get(0).text());
        assertThat(steered).isNotEqualTo(plain);
    }

    @Test
    void completionsAreScoredAndReportedLikeAnswers(@TempDir Path folder) {
        Gauge letters = Gauge.mean("letters", (prompt, answer) -> OptionalDouble.of(answer.length()));
        AtomicInteger answers = new AtomicInteger();
        List<String> prefills = List.of("My job is to", "I exist to");

        DoseResponse response = DoseResponse.complete(
                new Trial(model, SAMPLING, 2),
                DoseResponseTest::steering,
                List.of(3.0),
                prefills,
                2,
                List.of(letters),
                answers::incrementAndGet);

        assertThat(answers).hasValue(8);
        assertThat(response.answers()).hasSize(2).allSatisfy(texts -> assertThat(texts)
                .hasSize(4));
        assertThat(response.levels().get(0).get(0).n()).isEqualTo(4);
        SteeringReport report =
                new SteeringReport("a model", "a vector", "raw", DoseResponse.conversations(prefills, 2), response);
        report.write(folder);
        assertThat(folder.resolve("steering.json"))
                .content()
                .contains(new ObjectMapper()
                        .valueToTree(response.answers().get(1).get(3))
                        .toString());
        assertThat(HtmlReport.html(report.page())).contains("I exist to", "Mean score: letters");
    }
}
