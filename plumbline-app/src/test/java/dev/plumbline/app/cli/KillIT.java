package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
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

        Process process = plumb.start(arguments("killed"));
        waitForResponses(process, directory.resolve("killed"));
        process.destroyForcibly().waitFor();
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

    /** Until the run has something to lose. */
    private static void waitForResponses(Process process, Path run) throws Exception {
        for (int i = 0; i < 6000; i++) {
            if (Files.isDirectory(run.resolve("work")) && anyBytes(run.resolve("work"))) {
                return;
            }
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("the run ended before it could be killed")
                    .isFalse();
        }
        throw new AssertionError("No response within a minute");
    }

    private static boolean anyBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(
                    file -> Files.isRegularFile(file) && file.toFile().length() > 0);
        }
    }

    /** Content of everything that a run is made for. */
    private static Map<String, String> results(Path run) throws IOException {
        Map<String, String> results = new TreeMap<>();
        for (String part : new String[] {"responses", "scores", "vectors", "axis.pt"}) {
            try (Stream<Path> files = Files.walk(run.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    results.put(run.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        assertThat(results).hasSizeGreaterThan(10);
        return results;
    }
}
