package dev.plumbline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSettingsTest {

    private static Optional<String> authorization(EndpointSettings settings) {
        return settings.key().map(ApiKey::authorization);
    }

    @Test
    void openAiIsTheDefault() {
        EndpointSettings settings = EndpointSettings.fromEnvironment(Map.of("OPENAI_API_KEY", "a\n"));
        assertThat(settings.completions()).hasToString("https://api.openai.com/v1/chat/completions");
        assertThat(authorization(settings)).contains("Bearer a");
        assertThat(settings.tokenLimitField()).isEqualTo("max_completion_tokens");
    }

    @Test
    void theEnvironmentNamesAServer() {
        EndpointSettings settings = EndpointSettings.fromEnvironment(
                Map.of("OPENAI_BASE_URL", "http://localhost:8000/v1/", "OPENROUTER_API_KEY", "router"));
        assertThat(settings.completions()).hasToString("http://localhost:8000/v1/chat/completions");
        assertThat(settings.key()).as("a key goes to its own provider only").isEmpty();
        assertThat(settings.tokenLimitField()).isEqualTo("max_tokens");
    }

    @Test
    void anOpenRouterKeyAloneMeansOpenRouter() {
        EndpointSettings settings =
                EndpointSettings.fromEnvironment(Map.of("OPENROUTER_API_KEY", "router", "OPENAI_API_KEY", " "));
        assertThat(settings.base()).hasHost("openrouter.ai");
        assertThat(authorization(settings)).contains("Bearer router");
    }

    @Test
    void anExplicitServerGetsItsOwnKey() {
        Map<String, String> both = Map.of("OPENROUTER_API_KEY", "router", "OPENAI_API_KEY", "open");
        assertThat(authorization(EndpointSettings.at(URI.create("https://openrouter.ai/api/v1"), both)))
                .contains("Bearer router");
        assertThat(authorization(EndpointSettings.at(URI.create("https://api.openai.com/v1"), both)))
                .contains("Bearer open");
    }

    @Test
    void aKeyIsNeverPrinted() {
        EndpointSettings settings = EndpointSettings.fromEnvironment(Map.of("OPENAI_API_KEY", "sk-very-secret"));
        assertThat(settings.toString()).contains("ApiKey[hidden]").doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/v1", "localhost:8000", "/v1", "http://user:pass@host/v1", "http://host/v1?x=1"})
    void refusesWhatIsNoServer(String base) {
        assertThatThrownBy(() -> EndpointSettings.of(URI.create(base), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "line\nbreak", "schl\u00fcssel"})
    void refusesWhatIsNoKeyWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> new ApiKey(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API key is one word")
                .hasMessageNotContaining("words")
                .hasMessageNotContaining("break");
    }
}
