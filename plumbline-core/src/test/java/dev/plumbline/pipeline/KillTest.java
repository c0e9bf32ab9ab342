package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, really killed. */
class KillTest {

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void aKilledProcessLeavesNoTrace() throws Exception {
        Path calm = directory.resolve("calm");
        KilledRun.run(calm, 0);
        Path killed = directory.resolve("killed");
        Random random = new Random(11);
        int kills = 0;
        for (int attempt = 0; attempt < 6; attempt++) {
            Process process = start(killed, 15);
            assertThat(process.getInputStream().read())
                    .as("it is about to work")
                    .isPositive();
            if (!process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        assertThat(kills).isPositive();
        assertThat(start(killed, 0).waitFor()).isZero();
        assertThat(RunTree.differences(killed, calm)).isEmpty();
    }

    private Process start(Path run, int pauseMillis) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        run.toString(),
                        Integer.toString(pauseMillis))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
