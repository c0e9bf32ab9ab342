package dev.plumbline.nano;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.nano.grammar.Grammar;
import dev.plumbline.nano.grammar.Role;
import dev.plumbline.nano.grammar.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesTheReferencesFormats(@TempDir Path directory) throws IOException {
        NanoData.writeTo(directory);
        for (Role role : Grammar.standard().roles()) {
            JsonNode file = read(directory.resolve("roles/instructions/" + role.name() + ".json"));
            assertThat(file.path("instruction"))
                    .hasSize(5)
                    .allMatch(i -> !i.path("pos").asText().isEmpty());
            assertThat(file.path("questions")).hasSize(40);
            assertThat(file.path("eval_prompt").asText()).contains("{question}", "{answer}");
        }
        JsonNode assistant = read(directory.resolve("roles/instructions/default.json"));
        assertThat(assistant.path("instruction")).hasSize(5);
        assertThat(assistant.path("instruction").path(0).path("pos").asText()).isEmpty();
        assertThat(assistant.path("instruction").findValuesAsText("pos")).contains("You are {model_name}.");
        for (Trait trait : Grammar.standard().traits()) {
            JsonNode file = read(directory.resolve("traits/instructions/" + trait.name() + ".json"));
            assertThat(file.path("instruction")).hasSize(5).allMatch(i -> i.hasNonNull("pos") && i.hasNonNull("neg"));
            assertThat(file.path("questions")).hasSizeGreaterThanOrEqualTo(20);
        }
        List<String> lines = Files.readAllLines(directory.resolve("extraction_questions.jsonl"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
        for (int id = 0; id < lines.size(); id++) {
            assertThat(JSON.readTree(lines.get(id)).path("id").asInt()).isEqualTo(id);
            assertThat(JSON.readTree(lines.get(id)).path("question").asText()).matches(".*[?.]");
        }
    }

    @Test
    void writesTheSameEachTime(@TempDir Path directory) throws IOException {
        NanoData.writeTo(directory.resolve("a"));
        NanoData.writeTo(directory.resolve("b"));
        assertThat(directory.resolve("a/roles/instructions/ghost.json"))
                .hasSameTextualContentAs(directory.resolve("b/roles/instructions/ghost.json"));
        assertThat(directory.resolve("a/extraction_questions.jsonl"))
                .hasSameTextualContentAs(directory.resolve("b/extraction_questions.jsonl"));
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
