package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AxisFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.nano.NanoModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a Hub that cuts connections, refuses and lies. */
class PullIT {
    private static final byte[] SHARD = new byte[300_000];

    static {
        new Random(4).nextBytes(SHARD);
    }

    @TempDir
    Path directory;

    private FaultyHub hub;
    private PlumbProcess plumb;

    @BeforeEach
    void serve() throws IOException {
        hub = new FaultyHub()
                .with("config.json", "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .with("model-00001-of-00002.safetensors", SHARD)
                .with("model-00002-of-00002.safetensors", "second".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .with("README.md", "not needed".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        plumb = new PlumbProcess(
                directory,
                Map.of(
                        "HF_ENDPOINT",
                        hub.address(),
                        "HF_HOME",
                        directory.resolve("hf").toString(),
                        "HF_TOKEN",
                        "hf_x"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void faultsThatPassAreOutlastedAndTheCacheServesOffline() throws Exception {
        hub.once("GET /api/models/org/tiny/revision/main", FaultyHub.refuse(429, "Retry-After", "1"));
        hub.once("GET model-00001-of-00002.safetensors", FaultyHub.cutAfter(100_000));

        PlumbProcess.Result result = plumb.run("pull", "org/tiny", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode pulled = new ObjectMapper().readTree(result.out());
        assertThat(pulled.path("commit").textValue()).isEqualTo(FaultyHub.COMMIT);
        assertThat(pulled.path("files").findValuesAsText("file"))
                .containsExactly("config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        Path snapshot = Path.of(pulled.path("path").textValue());
        assertThat(snapshot).startsWith(directory.resolve("hf"));
        assertThat(snapshot.resolve("model-00001-of-00002.safetensors")).hasBinaryContent(SHARD);
        assertThat(snapshot.resolve("model-00002-of-00002.safetensors")).hasContent("second");

        hub.close();
        PlumbProcess.Result offline = plumb.run("pull", "org/tiny", "--offline");
        assertThat(offline.exitCode()).as(offline.err()).isZero();
        assertThat(offline.out().strip()).isEqualTo(snapshot.toString());
        PlumbProcess.Result other = plumb.run("pull", "org/other", "--offline");
        assertThat(other.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(other.err()).contains("Offline").contains("org/other");
    }

    @Test
    void aRefusalIsOneSentenceThatSaysWhatToDo() throws Exception {
        hub.once("GET /api/models/org/gated/revision/main", FaultyHub.refuse(403, "X-Error-Code", "GatedRepo"));
        PlumbProcess.Result gated = plumb.run("pull", "org/gated");
        assertThat(gated.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(gated.err().strip().lines()).hasSize(1);
        assertThat(gated.err()).contains("org/gated");

        hub.once("GET /api/datasets/org/none/revision/main", FaultyHub.refuse(401));
        PlumbProcess.Result unknown = plumb.run("pull", "dataset:org/none");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(unknown.err()).contains("org/none").doesNotContain("hf_x");

        hub.once("GET model-00002-of-00002.safetensors", FaultyHub.shorterBy(2));
        PlumbProcess.Result lied = plumb.run("pull", "org/liar");
        assertThat(lied.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(lied.err()).contains("should have 6 bytes").contains("4 bytes are offered");
        Path second = directory.resolve(
                "hf/hub/models--org--liar/snapshots/" + FaultyHub.COMMIT + "/model-00002-of-00002.safetensors");
        assertThat(second).doesNotExist();
        assertThat(plumb.run("pull", "org/liar").exitCode())
                .as("the lie was told once")
                .isZero();
        assertThat(second).hasContent("second");

        PlumbProcess.Result missing = plumb.run("pull", "org/tiny", "config.json", "no-such-file.bin");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.LOSSES);
        assertThat(missing.err()).contains("no file 'no-such-file.bin'");
    }

    /** SIGTERM takes the way of Ctrl-C, and can be sent from everywhere. */
    @Test
    void anInterruptedDownloadSaysSoAndIsGoneOnWith() throws Exception {
        hub.once("GET model-00001-of-00002.safetensors", FaultyHub.stallAfter(200_000));
        Process process = plumb.start("pull", "org/tiny", "model-00001-of-00002.safetensors");
        Path blobs = directory.resolve("hf/hub/models--org--tiny/blobs");
        long partial = waitForBytes(process, blobs);

        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(plumb.result(process).err()).contains("interrupted; what was finished is kept");
        PlumbProcess.Result again = plumb.run("pull", "org/tiny", "model-00001-of-00002.safetensors");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(Path.of(again.out().strip()).resolve("model-00001-of-00002.safetensors"))
                .hasBinaryContent(SHARD);
        assertThat(hub.asked()).anySatisfy(request -> assertThat(request)
                .matches(".*model-00001-of-00002.safetensors bytes=\\d+-")
                .satisfies(range -> assertThat(Long.parseLong(range.replaceAll(".*bytes=(\\d+)-", "$1")))
                        .isGreaterThanOrEqualTo(partial)));
    }

    /** How much of a download there is once there is any. */
    private static long waitForBytes(Process process, Path blobs) throws Exception {
        for (int i = 0; i < 3000; i++) {
            if (Files.isDirectory(blobs)) {
                try (Stream<Path> files = Files.list(blobs)) {
                    long bytes = files.mapToLong(file -> file.toFile().length()).sum();
                    if (bytes > 0) {
                        return bytes;
                    }
                }
            }
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("the download ended before it could be interrupted")
                    .isFalse();
        }
        throw new AssertionError("No byte of a download within half a minute");
    }

    @Test
    void vectorsOfADataSetAreAnalysedByItsName() throws Exception {
        Random random = new Random(8);
        Path folder = directory.resolve("made");
        for (String name : List.of(
                "assistant_axis",
                "default_vector",
                "role_vectors/bard",
                "role_vectors/clerk",
                "role_vectors/ghost",
                "role_vectors/nurse")) {
            float[][] rows = new float[2][6];
            for (float[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (float) random.nextGaussian();
                }
            }
            Path file = folder.resolve(name + ".pt");
            AxisFile.write(file, new AssistantAxis(LayerVectors.residPost(new int[] {0, 1}, rows)));
            hub.with("tiny/" + name + ".pt", Files.readAllBytes(file));
        }

        PlumbProcess.Result online = plumb.run("analyze", "pca", "dataset:org/vectors/tiny", "--out", "out", "--json");
        assertThat(online.exitCode()).as(online.err()).isZero();
        assertThat(new ObjectMapper().readTree(online.out()).path("scores")).hasSize(4);
        assertThat(hub.asked()).contains("GET /api/datasets/org/vectors/revision/main");

        hub.close();
        PlumbProcess.Result offline =
                plumb.run("analyze", "pca", "datasets/org/vectors/tiny", "--out", "out", "--json");
        assertThat(offline.exitCode()).as(offline.err()).isZero();
        assertThat(offline.out()).isEqualTo(online.out());
    }

    @Test
    void aModelOfTheHubStandsWhereverAModelIsAskedFor() throws Exception {
        try (Stream<Path> files = Files.list(NanoModel.directory())) {
            for (Path file : files.toList()) {
                hub.with(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        Files.writeString(directory.resolve("chat.json"), "[{\"role\": \"user\", \"content\": \"Hello\"}]");

        PlumbProcess.Result result =
                plumb.run("tokens", "--model", "org/nano@main", "--conversation", "chat.json", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(new ObjectMapper().readTree(result.out()).isObject()).isTrue();
        assertThat(result.err()).contains("taking it for a model of the Hub");
        assertThat(hub.asked()).noneMatch(request -> request.contains("README"));
    }
}
