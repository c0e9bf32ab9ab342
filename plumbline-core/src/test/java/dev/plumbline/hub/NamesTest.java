package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.hub.HubRepo.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of repositories, revisions and files, against Python's rules and against hostile ones. */
class NamesTest {
    private static final JsonNode GOLDEN = Golden.read("names.json");

    static Stream<JsonNode> ids() {
        return Golden.stream(GOLDEN.get("ids"));
    }

    static Stream<JsonNode> patterns() {
        return Golden.stream(GOLDEN.get("patterns"));
    }

    static Stream<JsonNode> addresses() {
        return Golden.stream(GOLDEN.get("addresses"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void acceptsTheIdsThatPythonAccepts(JsonNode golden) {
        String id = golden.get("id").asText();

        if (golden.get("valid").asBoolean()) {
            assertThatCode(() -> HubRepo.model(id)).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> HubRepo.model(id));
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternsMatchWhatPythonMatches(JsonNode golden) {
        FilePatterns patterns = FilePatterns.of(golden.get("pattern").asText());

        List<String> matches = Golden.stream(GOLDEN.get("files"))
                .map(JsonNode::asText)
                .filter(patterns::matches)
                .toList();

        assertThat(matches)
                .containsExactlyElementsOf(Golden.stream(golden.get("matches"))
                        .map(JsonNode::asText)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void filesHaveTheAddressesThatPythonBuilds(JsonNode golden) {
        Kind kind = Kind.valueOf(golden.get("kind").asText().toUpperCase(Locale.ROOT));
        HubRepo repo = new HubRepo(
                kind, golden.get("id").asText(), golden.get("revision").asText());
        Endpoint endpoint = Endpoint.parse("https://huggingface.co");

        URI address = endpoint.file(repo, new RepoPath(golden.get("file").asText()));

        assertThat(address).hasToString(golden.get("address").asText());
    }

    @Test
    void revisionFollowsTheAt() {
        assertThat(HubRepo.model("org/name")).isEqualTo(new HubRepo(Kind.MODEL, "org/name", "main"));
        assertThat(HubRepo.dataset("org/name@refs/pr/1")).isEqualTo(new HubRepo(Kind.DATASET, "org/name", "refs/pr/1"));
        assertThat(HubRepo.model("org/name@v1")).hasToString("org/name@v1");
        assertThat(HubRepo.dataset("org/name")).hasToString("datasets/org/name@main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/../b", "/a", "a//b", "a/", "./a", "a\\..\\b", "C:/a", "a/C:b", "a\nb", "a\0b"})
    void namesThatCouldLeaveTheirFolderAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepoPath(name))
                .withMessageContaining("file name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HubRepo(Kind.MODEL, "org/name", name))
                .withMessageContaining("revision");
    }

    @Test
    void dotsWithinANameAreHarmless() {
        Path folder = Path.of("cache");

        assertThat(new RepoPath("a..b/.c/de:f").in(folder)).isEqualTo(Path.of("cache", "a..b", ".c", "de:f"));
    }

    @Test
    void aCheckpointIsNeitherPickleNorCodeNorASecondCopy() {
        FilePatterns checkpoint = FilePatterns.checkpoint();

        assertThat(Stream.of(
                        "config.json",
                        "generation_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "chat_template.jinja",
                        "model.safetensors",
                        "model-00001-of-00004.safetensors",
                        "model.safetensors.index.json"))
                .allMatch(checkpoint::matches);
        assertThat(Stream.of(
                        "pytorch_model.bin",
                        "model.pt",
                        "modeling_tiny.py",
                        "chat_template.py",
                        "README.md",
                        "onnx/model.safetensors",
                        "original/config.json",
                        "consolidated.safetensors"))
                .noneMatch(checkpoint::matches);
    }

    @Test
    void exceptionsNarrowAPattern() {
        FilePatterns patterns = FilePatterns.everything().except("*.bin").except("data/");

        assertThat(patterns.matches("config.json")).isTrue();
        assertThat(patterns.matches("a.bin")).isFalse();
        assertThat(patterns.matches("data/x.json")).isFalse();
        assertThat(patterns).hasToString("* except *.bin except data/");
    }

    @Test
    void addressesOfTheSameHostDifferByPortAndScheme() {
        Endpoint endpoint = Endpoint.parse("https://Hub.example");

        assertThat(endpoint.owns(URI.create("https://hub.example:443/x"))).isTrue();
        assertThat(endpoint.owns(URI.create("https://hub.example:8443/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("http://hub.example/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("https://cdn.hub.example/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("https://hub.example.evil/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("https://hub.example@evil/x"))).isFalse();
    }

    @Test
    void aSnapshotFolderSaysWhatItIsOf() {
        String commit = "0123456789abcdef0123456789abcdef01234567";

        assertThat(HubRepo.ofSnapshot(Path.of("/hf/hub/models--Qwen--Qwen3-0.6B/snapshots/" + commit)))
                .contains(HubRepo.model("Qwen/Qwen3-0.6B").at(commit));
        assertThat(HubRepo.ofSnapshot(Path.of("hub/models--gpt2/snapshots", commit)))
                .contains(HubRepo.model("gpt2").at(commit));
        assertThat(HubRepo.ofSnapshot(Path.of("hub/datasets--a--b/snapshots", commit)))
                .contains(HubRepo.dataset("a/b").at(commit));
        for (String other : List.of(
                "models--a--b",
                "models--a--b/snapshots/main",
                "models--a--b--c/snapshots/" + commit,
                "models--a..b/snapshots/" + commit)) {
            assertThat(HubRepo.ofSnapshot(Path.of(other))).as(other).isEmpty();
        }
    }
}
