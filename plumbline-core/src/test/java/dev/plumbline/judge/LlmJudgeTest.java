package dev.plumbline.judge;

import static dev.plumbline.endpoint.ScriptedServer.completion;
import static dev.plumbline.endpoint.ScriptedServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.EndpointSettings;
import dev.plumbline.endpoint.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LlmJudgeTest {

    private static final JudgeRequest REQUEST =
            new JudgeRequest("pirate", "Q {question} A {answer}", "Be a pirate.", "Who?", "Arr {question}");

    private static LlmJudge judge(ScriptedServer server) {
        EndpointSettings settings = EndpointSettings.of(server.base(), Optional.empty())
                .withRequestsPerSecond(1000)
                .withRetries(2, Duration.ofMillis(1), Duration.ofMillis(2));
        return new LlmJudge(new ChatEndpoint(settings), "judge-1", ScoreScale.ROLE, LlmJudge.USUAL_MAX_TOKENS);
    }

    private static ScriptedServer saying(List<String> replies) {
        return new ScriptedServer(
                (request, out) -> respond(out, 200, "", completion(replies.get(request.number()), "stop")));
    }

    @Test
    void asksGreedilyForFewTokens() throws Exception {
        try (ScriptedServer server = saying(List.of("3"))) {
            LlmJudge judge = judge(server);
            assertThat(judge.judge(REQUEST)).isEqualTo(new Verdict.Scored(3));
            assertThat(judge.name()).isEqualTo("judge-1");
            JsonNode body = new ObjectMapper().readTree(server.requests().get(0).body());
            assertThat(body.path("messages")).hasSize(1);
            assertThat(body.path("messages").path(0).path("content").asText()).isEqualTo("Q Who? A Arr {question}");
            assertThat(body.path("temperature").asDouble(-1)).isZero();
            assertThat(body.path("max_tokens").asInt()).isBetween(4, 32);
        }
    }

    @Test
    void remindsAJudgeThatRambles() throws Exception {
        try (ScriptedServer server = saying(List.of("Of 3 criteria it meets most", "2"))) {
            assertThat(judge(server).judge(REQUEST)).isEqualTo(new Verdict.Scored(2));
            JsonNode messages =
                    new ObjectMapper().readTree(server.requests().get(1).body()).path("messages");
            assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "user");
            assertThat(messages.path(2).path("content").asText()).contains("from 0 to 3");
        }
    }

    @Test
    void neverGuesses() {
        try (ScriptedServer server = saying(List.of("hm", "well", "dunno", "3"))) {
            assertThat(judge(server).judge(REQUEST)).isEqualTo(new Verdict.Unparseable("dunno"));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void saysWhetherAskingLaterMayHelp() {
        try (ScriptedServer server =
                new ScriptedServer((request, out) -> respond(out, request.number() == 0 ? 401 : 503, "", "{}"))) {
            LlmJudge judge = judge(server);
            assertThatThrownBy(() -> judge.judge(REQUEST))
                    .isInstanceOfSatisfying(
                            JudgeException.class, e -> assertThat(e.retriable()).isFalse())
                    .hasMessageContaining("judge-1 at http://127.0.0.1");
            assertThatThrownBy(() -> judge.judge(REQUEST))
                    .isInstanceOfSatisfying(
                            JudgeException.class, e -> assertThat(e.retriable()).isTrue());
        }
    }

    @Test
    void anInterruptedThreadIsToldSo() {
        try (ScriptedServer server = saying(List.of("3"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> judge(server).judge(REQUEST)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
