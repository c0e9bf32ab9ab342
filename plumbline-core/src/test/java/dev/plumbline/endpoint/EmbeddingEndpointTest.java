package dev.plumbline.endpoint;

import static dev.plumbline.endpoint.ScriptedServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.endpoint.ScriptedServer.Behaviour;
import dev.plumbline.moves.EmbedderException;
import dev.plumbline.moves.EndpointEmbedder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EmbeddingEndpointTest {

    private static final List<String> TWO = List.of("one", "two");

    private static EndpointSettings quick(URI base) {
        return EndpointSettings.of(base, Optional.of(new ApiKey("sk-secret-123")))
                .withRequestsPerSecond(10_000)
                .withTimeout(Duration.ofSeconds(5))
                .withRetries(3, Duration.ofMillis(2), Duration.ofMillis(20));
    }

    /** Embeds a text as its length and 1, last text first. */
    private static final Behaviour LENGTHS = (request, out) -> {
        JsonNode input = json(request.body()).path("input");
        StringBuilder data = new StringBuilder();
        for (int i = input.size() - 1; i >= 0; i--) {
            data.append(data.isEmpty() ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":[")
                    .append(input.get(i).textValue().length())
                    .append(",1]}");
        }
        respond(out, 200, "", "{\"object\":\"list\",\"data\":[" + data + "]}");
    };

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void textsGoOutInBatchesAndVectorsComeBackInOrder() throws Exception {
        List<String> texts = IntStream.range(0, 70).mapToObj("x"::repeat).toList();
        try (ScriptedServer server = new ScriptedServer(LENGTHS)) {
            List<float[]> vectors = new EmbeddingEndpoint(quick(server.base())).embed("tiny", texts);

            assertThat(vectors).hasSize(70);
            for (int i = 0; i < 70; i++) {
                assertThat(vectors.get(i)).containsExactly(i, 1);
            }
            assertThat(server.requests())
                    .extracting(request -> json(request.body()).path("input").size())
                    .containsExactly(32, 32, 6);
            assertThat(server.requests().get(0).head())
                    .startsWith("POST /v1/embeddings HTTP/1.1")
                    .containsIgnoringCase("authorization: Bearer sk-secret-123");
            assertThat(json(server.requests().get(2).body()).path("model").textValue())
                    .isEqualTo("tiny");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | {\"error\":{\"message\":\"slow down\"}}",
                "503 | {}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[1,2]}]}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":0,\"embedding\":[1,2]}]}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1]}]}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1,\"NaN\"]}]}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1,1e99]}]}",
                "200 | {\"data\":[{\"index\":0,\"embedding\":[]},{\"index\":1,\"embedding\":[]}]}",
                "200 | <html>"
            })
    void whatMayPassIsTriedAgain(int status, String body) throws Exception {
        Behaviour onceBad = (request, out) -> {
            if (request.number() == 0) {
                respond(out, status, "", body);
            } else {
                LENGTHS.answer(request, out);
            }
        };
        try (ScriptedServer server = new ScriptedServer(onceBad)) {
            assertThat(new EmbeddingEndpoint(quick(server.base())).embed("tiny", TWO))
                    .hasSize(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anEmbedderGivesUnitVectors() {
        try (ScriptedServer server = new ScriptedServer(LENGTHS)) {
            EndpointEmbedder embedder = new EndpointEmbedder(new EmbeddingEndpoint(quick(server.base())), "tiny");

            assertThat(embedder.name()).isEqualTo("tiny at " + server.base());
            assertThat(embedder.embed(TWO).get(0))
                    .containsExactly((float) (3 / Math.sqrt(10)), (float) (1 / Math.sqrt(10)));
        }
    }

    @Test
    void aRefusedKeyIsOneSentenceWithoutTheKey() {
        try (ScriptedServer server = new ScriptedServer((request, out) ->
                respond(out, 401, "", "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret-123\"}}"))) {
            EndpointEmbedder embedder = new EndpointEmbedder(new EmbeddingEndpoint(quick(server.base())), "tiny");

            assertThatThrownBy(() -> embedder.embed(TWO))
                    .isInstanceOf(EmbedderException.class)
                    .hasMessage("Embeddings of tiny: " + server.base()
                            + " answered with status 401: Incorrect API key provided: ***");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
