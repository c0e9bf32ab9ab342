package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.artifact.NpyFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.hook.Site;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capping configurations on the command line, with the organism where a model is needed. */
class CapIT {
    private static final int WIDTH = 192;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeConfig() throws Exception {
        float[] vector = new float[WIDTH];
        vector[3] = -2;
        CappingConfigFile.write(
                directory.resolve("capping_config.pt"),
                new CappingConfig(
                        Map.of("layer_2/negated_axis", new Direction(Site.residPost(2), vector)),
                        List.of(new CappingExperiment(
                                "layers_2:3-p0.25",
                                List.of(new CappingExperiment.Ceiling("layer_2/negated_axis", -4)))),
                        Map.of("model", "of a test")));
        Files.writeString(directory.resolve("chat.json"), "[{\"role\": \"user\", \"content\": \"What is 2 plus 3?\"}]");
    }

    private PlumbProcess.Result plumb(String... arguments) throws Exception {
        return new PlumbProcess(directory).run(arguments);
    }

    @Test
    void showsAnExperimentInWords() throws Exception {
        PlumbProcess.Result shown = plumb("cap", "show", "capping_config.pt", "0");

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains(
                        "layers_2:3-p0.25 acts on layer 2",
                        "the end of 2:3 is not included",
                        "percentile 75 along the axis");
    }

    @Test
    void refusesAnExperimentThatIsNotThere() throws Exception {
        PlumbProcess.Result refused = plumb("cap", "show", "capping_config.pt", "layers_9:10-p0.25");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("no experiment layers_9:10-p0.25", "layers_2:3-p0.25");
    }

    @Test
    void refusesAMisspeltInterventionBeforeAModelIsLoaded() throws Exception {
        PlumbProcess.Result refused =
                plumb("generate", "--model", "no/such/model", "--conversation", "chat.json", "--cap", "axis.pt=1..");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("names no layers");
    }

    @Test
    void answersWithAndWithoutTheCap() throws Exception {
        PlumbProcess.Result run = plumb(
                "cap",
                "run",
                "capping_config.pt",
                "layers_2:3-p0.25",
                "--model",
                "nano",
                "--conversation",
                "chat.json",
                "--max-tokens",
                "4",
                "--positions",
                "prompt",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode answers = new ObjectMapper().readTree(run.out());
        assertThat(answers.path("uncapped").textValue()).isNotEmpty();
        assertThat(answers.path("capped").isTextual()).isTrue();
        assertThat(answers.path("interventions").path(0).path("layer").intValue())
                .isEqualTo(2);
        assertThat(answers.path("interventions").path(0).path("tokens").intValue())
                .isPositive();
    }

    @Test
    void aSweepRecommendsWhatIsInItsFileAndIsNotAskedTwice() throws Exception {
        float[][] rows = new float[6][WIDTH];
        for (float[] row : rows) {
            row[3] = 1;
        }
        AxisFile.write(
                directory.resolve("axis.pt"),
                new AssistantAxis(LayerVectors.residPost(new int[] {0, 1, 2, 3, 4, 5}, rows)));
        NpyFile.write(
                directory.resolve("projections.npy"),
                TensorData.ofFloats(new float[] {-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1}, 2, 6));

        PlumbProcess.Result sweep = sweep();

        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertThat(sweep.out())
                .contains("Recommended: on layer 2", "sweep/capping_config.pt#layers_2:3-p0.5 --positions told");
        assertThat(directory.resolve("sweep/capping.html")).isNotEmptyFile();
        assertThat(CappingConfigFile.read(directory.resolve("sweep/capping_config.pt"))
                        .named("layers_2:3-p0.5")
                        .entries())
                .hasSize(1);

        PlumbProcess.Result again = sweep();

        assertThat(again.out()).isEqualTo(sweep.out());
        assertThat(again.err()).contains("8 answers are there from an earlier run");
    }

    private PlumbProcess.Result sweep() throws Exception {
        return plumb(
                "cap",
                "sweep",
                "--model",
                "nano",
                "--axis",
                "axis.pt",
                "--projections",
                "projections.npy",
                "--windows",
                "2:3",
                "--percentiles-along-axis",
                "50",
                "--act-on",
                "prompt",
                "--size",
                "1",
                "--max-tokens",
                "4",
                "--out",
                "sweep");
    }
}
