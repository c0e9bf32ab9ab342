package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubEnvironmentTest {
    @TempDir
    Path home;

    static Stream<Arguments> environments() {
        return Golden.stream(Golden.read("environment.json"))
                .map(json -> Arguments.of(json.get("name").asText(), json));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("environments")
    void derivesTheSettingsThatPythonDerives(String name, JsonNode golden) throws IOException {
        for (Map.Entry<String, JsonNode> file : golden.get("files").properties()) {
            Path path = home.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().asText());
        }
        Map<String, String> variables = new HashMap<>();
        golden.get("environment").properties().forEach(entry -> variables.put(entry.getKey(), here(entry.getValue())));
        JsonNode expected = golden.get("expected");

        HubEnvironment environment = new HubEnvironment(variables, home.toString());

        assertThat(environment.cache()).isEqualTo(Path.of(here(expected.get("cache"))));
        assertThat(environment.tokenFile()).isEqualTo(Path.of(here(expected.get("tokenPath"))));
        assertThat(environment.token().map(Token::value).orElse(null))
                .isEqualTo(expected.get("token").textValue());
        assertThat(environment.endpoint().base())
                .isEqualTo(URI.create(expected.get("endpoint").asText()));
        assertThat(environment.offline()).isEqualTo(expected.get("offline").asBoolean());
        assertThat(environment.symlinks()).isEqualTo(expected.get("symlinks").asBoolean());
        assertThat(environment.metadataTimeout())
                .isEqualTo(Duration.ofSeconds(expected.get("metadataTimeout").asLong()));
        assertThat(environment.downloadTimeout())
                .isEqualTo(Duration.ofSeconds(expected.get("downloadTimeout").asLong()));
    }

    private String here(JsonNode text) {
        return text.asText().replace("{home}", home.toString());
    }

    @Test
    void homeVariableMovesTheHome() {
        HubEnvironment environment = HubEnvironment.of(Map.of("HOME", home.toString()));

        assertThat(environment.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://hub", "hub.example", "", "https://", "https://hub/?q=1", "https://a b"})
    void refusesWhatIsNoEndpoint(String endpoint) {
        HubEnvironment environment = new HubEnvironment(Map.of("HF_ENDPOINT", endpoint), home.toString());

        assertThatThrownBy(environment::endpoint)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_ENDPOINT");
    }

    @Test
    void doesNotRepeatThePasswordOfAnEndpoint() {
        HubEnvironment environment =
                new HubEnvironment(Map.of("HF_ENDPOINT", "https://user:password@hub"), home.toString());

        assertThatThrownBy(environment::endpoint)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://hub")
                .hasMessageNotContaining("password@");
    }

    @Test
    void refusesAMalformedTimeout() {
        HubEnvironment environment = new HubEnvironment(Map.of("HF_HUB_ETAG_TIMEOUT", "soon"), home.toString());

        assertThatThrownBy(environment::metadataTimeout)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_HUB_ETAG_TIMEOUT")
                .hasMessageContaining("soon");
    }

    @Test
    void saysWhichTokenFileIsUnreadable() {
        HubEnvironment environment = new HubEnvironment(Map.of("HF_TOKEN_PATH", home.toString()), home.toString());

        assertThatThrownBy(environment::token).isInstanceOf(HubException.class).hasMessageContaining(home.toString());
    }

    @Test
    void aTokenNeverShows() {
        List<String> malformed = List.of("hf_se cret", "hf_sécret", "hf_se\u0001cret");

        assertThat(new Token("hf_secret")).hasToString("Token[hidden]");
        for (String text : malformed) {
            assertThatThrownBy(() -> Token.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(text);
        }
    }
}
