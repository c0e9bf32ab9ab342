package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleActivationsFileTest {

    private static final RolloutKey FIRST = new RolloutKey("pos", 0, 2);
    private static final RolloutKey SECOND = new RolloutKey("pos", 0, 10);

    @TempDir
    Path directory;

    private static PtTensor tensor(float start, long... shape) {
        return PtTensor.of(TensorData.ofFloats(Fixtures.counting((int) TensorData.numel(shape), start), shape));
    }

    @Test
    void readsWhatTheReferenceWrites() {
        try (RoleActivationsFile file = RoleActivationsFile.open(Fixtures.file("role_activations.pt"))) {
            assertThat(file.activations()).hasSize(6);
            TensorData last =
                    file.activations().get(new RolloutKey("pos", 1, 2)).data();
            assertThat(last.shape()).containsExactly(2, 4);
            assertThat(last.toFloats()).isEqualTo(Fixtures.counting(8, 12));
        }
    }

    @Test
    void readsBackWhatItWroteInTheOrderOfTheKeys() {
        Path path = directory.resolve("poet.pt");
        RoleActivationsFile.write(path, Map.of(SECOND, tensor(3, 2, 3), FIRST, tensor(1, 2, 3)));
        try (RoleActivationsFile file = RoleActivationsFile.open(path);
                PtFile pt = PtFile.open(path)) {
            assertThat(file.activations().keySet()).containsExactly(FIRST, SECOND);
            assertThat(file.activations().get(SECOND).data().toFloats()).isEqualTo(Fixtures.counting(6, 3));
            assertThat(((PtValue.Dict) pt.root()).entries().keySet())
                    .containsExactly(new PtValue.Text("pos_p0_q2"), new PtValue.Text("pos_p0_q10"));
        }
    }

    @Test
    void anEmptyFileIsAFile() {
        Path path = directory.resolve("nobody.pt");
        RoleActivationsFile.write(path, Map.of());
        try (RoleActivationsFile file = RoleActivationsFile.open(path)) {
            assertThat(file.activations()).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertMalformed(new PtValue.Sequence(List.of()), "is not a dict from keys (pos_p0_q0) to tensors");
        assertMalformed(dict("q1", tensor(0, 1, 1)), "has the key 'q1'; expected the form pos_p0_q0");
        assertMalformed(dict("pos_p0_q0", new PtValue.Int(3)), "something else than a floating-point tensor");
        assertMalformed(dict("pos_p0_q0", tensor(0, 4)), "something else than a floating-point tensor");
        Path path = directory.resolve("mixed.pt");
        RoleActivationsFile.write(path, Map.of(FIRST, tensor(0, 2, 3), SECOND, tensor(0, 3, 3)));
        assertThatThrownBy(() -> RoleActivationsFile.open(path))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("has a tensor F32[3, 3] under pos_p0_q10; expected [2, 3], as under pos_p0_q2");
    }

    private static PtValue dict(String key, PtValue value) {
        return PtValue.Dict.of(Map.of(key, value));
    }

    private void assertMalformed(PtValue root, String reason) {
        Path path = directory.resolve("wrong.pt");
        PtWriter.write(path, root);
        assertThatThrownBy(() -> RoleActivationsFile.open(path))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining(reason);
    }
}
