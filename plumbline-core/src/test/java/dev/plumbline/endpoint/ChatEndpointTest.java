package dev.plumbline.endpoint;

import static dev.plumbline.endpoint.ScriptedServer.completion;
import static dev.plumbline.endpoint.ScriptedServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.endpoint.ScriptedServer.Behaviour;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChatEndpointTest {

    private static final ChatRequest HELLO =
            ChatRequest.greedy("tiny", Conversation.of(Message.user("Hello {answer} \"quoted\" \u00e9")), 8);

    private static EndpointSettings quick(URI base) {
        return EndpointSettings.of(base, Optional.of(new ApiKey("sk-secret-123")))
                .withRequestsPerSecond(10_000)
                .withTimeout(Duration.ofSeconds(5))
                .withRetries(4, Duration.ofMillis(2), Duration.ofMillis(1500));
    }

    private static Behaviour firstThen(int failures, Behaviour bad) {
        return (request, out) -> {
            if (request.number() < failures) {
                bad.answer(request, out);
            } else {
                respond(out, 200, "", completion("fine", "stop"));
            }
        };
    }

    private static void assertRecovers(int failures, Behaviour bad) throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(firstThen(failures, bad))) {
            ChatEndpoint endpoint = new ChatEndpoint(quick(server.base()));
            assertThat(endpoint.complete(HELLO).text()).isEqualTo("fine");
            assertThat(server.requests()).hasSize(failures + 1);
            assertThat(endpoint.usage()).isEqualTo(new Usage(1, 7, 3));
        }
    }

    private static EndpointException failure(Behaviour bad, int expectedAttempts) {
        try (ScriptedServer server = new ScriptedServer(bad)) {
            ChatEndpoint endpoint = new ChatEndpoint(quick(server.base()));
            EndpointException[] thrown = new EndpointException[1];
            assertThatThrownBy(() -> endpoint.complete(HELLO)).isInstanceOfSatisfying(EndpointException.class, e -> {
                thrown[0] = e;
            });
            assertThat(server.requests()).hasSize(expectedAttempts);
            return thrown[0];
        }
    }

    @Test
    void sendsWhatTheApiExpects() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.says("ok"))) {
            new ChatEndpoint(quick(server.base()))
                    .complete(new ChatRequest(
                            "tiny",
                            Conversation.of(Message.system("Be {brief}."), Message.user("Hi")),
                            0.7,
                            0.9,
                            64,
                            OptionalLong.of(42)));
            ScriptedServer.Request request = server.requests().get(0);
            assertThat(request.head()).startsWith("POST /v1/chat/completions HTTP/1.1");
            assertThat(request.head()).containsIgnoringCase("authorization: Bearer sk-secret-123");
            JsonNode body = new ObjectMapper().readTree(request.body());
            assertThat(body).isEqualTo(new ObjectMapper().readTree("""
                    {"model":"tiny","messages":[{"role":"system","content":"Be {brief}."},{"role":"user","content":"Hi"}],
                     "temperature":0.7,"top_p":0.9,"max_tokens":64,"seed":42}"""));
        }
    }

    @Test
    void withoutAKeyThereIsNoAuthorization() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.says("ok"))) {
            new ChatEndpoint(EndpointSettings.of(server.base(), Optional.empty())).complete(HELLO);
            assertThat(server.requests().get(0).head()).doesNotContainIgnoringCase("authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 529})
    void repeatsWhatMayPass(int status) throws Exception {
        assertRecovers(2, (request, out) -> respond(out, status, "", "{\"error\":{\"message\":\"busy\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is not JSON",
                "{\"choices\":[]}",
                "{\"choices\":[{}]}",
                "[]",
                "",
                "{\"choices\":[{\"message\":{\"content\":7}}]}",
                "{\"error\":{\"message\":\"upstream\"}}"
            })
    void repeatsABodyThatIsNoCompletion(String body) throws Exception {
        assertRecovers(2, (request, out) -> respond(out, 200, "", body));
    }

    @Test
    void repeatsABodyCutOff() throws Exception {
        String whole = completion("never seen", "stop");
        assertRecovers(2, (request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + whole.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(whole.substring(0, 40).getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void repeatsAConnectionClosedWithoutAWord() throws Exception {
        assertRecovers(2, (request, out) -> {});
    }

    @Test
    void repeatsAnAnswerThatStopsHalfway() throws Exception {
        try (ScriptedServer server = new ScriptedServer(firstThen(1, (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(20_000);
        }))) {
            ChatEndpoint endpoint = new ChatEndpoint(quick(server.base()).withTimeout(Duration.ofMillis(300)));
            assertThat(endpoint.complete(HELLO).text()).isEqualTo("fine");
        }
    }

    @Test
    void honoursRetryAfterSeconds() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(firstThen(1, (request, out) -> respond(out, 429, "Retry-After: 1\r\n", "{}")))) {
            new ChatEndpoint(quick(server.base())).complete(HELLO);
            List<ScriptedServer.Request> requests = server.requests();
            assertThat(requests.get(1).arrivalNanos() - requests.get(0).arrivalNanos())
                    .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void anAbsurdRetryAfterIsBounded() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(firstThen(1, (request, out) -> respond(out, 503, "Retry-After: 86400\r\n", "{}")))) {
            EndpointSettings settings =
                    quick(server.base()).withRetries(2, Duration.ofMillis(1), Duration.ofMillis(200));
            assertThat(new ChatEndpoint(settings).complete(HELLO).text()).isEqualTo("fine");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 413, 422})
    void givesUpAtOnceOnWhatWillNotPass(int status) {
        EndpointException e = failure(
                (request, out) -> respond(
                        out,
                        status,
                        "Location: http://127.0.0.1:1/\r\n",
                        "{\"error\":{\"message\":\"No, sk-secret-123 is\\nnot welcome\"}}"),
                1);
        assertThat(e.retriable()).isFalse();
        assertThat(e)
                .hasMessageMatching(
                        "http://127.0.0.1:\\d+/v1 answered with status " + status + ": No, \\*\\*\\* is not welcome");
    }

    @Test
    void anEmptyPurseIsFinal() {
        EndpointException e = failure(
                (request, out) ->
                        respond(out, 429, "", "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"Pay\"}}"),
                1);
        assertThat(e.retriable()).isFalse();
    }

    @Test
    void attemptsAreBounded() {
        EndpointException e = failure((request, out) -> respond(out, 500, "", "x".repeat(5000)), 4);
        assertThat(e.retriable()).isTrue();
        assertThat(e.getMessage()).contains("status 500").hasSizeLessThan(400);
    }

    @Test
    void aHugeBodyIsNotRead() {
        EndpointException e = failure(
                (request, out) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    byte[] block = new byte[1 << 16];
                    for (int i = 0; i < 1_000_000; i++) {
                        out.write(block);
                    }
                },
                1);
        assertThat(e).hasMessageContaining("sent more than 4194304 bytes");
    }

    @Test
    void anUnreachableServerIsWorthAnotherAttempt() {
        URI nobody;
        try (ScriptedServer server = new ScriptedServer((request, out) -> {})) {
            nobody = server.base();
        }
        assertThatThrownBy(() -> new ChatEndpoint(quick(nobody)).complete(HELLO))
                .isInstanceOfSatisfying(EndpointException.class, e -> {
                    assertThat(e.retriable()).isTrue();
                    assertThat(e).hasMessageContaining("could not be reached");
                });
    }

    @Test
    void saysHowACompletionEnded() throws Exception {
        List<String> bodies = List.of(
                completion("cut", "length"),
                completion("", "content_filter"),
                "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I will not\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"content\":null}}]}");
        try (ScriptedServer server =
                new ScriptedServer((request, out) -> respond(out, 200, "", bodies.get(request.number())))) {
            ChatEndpoint endpoint = new ChatEndpoint(quick(server.base()));
            List<ChatReply> replies = new ArrayList<>();
            for (int i = 0; i < bodies.size(); i++) {
                replies.add(endpoint.complete(HELLO));
            }
            assertThat(replies)
                    .extracting(ChatReply::ending)
                    .containsExactly(
                            ChatReply.Ending.LENGTH,
                            ChatReply.Ending.DECLINED,
                            ChatReply.Ending.DECLINED,
                            ChatReply.Ending.STOP);
            assertThat(replies).extracting(ChatReply::text).containsExactly("cut", "", "I will not", "");
            assertThat(endpoint.usage()).isEqualTo(new Usage(4, 14, 6));
        }
    }

    @Test
    void concurrencyIsBounded() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            Thread.sleep(30);
            respond(out, 200, "", completion("ok", "stop"));
        })) {
            askMany(new ChatEndpoint(quick(server.base()).withConcurrency(3)), 16, 24);
            assertThat(server.requests()).hasSize(24);
            assertThat(server.mostInFlight()).isEqualTo(3);
        }
    }

    @Test
    void theServerNeverSeesMoreThanTheRate() throws Exception {
        try (ScriptedServer server = new ScriptedServer(firstThen(5, (request, out) -> respond(out, 500, "", "{}")))) {
            askMany(new ChatEndpoint(quick(server.base()).withRequestsPerSecond(50)), 8, 20);
            long[] arrivals = server.requests().stream()
                    .mapToLong(ScriptedServer.Request::arrivalNanos)
                    .sorted()
                    .toArray();
            assertThat(arrivals).as("retries count too").hasSize(25);
            // 25 departures are 24 intervals of 20 ms; the network may shift an arrival, never the whole sequence.
            assertThat(arrivals[24] - arrivals[0]).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(24 * 20 - 40));
        }
    }

    @Test
    void anInterruptAbandonsTheRequest() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, out) -> Thread.sleep(20_000))) {
            ChatEndpoint endpoint = new ChatEndpoint(quick(server.base()).withTimeout(Duration.ofSeconds(20)));
            var executor = Executors.newSingleThreadExecutor();
            Future<Throwable> outcome = executor.submit(() -> {
                try {
                    endpoint.complete(HELLO);
                    return new AssertionError("answered");
                } catch (InterruptedException e) {
                    return e;
                }
            });
            while (server.requests().isEmpty()) {
                Thread.sleep(5);
            }
            executor.shutdownNow();
            assertThat(outcome.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anInterruptEndsTheWaitBetweenAttempts() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer((request, out) -> respond(out, 503, "Retry-After: 30\r\n", "{}"))) {
            ChatEndpoint endpoint = new ChatEndpoint(
                    quick(server.base()).withRetries(5, Duration.ofSeconds(20), Duration.ofSeconds(30)));
            var executor = Executors.newSingleThreadExecutor();
            Future<Throwable> outcome = executor.submit(() -> {
                try {
                    endpoint.complete(HELLO);
                    return new AssertionError("answered");
                } catch (InterruptedException e) {
                    return e;
                }
            });
            while (server.requests().isEmpty()) {
                Thread.sleep(5);
            }
            Thread.sleep(50);
            executor.shutdownNow();
            assertThat(outcome.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static void askMany(ChatEndpoint endpoint, int threads, int requests) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        List<Future<ChatReply>> replies = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            replies.add(executor.submit(() -> endpoint.complete(HELLO)));
        }
        for (Future<ChatReply> reply : replies) {
            reply.get(20, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertThat(endpoint.usage().replies()).isEqualTo(requests);
    }
}
