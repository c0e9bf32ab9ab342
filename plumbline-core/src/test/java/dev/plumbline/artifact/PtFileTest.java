package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what torch.save wrote; {@link HostilePtFileTest} reads what nobody should have written. */
class PtFileTest {

    @TempDir
    Path directory;

    private static TensorData tensor(PtValue value) {
        return ((PtTensor) value).data();
    }

    private static PtValue at(PtValue dict, String key) {
        return ((PtValue.Dict) dict).get(key).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"axis_raw.pt", "deflated.pt", "role_vector_raw.pt"})
    void readsARawTensor(String name) {
        try (PtFile file = PtFile.open(Fixtures.file(name))) {
            TensorData axis = tensor(file.root());
            assertThat(axis.dtype()).isEqualTo(DType.BF16);
            assertThat(axis.shape()).containsExactly(3, 4);
            assertThat(axis.toFloats()).isEqualTo(Fixtures.counting(12, 0));
        }
    }

    @Test
    void readsAFileWhoseWriterComputedNoChecksums() {
        try (PtFile file = PtFile.open(Fixtures.file("no_checksum.pt"))) {
            assertThat(tensor(file.root()).toFloats()).isEqualTo(Fixtures.counting(4, 0));
        }
    }

    @Test
    void readsADictInItsOrder() {
        try (PtFile file = PtFile.open(Fixtures.file("role_activations.pt"))) {
            Map<PtValue.Key, PtValue> entries = ((PtValue.Dict) file.root()).entries();
            assertThat(entries.keySet())
                    .extracting(key -> ((PtValue.Text) key).value())
                    .containsExactly("pos_p0_q0", "pos_p0_q1", "pos_p0_q2", "pos_p1_q0", "pos_p1_q1", "pos_p1_q2");
            assertThat(tensor(at(file.root(), "pos_p1_q2")).toFloats()).isEqualTo(Fixtures.counting(8, 12));
        }
    }

    @Test
    void readsEveryElementType() {
        try (PtFile file = PtFile.open(Fixtures.file("dtypes.pt"))) {
            Map<PtValue.Key, PtValue> entries = ((PtValue.Dict) file.root()).entries();
            assertThat(entries.values())
                    .extracting(value -> ((PtTensor) value).dtype())
                    .containsExactlyInAnyOrder(DType.values());
            entries.forEach((key, value) -> {
                TensorData data = tensor(value);
                String name = ((PtValue.Text) key).value();
                if (data.dtype().isFloatingPoint()) {
                    assertThat(data.toFloats()).as(name).containsExactly(0, 1, 2);
                } else {
                    byte last = data.bytes().get(2 * data.dtype().bytes());
                    assertThat(last).as(name).isEqualTo((byte) (data.dtype() == DType.BOOL ? 1 : 2));
                }
            });
        }
    }

    @Test
    void gathersStridedAndOffsetViewsOfOneStorage() {
        try (PtFile file = PtFile.open(Fixtures.file("views.pt"))) {
            PtValue views = file.root();
            TensorData transposed = tensor(at(views, "transposed"));
            assertThat(transposed.shape()).containsExactly(3, 2);
            assertThat(transposed.toFloats()).containsExactly(4, 7, 4.5f, 7.5f, 5, 8);
            assertThat(tensor(at(views, "row")).toFloats()).isEqualTo(Fixtures.counting(6, 6));
            assertThat(tensor(at(views, "all")).toFloats()).isEqualTo(Fixtures.counting(24, 0));
            assertThat(tensor(at(views, "scalar")).shape()).isEmpty();
            assertThat(tensor(at(views, "scalar")).toFloats()).containsExactly(11.5f);
            assertThat(tensor(at(views, "empty")).shape()).containsExactly(0, 6);
        }
    }

    @Test
    void readsPlainDataOfProtocol5() {
        try (PtFile file = PtFile.open(Fixtures.file("protocol_5.pt"))) {
            assertThat(tensor(at(file.root(), "t")).toFloats()).containsExactly(0, 0.5f, 1, 1.5f);
            assertThat(at(file.root(), "n"))
                    .isEqualTo(new PtValue.Sequence(List.of(
                            new PtValue.Int(1),
                            new PtValue.Int(-1),
                            new PtValue.Int(1L << 40),
                            new PtValue.Int(-(1L << 40)),
                            new PtValue.Real(1.5),
                            new PtValue.Bool(true),
                            new PtValue.Bool(false),
                            new PtValue.None(),
                            new PtValue.Sequence(List.of(
                                    new PtValue.Int(1), new PtValue.Int(2), new PtValue.Int(3), new PtValue.Int(4))),
                            new PtValue.Sequence(List.of()))));
        }
    }

    @Test
    void readsNumpyScalarsAsNumbers() {
        try (PtFile file = PtFile.open(Fixtures.file("capping_config.pt"))) {
            PtValue.Sequence experiments = (PtValue.Sequence) at(file.root(), "experiments");
            assertThat(experiments.items().get(0))
                    .hasToString("Dict[entries={Text[value=id]=Text[value=layers_0:2-p0.25], Text[value=interventions]="
                            + "Sequence[items=[Dict[entries={Text[value=vector]=Text[value=layer_0/contrast], "
                            + "Text[value=cap]=Real[value=-32.5]}]]]}]");
            assertThat(at(experiments.items().get(1), "id")).isEqualTo(new PtValue.Int(7));
            assertThat(experiments.items().get(1).toString()).contains("Real[value=1.5]", "Int[value=-2]");
        }
    }

    @Test
    void readsParametersModulesDtypesAndIntegerKeys() {
        try (PtFile parameter = PtFile.open(Fixtures.file("parameter.pt"));
                PtFile module = PtFile.open(Fixtures.file("module.pt"));
                PtFile meta = PtFile.open(Fixtures.file("meta.pt"))) {
            assertThat(tensor(parameter.root()).toFloats()).containsExactly(0, 0.5f, 1, 1.5f);
            assertThat(tensor(at(module.root(), "weight")).toFloats()).containsExactly(0, 0.5f);
            assertThat(((PtValue.Dict) meta.root()).entries())
                    .containsEntry(new PtValue.Text("dtype"), new PtValue.Text("torch.bfloat16"))
                    .containsEntry(new PtValue.Text("device"), new PtValue.Text("cpu"))
                    .containsEntry(new PtValue.Int(3), new PtValue.Text("three"))
                    .containsEntry(
                            new PtValue.Text("size"),
                            new PtValue.Sequence(List.of(new PtValue.Int(2), new PtValue.Int(3))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os_system.pt | data.pkl at byte 182: refused to import 'posix.system': a .pt file read here may hold only"
                        + " tensors, dicts, lists, strings and numbers",
                "numpy_array.pt | refused to import 'numpy._core.multiarray._reconstruct'",
                "complex.pt | refused to import 'torch.ComplexFloatStorage'",
                "legacy.pt | was written by torch before 1.6",
                "big_endian.pt | its byte order is 'big'; only little-endian files are read",
                "expanded.pt | shape [1099511627776], stride [0], offset 0 in a storage of 1 elements: it repeats elements",
                "tensors.safetensors | is not a complete zip container (192 bytes, no directory at the end)",
            })
    void refusesWhatIsNotPlainData(String name, String reason) {
        Path file = Fixtures.file(name);
        assertThatThrownBy(() -> PtFile.open(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("role_vector.pt"));
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = directory.resolve("cut.pt");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PtFile.open(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedArtifactException.class);
        }
    }

    /** Whatever one flipped byte does, it ends in the right values, in other values of a valid file, or in a sentence. */
    @Test
    void survivesEveryFlippedByte() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("role_vector.pt"));
        Path flipped = directory.resolve("flipped.pt");
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] copy = whole.clone();
            copy[i] ^= 0x15;
            Files.write(flipped, copy);
            try (PtFile file = PtFile.open(flipped)) {
                if (file.root() instanceof PtValue.Dict dict
                        && dict.get("vector").isPresent()) {
                    assertThat(tensor(dict.get("vector").get()).toFloats()).isEqualTo(Fixtures.counting(12, 0));
                }
            } catch (MalformedArtifactException e) {
                assertThat(e).hasMessageStartingWith(flipped.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 5);
    }

    @Test
    void saysThatAFileIsMissing() {
        Path missing = directory.resolve("missing.pt");
        assertThatThrownBy(() -> PtFile.open(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot read " + missing + ": there is no such file");
    }

    @Test
    void saysThatItWasClosed() {
        PtFile file = PtFile.open(Fixtures.file("axis_raw.pt"));
        file.close();
        assertThatThrownBy(() -> tensor(file.root()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageEndingWith("axis_raw.pt: it was closed");
    }

    @Test
    void noticesCorruptElements() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("axis_raw.pt"));
        ByteBuffer halves = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (halves.getInt(at) != 0x3f000000 || halves.getInt(at + 4) != 0x3fc03f80) {
            at++; // bf16 0, 0.5, 1, 1.5
        }
        whole[at + 5] ^= 1;
        Path corrupt = Files.write(directory.resolve("corrupt.pt"), whole);
        try (PtFile file = PtFile.open(corrupt)) {
            assertThatThrownBy(() -> tensor(file.root()))
                    .isInstanceOf(MalformedArtifactException.class)
                    .hasMessageContaining("entry 'axis_raw/data/0' has checksum")
                    .hasMessageContaining("its bytes are corrupt");
        }
    }
}
