package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.artifact.MalformedArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleFileTest {

    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void readsInstructionsQuestionsAndRubric() throws IOException {
        RoleFile role = RoleFile.read(file("pirate.json", """
                {"instruction": [{"pos": "Be a pirate.", "neg": "Do not."}, {"pos": ""}], "questions": ["Who?"],
                 "eval_prompt": "Q {question} A {answer}", "unknown": 1}"""));
        assertThat(role.name()).isEqualTo("pirate");
        assertThat(role.instructions()).containsExactly("Be a pirate.", "");
        assertThat(role.questions()).containsExactly("Who?");
        assertThat(role.rubric().template()).isEqualTo("Q {question} A {answer}");
        assertThat(role.isDefault()).isFalse();
    }

    @Test
    void aRoleWithoutARubricGetsTheStandardOne() throws IOException {
        RoleFile role = RoleFile.read(file("sea_captain.json", "{\"instruction\": [{\"pos\": \"Be one.\"}]}"));
        assertThat(role.evalPrompt()).isEmpty();
        assertThat(role.rubric().template()).contains("sea captain", "{question}", "{answer}");
    }

    @Test
    void onlyTheExactNameIsTheDefaultAssistant() throws IOException {
        file("default.json", "{\"instruction\": [{\"pos\": \"\"}, {\"pos\": \"You are {model_name}.\"}]}");
        file("default_risk_analyst.json", "{\"instruction\": [{\"pos\": \"x\"}]}");
        file("zealot.json", "{\"instruction\": [{\"pos\": \"x\"}]}");
        file("notes.txt", "not a role");
        List<RoleFile> roles = RoleFile.readDirectory(directory);
        assertThat(roles).extracting(RoleFile::name).containsExactly("default", "default_risk_analyst", "zealot");
        assertThat(roles).extracting(RoleFile::isDefault).containsExactly(true, false, false);
        assertThat(roles.get(0).instruction(1, "Qwen")).isEqualTo("You are Qwen.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {                                                                  | is not JSON
            {}                                                                 | has no "instruction"; expected a list
            {"instruction": "x"}                                               | "instruction" is not a list
            {"instruction": []}                                                | Role broken has no instruction
            {"instruction": [{"neg": "x"}]}                                    | instruction 0 is {"neg":"x"}; expected an object with a text "pos"
            {"instruction": [{"pos": "x"}], "questions": [""]}                 | question 0 is ""; expected a text
            {"instruction": [{"pos": "x"}], "eval_prompt": 3}                  | "eval_prompt" is 3; expected a text
            {"instruction": [{"pos": "x"}], "eval_prompt": "score {question}"} | A rubric needs the placeholder {answer}
            """)
    void saysWhatIsWrong(String content, String problem) throws IOException {
        Path broken = file("broken.json", content);
        assertThatThrownBy(() -> RoleFile.read(broken))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(broken + ": " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "../up", "a/b", "a\\b", "line\nbreak", "nul\0"})
    void aNameMustBeFitForAFile(String name) {
        assertThatThrownBy(() -> new RoleFile(name, List.of("x"), List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot name a role");
    }

    @Test
    void saysThatADirectoryIsEmptyOrMissing() {
        assertThatThrownBy(() -> RoleFile.readDirectory(directory))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("There is no role file");
        assertThatThrownBy(() -> RoleFile.readDirectory(directory.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void readsTheRolesOfTheReference() {
        String data = System.getenv("PLUMBLINE_REFERENCE_DATA");
        assumeThat(data)
                .as("PLUMBLINE_REFERENCE_DATA names the reference's data")
                .isNotNull();
        List<RoleFile> roles = RoleFile.readDirectory(Path.of(data, "roles", "instructions"));
        assertThat(roles).hasSize(276).allSatisfy(role -> assertThat(role.instructions())
                .hasSize(5));
        assertThat(roles)
                .filteredOn(role -> role.evalPrompt().isEmpty())
                .extracting(RoleFile::name)
                .containsExactly("default");
        assertThat(QuestionFile.read(Path.of(data, "extraction_questions.jsonl")))
                .hasSize(240);
    }
}
