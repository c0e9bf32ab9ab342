package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of a run, and the same command again. */
class KillIT {
    @TempDir
    private Path directory;

    @Test
    void aKilledRunEndsWithTheFilesOfAnUndisturbedOne() throws Exception {
        PlumbProcess plumb = new PlumbProcess(directory);
        assertThat(plumb.run("nano", "data", "--out", "data").exitCode()).isZero();
        PlumbProcess.Result undisturbed = plumb.run(arguments("undisturbed"));
        assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();

        killWhen(plumb.start(arguments("killed")), () -> anyBytes(directory.resolve("killed/work")));
        assertThat(directory.resolve("killed/axis.pt")).doesNotExist();
        PlumbProcess.Result resumed = plumb.run(arguments("killed"));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(results(directory.resolve("killed"))).isEqualTo(results(directory.resolve("undisturbed")));
    }

    private static String[] arguments(String out) {
        return ("pipeline run --model nano --dtype f32 --judge nano --roles data/roles/instructions"
                        + " --questions data/extraction_questions.jsonl --question-count 20 --min-count 1"
                        + " --max-tokens 60 --seed 5 --only ghost,oracle,editor,analyst --out " + out)
                .split(" ");
    }

    @Test
    void aKilledDriftLosesAndDoublesNoTurn() throws Exception {
        PlumbProcess plumb = new PlumbProcess(directory);
        RandomAxis.write(directory.resolve("axis.pt"));
        PlumbProcess.Result undisturbed = plumb.run(drift("whole"));
        assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
        Path turns = directory.resolve("killed/turns.jsonl");

        killWhen(plumb.start(drift("killed")), () -> Files.exists(turns) && Files.size(turns) > 3000);
        List<String> before = Files.readAllLines(turns);
        assertThat(directory.resolve("killed/conversations")).doesNotExist();
        PlumbProcess.Result resumed = plumb.run(drift("killed"));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(turns))
                .startsWith(before.subList(0, before.size() - 1).toArray(String[]::new));
        assertThat(Files.readAllLines(turns)).hasSize(15 * 4);
        SortedMap<String, JsonNode> whole = byTurn(directory.resolve("whole/turns.jsonl"));
        byTurn(turns).forEach((turn, found) -> {
            JsonNode expected = whole.get(turn);
            assertThat(found.get("user")).as(turn).isEqualTo(expected.get("user"));
            assertThat(found.get("assistant")).as(turn).isEqualTo(expected.get("assistant"));
            // Other answers were computed beside it, which rounds otherwise.
            assertThat(found.get("after").doubleValue())
                    .as(turn)
                    .isCloseTo(expected.get("after").doubleValue(), within(1e-4));
        });
        assertThat(byTurn(turns).keySet()).isEqualTo(whole.keySet());
        assertThat(contents(directory.resolve("killed"), "conversations"))
                .hasSize(15)
                .isEqualTo(contents(directory.resolve("whole"), "conversations"));
    }

    private static SortedMap<String, JsonNode> byTurn(Path file) throws IOException {
        SortedMap<String, JsonNode> turns = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode turn = new ObjectMapper().readTree(line);
            turns.put(turn.get("conversation").textValue() + " " + turn.get("turn"), turn);
        }
        return turns;
    }

    private static String[] drift(String out) {
        return ("drift --model nano --dtype f32 --auditor nano --vector axis.pt --cap axis.pt@2=1.. --topics 1 --turns 4"
                        + " --max-tokens 24 --seed 3 --out " + out)
                .split(" ");
    }

    /** Kills a run as soon as it has something to lose. */
    private static void killWhen(Process process, Callable<Boolean> reached) throws Exception {
        for (int i = 0; i < 6000; i++) {
            if (reached.call()) {
                process.destroyForcibly().waitFor();
                return;
            }
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("the run ended before it could be killed")
                    .isFalse();
        }
        throw new AssertionError("Nothing to lose within a minute");
    }

    private static boolean anyBytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(
                    file -> Files.isRegularFile(file) && file.toFile().length() > 0);
        }
    }

    /** Content of everything that a run is made for. */
    private static Map<String, String> results(Path run) throws IOException {
        Map<String, String> results = contents(run, "responses", "scores", "vectors", "axis.pt");
        assertThat(results).hasSizeGreaterThan(10);
        return results;
    }

    private static Map<String, String> contents(Path run, String... parts) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String part : parts) {
            try (Stream<Path> files = Files.walk(run.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(run.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }
}
