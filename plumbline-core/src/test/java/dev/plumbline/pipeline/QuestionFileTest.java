package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.artifact.MalformedArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionFileTest {

    @TempDir
    Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("questions"), content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"Who?\", \"id\": 0}\n{\"question\": \"Why?\", \"id\": 1}\n",
                "\"Who?\"\n\n\"Why?\"",
                "[\"Who?\", {\"question\": \"Why?\"}]",
                "\n  Who?  \n\nWhy?\n"
            })
    void readsEveryForm(String content) throws IOException {
        assertThat(QuestionFile.read(file(content))).containsExactly("Who?", "Why?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                    | holds no question
            []                                    | holds no question
            ["Who?", 3]                           | item 1 is 3; expected a text
            ["Who?"                               | it is not JSON
            {"question": " "}                     | line 1 is {"question":" "}; expected a text
            {"ask": "Who?"}                       | line 1 is {"ask":"Who?"}; expected a text
            {"question": "Who?"                   | line 1 is not JSON
            """)
    void saysWhatIsWrong(String content, String problem) throws IOException {
        Path broken = file(content);
        assertThatThrownBy(() -> QuestionFile.read(broken))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(broken + ": " + problem);
    }

    @Test
    void namesTheLine() throws IOException {
        Path broken = file("{\"question\": \"Who?\"}\n{\"question\": 7}\n");
        assertThatThrownBy(() -> QuestionFile.read(broken)).hasMessageContaining("line 2 is {\"question\":7}");
    }
}
