package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.artifact.Provenance;
import dev.plumbline.capture.Compat;
import dev.plumbline.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSetupTest {
    @TempDir
    private Path directory;

    private static CaptureSetup setup(String revision, String source) {
        return new CaptureSetup("tiny", revision, DType.BF16, "hash", List.of(0, 2), Compat.NONE, source);
    }

    @Test
    void theCommitIsToldButAnotherCommitOfTheSameWeightsMayGoOn() {
        RunManifest manifest = new RunManifest(new RunLayout(directory));
        setup("weights", "org/tiny@abc").claimIn(manifest);

        assertThat(CaptureSetup.in(manifest)).contains(setup("weights", "org/tiny@abc"));
        assertThat(CaptureSetup.in(manifest).orElseThrow().provenance("mean").source())
                .isEqualTo("org/tiny@abc");

        setup("weights", Provenance.UNKNOWN).claimIn(manifest);
        assertThat(CaptureSetup.in(manifest)).as("a copy elsewhere").contains(setup("weights", "org/tiny@abc"));
        setup("weights", "org/tiny@def").claimIn(manifest);
        assertThat(CaptureSetup.in(manifest)).contains(setup("weights", "org/tiny@def"));
        assertThatThrownBy(() -> setup("others", "org/tiny@def").claimIn(manifest))
                .isInstanceOf(ParameterMismatchException.class)
                .hasMessageContaining("revision");
    }
}
