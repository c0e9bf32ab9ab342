package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageIT {
    @TempDir
    private Path directory;

    @Test
    void helpGoesToStdout() throws Exception {
        PlumbProcess.Result result = new PlumbProcess(directory).run("--help");

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("plumb demo").contains("130");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void wrongUsageIsTwo() throws Exception {
        PlumbProcess.Result result = new PlumbProcess(directory).run("no-such-command");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no-such-command");
    }
}
