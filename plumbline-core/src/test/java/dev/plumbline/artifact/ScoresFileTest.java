package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresFileTest {

    @TempDir
    Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("pirate.json"), content);
    }

    @Test
    void keysSortByNumberNotByText() throws IOException {
        Path file = file("{\"pos_p0_q10\": 3, \"pos_p0_q9\": 0,\n \"neg_p1_q0\": 2}");
        assertThat(ScoresFile.read(file))
                .containsExactly(
                        Map.entry(new RolloutKey("neg", 1, 0), 2),
                        Map.entry(new RolloutKey("pos", 0, 9), 0),
                        Map.entry(new RolloutKey("pos", 0, 10), 3));
        ScoresFile.write(file, ScoresFile.read(file));
        assertThat(file).hasContent("{\n  \"neg_p1_q0\": 2,\n  \"pos_p0_q9\": 0,\n  \"pos_p0_q10\": 3\n}\n");
    }

    @Test
    void noScoresAreAFileToo() throws IOException {
        Path file = file("");
        ScoresFile.write(file, Map.of());
        assertThat(file).hasContent("{}\n");
        assertThat(ScoresFile.read(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                   | is not a JSON object
            {"pos_p0_q0": 3,                     | is not JSON (was it cut off?)
            [3]                                  | is not a JSON object from keys to scores
            {"pos_p0": 3}                        | has the key "pos_p0"; expected the form pos_p0_q0
            {"pos_p0_q0": "3"}                   | has the score "3" for pos_p0_q0; expected a whole number
            {"pos_p0_q0": 2.5}                   | has the score 2.5 for pos_p0_q0; expected a whole number
            {"pos_p0_q0": null}                  | has the score null for pos_p0_q0; expected a whole number
            {"pos_p0_q0": 3, "pos_p0_q0": 2}     | is not JSON (was it cut off?): Duplicate field
            """)
    void saysWhatIsWrong(String content, String problem) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> ScoresFile.read(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(file + ": " + problem);
    }
}
