package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One step of training: enough for a checkpoint that the other commands read. */
class NanoTrainIT {
    @TempDir
    private Path directory;

    @Test
    void aNewFolderReceivesACheckpoint() throws Exception {
        PlumbProcess plumb = new PlumbProcess(directory);

        PlumbProcess.Result trained =
                plumb.run("nano", "train", "--seed", "3", "--steps", "1", "--out", "new/organism");
        PlumbProcess.Result inspected = plumb.run("inspect", "new/organism");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(inspected.exitCode()).as(inspected.err()).isZero();
        assertThat(inspected.out()).contains("Qwen3ForCausalLM");
    }
}
