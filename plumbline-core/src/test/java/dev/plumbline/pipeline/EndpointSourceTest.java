package dev.plumbline.pipeline;

import static dev.plumbline.endpoint.ScriptedServer.completion;
import static dev.plumbline.endpoint.ScriptedServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.EndpointSettings;
import dev.plumbline.endpoint.ScriptedServer;
import dev.plumbline.endpoint.ScriptedServer.Behaviour;
import dev.plumbline.generate.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndpointSourceTest {

    @TempDir
    Path directory;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static EndpointSource source(ScriptedServer server) {
        EndpointSettings settings = EndpointSettings.of(server.base(), Optional.empty())
                .withConcurrency(5)
                .withRequestsPerSecond(5000)
                .withRetries(2, Duration.ofMillis(1), Duration.ofMillis(2));
        return new EndpointSource(new ChatEndpoint(settings), "tiny", new Sampling(0.7, 0.9, 0, 64));
    }

    private PipelineSummary generate(EndpointSource source) throws InterruptedException {
        try (PipelineRun run = PipelineRun.open(RunTree.options(directory).build(), PipelineProgress.SILENT)) {
            return run.generate(source);
        }
    }

    /** Answers with the number in the question, so that rows can be told apart. */
    private static final Behaviour ECHO = (request, out) -> {
        Thread.sleep(20);
        JsonNode messages = JSON.readTree(request.body()).path("messages");
        String question = messages.path(messages.size() - 1).path("content").asText();
        int number = Integer.parseInt(question.replaceAll("\\D", ""));
        switch (number) {
            case 3 -> respond(out, 200, "", completion("", "stop"));
            case 4 -> respond(out, 200, "", completion("", "content_filter"));
            case 5 -> respond(out, 200, "", completion("Cut off " + number, "length"));
            default -> respond(out, 200, "", completion("Answer " + number, "stop"));
        }
    };

    @Test
    void everyResponseFindsItsRow() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ECHO)) {
            PipelineSummary summary = generate(source(server));
            assertThat(summary.responses()).isEqualTo(5 * 7);
            assertThat(summary.endedByLength()).isEqualTo(5);
            assertThat(summary.responseTokens()).isEqualTo(3 * 35);
            assertThat(summary.losses())
                    .containsExactly(Map.entry(LossKind.EMPTY_RESPONSE, 5L), Map.entry(LossKind.DECLINED, 5L));
            assertThat(server.mostInFlight()).isBetween(2, 5);
            RunLayout layout = new RunLayout(directory);
            assertThat(ResponsesFile.read(layout.responses("role_1")))
                    .extracting(row -> row.key() + " " + row.response())
                    .containsExactly(
                            "pos_p0_q0 Answer 0",
                            "pos_p0_q1 Answer 1",
                            "pos_p0_q2 Answer 2",
                            "pos_p0_q5 Cut off 5",
                            "pos_p0_q6 Answer 6",
                            "pos_p0_q7 Answer 7",
                            "pos_p0_q8 Answer 8");
            JsonNode body = JSON.readTree(server.requests().get(0).body());
            assertThat(body.path("temperature").asDouble()).isEqualTo(0.7);
            assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
            assertThat(body.path("max_tokens").asInt()).isEqualTo(64);
            assertThat(server.requests())
                    .extracting(request ->
                            JSON.readTree(request.body()).path("seed").asLong())
                    .doesNotHaveDuplicates()
                    .allMatch(seed -> seed >= 0 && seed < 1L << 31);
        }
    }

    @Test
    void whatFailedIsNamedAndAskedForAgain() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            if (ill.get() && request.body().contains("Question 7?")) {
                respond(out, 503, "", "{\"error\":{\"message\":\"overloaded\"}}");
            } else {
                ECHO.answer(request, out);
            }
        })) {
            PipelineSummary first = generate(source(server));
            assertThat(first.losses()).containsEntry(LossKind.GENERATION_FAILED, 5L);
            assertThat(first.layout().losses())
                    .content()
                    .contains("\"pos_p0_q7\",\"kind\":\"GENERATION_FAILED\"")
                    .contains("overloaded");
            assertThat(ResponsesFile.read(first.layout().responses("role_1"))).hasSize(6);
            ill.set(false);
            int before = server.requests().size();
            PipelineSummary second = generate(source(server));
            assertThat(server.requests()).hasSize(before + 5);
            assertThat(second.losses()).doesNotContainKey(LossKind.GENERATION_FAILED);
            assertThat(ResponsesFile.read(first.layout().responses("role_1"))).hasSize(7);
        }
    }

    @Test
    void aServerThatRefusesEverythingEndsTheRun() {
        try (ScriptedServer server = new ScriptedServer(
                (request, out) -> respond(out, 401, "", "{\"error\":{\"message\":\"no such key\"}}"))) {
            assertThatThrownBy(() -> generate(source(server)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("Gave up after 20 failures in a row")
                    .hasMessageContaining("no such key");
            assertThat(server.requests()).hasSizeBetween(20, 30);
        }
    }

    @Test
    void topKIsRefused() {
        try (ScriptedServer server = new ScriptedServer(ECHO)) {
            ChatEndpoint endpoint = new ChatEndpoint(EndpointSettings.of(server.base(), Optional.empty()));
            assertThatThrownBy(() -> new EndpointSource(endpoint, "tiny", new Sampling(1, 1, 40, 8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("top-k 40");
        }
    }

    @Test
    void aSourceWithoutActivationsIsNoWholeRun() {
        try (ScriptedServer server = new ScriptedServer(ECHO);
                PipelineRun run = PipelineRun.open(RunTree.options(directory).build(), PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.all(source(server), new FakeJudge()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gives no activations");
        }
    }
}
