package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.artifact.VectorFile;
import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Site;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the Hub, named where a file is asked for. */
class HubFilesIT {
    private static final String AXIS = "org/vectors/tiny/axis.pt";
    private static final String CAPS = "dataset:org/vectors@main/tiny/caps.json";
    private static final FaultyHub.Fault NOT_THERE = FaultyHub.refuse(404, "X-Error-Code", "RepoNotFound");

    @TempDir
    Path directory;

    private FaultyHub hub;
    private PlumbProcess online;
    private PlumbProcess offline;

    @BeforeEach
    void serve() throws IOException {
        Path made = directory.resolve("made");
        RandomAxis.write(made.resolve("axis.pt"));
        float[] vector = new float[192];
        vector[3] = 1;
        CappingConfigFile.write(
                made.resolve("caps.json"),
                new CappingConfig(
                        Map.of("layer_2/v", new Direction(Site.residPost(2), vector)),
                        List.of(new CappingExperiment("one", List.of(new CappingExperiment.Ceiling("layer_2/v", 4)))),
                        Map.of()));
        hub = new FaultyHub();
        for (String name : List.of("axis.pt", "caps.json")) {
            hub.with("tiny/" + name, Files.readAllBytes(made.resolve(name)));
        }
        hub.with("config.json", Files.readAllBytes(NanoModel.directory().resolve("config.json")));
        Files.writeString(
                directory.resolve("chat.json"),
                "[{\"role\": \"user\", \"content\": \"Hello\"}, {\"role\": \"assistant\", \"content\": \"Good day.\"}]");
        Files.writeString(directory.resolve("asked.json"), "[{\"role\": \"user\", \"content\": \"Hello\"}]");
        online = plumb("0");
        offline = plumb("1");
    }

    private PlumbProcess plumb(String isOffline) {
        return new PlumbProcess(
                directory,
                Map.of(
                        "HF_ENDPOINT",
                        hub.address(),
                        "HF_HOME",
                        directory.resolve("hf").toString(),
                        "HF_HUB_OFFLINE",
                        isOffline));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static JsonNode json(PlumbProcess.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void standWhereverAFileOfVectorsOrCapsIsAskedFor() throws Exception {
        hub.once("GET /api/models/org/vectors/revision/main", NOT_THERE);
        PlumbProcess.Result inspected = online.run("inspect", AXIS, "--json");
        assertThat(json(inspected).path("entries")).hasSize(6);
        assertThat(inspected.err()).contains("there is no " + AXIS + " here; looking for it in the Hub");

        PlumbProcess.Result converted = online.run("convert", AXIS, "axis.npy");
        assertThat(converted.exitCode()).as(converted.err()).isZero();
        assertThat(VectorFile.read(directory.resolve("axis.npy")).vectors())
                .isEqualTo(VectorFile.read(directory.resolve("made/axis.pt")).vectors());

        assertThat(json(online.run("cap", "list", CAPS, "--json")).path("id").textValue())
                .isEqualTo("one");
        PlumbProcess.Result benched =
                online.run("bench", "--config", "model:org/x/config.json", "--write-checkpoint", "w");
        assertThat(benched.exitCode()).as(benched.err()).isZero();

        JsonNode projected =
                json(online.run("project", "chat.json", "--model", "nano", "--vector", AXIS + "@3", "--json"));
        JsonNode again =
                json(online.run("project", "chat.json", "--model", "nano", "--vector", "made/axis.pt@3", "--json"));
        assertThat(projected.path("turns")).isEqualTo(again.path("turns"));

        hub.close();
        PlumbProcess.Result generated = offline.run(
                "generate",
                "--model",
                "nano",
                "--conversation",
                "asked.json",
                "--max-tokens",
                "2",
                "--steer",
                AXIS + "@2,3=1len",
                "--ablate",
                AXIS + "@1=" + AXIS,
                "--cap",
                CAPS + "#one",
                "--json");
        assertThat(generated.exitCode()).as(generated.err()).isZero();
        String last = generated.out().lines().reduce((first, second) -> second).orElseThrow();
        assertThat(new ObjectMapper().readTree(last).path("interventions"))
                .as("two layers steered, one ablated, one capped")
                .hasSize(4);
        assertThat(generated.err().lines().filter(line -> line.contains("looking for it")))
                .as("each name is looked for once")
                .hasSize(2);
    }

    @Test
    void whatIsNotThereIsSaidInOneSentence() throws Exception {
        PlumbProcess.Result both = online.run("inspect", AXIS);
        assertThat(both.exitCode()).as(both.err()).isEqualTo(ExitCode.USAGE);
        assertThat(both.err()).contains("dataset:" + AXIS + " or model:" + AXIS);

        PlumbProcess.Result folder = online.run("convert", "dataset:org/vectors/tiny", "axis.npy");
        assertThat(folder.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(folder.err()).contains("is a folder").contains("axis.pt, caps.json");

        PlumbProcess.Result misspelt = online.run("cap", "list", "dataset:org/vectors/tiny/cap.json");
        assertThat(misspelt.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(misspelt.err()).contains("has no tiny/cap.json; in tiny there is axis.pt, caps.json");

        PlumbProcess.Result uncached = offline.run("inspect", "org/other/axis.pt", "made/axis.pt", "--brief");
        assertThat(uncached.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(uncached.out()).as("the other is shown").startsWith("made/axis.pt: ");
        assertThat(uncached.err())
                .contains("There is no file org/other/axis.pt here")
                .contains("offline");
    }

    @Test
    void aPathWins() throws Exception {
        Files.createDirectories(directory.resolve("org/vectors/tiny"));
        Files.copy(directory.resolve("made/axis.pt"), directory.resolve(AXIS));

        PlumbProcess.Result here = online.run("inspect", AXIS, "--brief");
        assertThat(here.exitCode()).as(here.err()).isZero();
        assertThat(here.out()).startsWith(AXIS + ": ");
        PlumbProcess.Result mistyped = online.run("inspect", "org/vectors/tiny/axes.pt");
        assertThat(mistyped.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(mistyped.err()).contains("org/vectors/tiny/axes.pt").contains("no such file");
        assertThat(hub.asked()).isEmpty();
    }
}
