package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFileTest {

    @TempDir
    Path directory;

    private static StoredVectors some(Subject subject, int... layers) {
        float[][] rows = new float[layers.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Fixtures.counting(3, layers[i] + 1);
        }
        LayerVectors vectors = LayerVectors.residPost(layers, rows);
        return new StoredVectors(
                vectors,
                subject,
                Provenance.of("org/model", vectors)
                        .withRevision("abc")
                        .withDtype(DType.BF16)
                        .withTemplateHash("hash")
                        .withMethod("made up"));
    }

    @ParameterizedTest
    @CsvSource({
        "v.pt, 0 1 2",
        "v.safetensors, 0 1 2",
        "v.npy, 0 1 2",
        "v.npz, 0 1 2",
        "v.gguf, 0 1 2",
        "v.pt, 2 5",
        "v.safetensors, 2 5",
        "v.npy, 2 5",
        "v.npz, 2 5",
        "v.gguf, 2 5"
    })
    void everyFormatCarriesLayersSubjectAndProvenance(String name, String layers) {
        int[] ids = java.util.Arrays.stream(layers.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (Subject subject : List.of(
                new Subject.Axis(),
                new Subject.Role("little poet", RoleVector.Kind.SOMEWHAT),
                new Subject.Trait("very evil"),
                new Subject.Unknown())) {
            StoredVectors stored = some(subject, ids);
            VectorFile.write(directory.resolve(name), stored);

            assertThat(VectorFile.read(directory.resolve(name))).isEqualTo(stored);
            assertThat(VectorFile.read(directory.resolve(name), RowConvention.BLOCKS))
                    .isEqualTo(stored);
            assertThatThrownBy(() -> VectorFile.read(directory.resolve(name), RowConvention.EMBEDDINGS_FIRST))
                    .isInstanceOf(MalformedArtifactException.class)
                    .hasMessageContaining("was to be read otherwise");
        }
    }

    /** The stored bytes were loaded by torch, which rounded the same numbers alike, before they were committed. */
    @ParameterizedTest
    @CsvSource({"BF16, axis_bf16_by_plumbline.pt", "F16, role_f16_by_plumbline.pt"})
    void writesTheShortTypesAsTorchRoundsThem(DType dtype, String name) {
        float[][] thirds = {{0, 1 / 3f}, {2 / 3f, 1}, {4 / 3f, 5 / 3f}};
        LayerVectors vectors = LayerVectors.residPost(new int[] {0, 1, 2}, thirds);
        Subject subject = dtype == DType.BF16 ? new Subject.Axis() : new Subject.Role("poet", RoleVector.Kind.FULLY);
        Path file = directory.resolve(name);

        VectorFile.write(file, StoredVectors.of(vectors).withSubject(subject), dtype);

        assertThat(file).hasSameBinaryContentAs(Fixtures.file(name));
        assertThat(VectorFile.read(file).vectors().toTensor())
                .isEqualTo(vectors.toTensor().to(dtype).to(DType.F32));
    }

    @Test
    void aTypeThatAFormatLacksIsRefused() {
        StoredVectors stored = some(new Subject.Axis(), 0, 1);
        assertThatThrownBy(() -> VectorFile.write(directory.resolve("a.npy"), stored, DType.BF16))
                .hasMessageContaining("cannot be BF16 in .npy; F32 and F16 can");
        assertThatThrownBy(() -> VectorFile.write(directory.resolve("a.gguf"), stored, DType.F16))
                .hasMessageContaining("cannot be F16 in .gguf; F32 can");
        assertThatThrownBy(() -> VectorFile.write(directory.resolve("a.pt"), stored, DType.I64))
                .hasMessageContaining("as I64; expected F32, BF16 or F16");
    }

    @Test
    void readsWhatPythonWrote() {
        assertThat(VectorFile.read(Fixtures.file("vectors.npz")).vectors())
                .isEqualTo(LayerVectors.residPost(
                        new int[] {3, 5}, new float[][] {Fixtures.counting(4, 0), Fixtures.counting(4, 2)}));
        assertThat(VectorFile.read(Fixtures.file("vectors.safetensors"))
                        .vectors()
                        .layers())
                .containsExactly(0, 1, 2);
        assertThat(VectorFile.read(Fixtures.file("compressed.npz")).vectors().at(1))
                .containsExactly(Fixtures.counting(4, 2));
        assertThat(VectorFile.read(Fixtures.file("control_vector.gguf"))
                        .vectors()
                        .layers())
                .containsExactly(1, 2, 3);
        assertThat(VectorFile.read(Fixtures.file("axis_dict.pt")).subject()).isEqualTo(new Subject.Axis());
        assertThat(VectorFile.read(Fixtures.file("role_vector.pt")).subject())
                .isEqualTo(new Subject.Role("poet", RoleVector.Kind.FULLY));
        assertThat(VectorFile.read(Fixtures.file("matrix_f8_fortran.npy"))
                        .vectors()
                        .nLayers())
                .isPositive();
    }

    @Test
    void theShiftedConventionIsNeverGuessed() throws Exception {
        Path file = directory.resolve("evil_response_avg_diff.pt");
        Files.copy(Fixtures.file("persona_diff.pt"), file);

        assertThatThrownBy(() -> VectorFile.read(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("say whether they are embeddings-first or blocks");
        StoredVectors shifted = VectorFile.read(file, RowConvention.EMBEDDINGS_FIRST);
        assertThat(shifted.vectors().layers()).containsExactly(0, 1, 2);
        assertThat(shifted.vectors().at(0)).containsExactly(Fixtures.counting(4, 2));
        assertThat(shifted.subject()).isEqualTo(new Subject.Trait("evil"));
    }

    @Test
    void aShiftedFileSaysSoBesideItAndIsReadRightByEveryReader() {
        Path file = directory.resolve("evil_response_avg_diff.pt");
        StoredVectors stored = some(new Subject.Trait("evil"), 0, 1);

        VectorFile.writeEmbeddingsFirst(file, stored, DType.BF16);

        assertThat(VectorFile.read(file)).isEqualTo(stored);
        assertThat(PersonaVectorFile.read(file, "evil").vectors()).isEqualTo(stored.vectors());
        assertThat(AxisFile.read(file).vectors()).as("not off by one").isEqualTo(stored.vectors());
        assertThatThrownBy(() -> VectorFile.read(file, RowConvention.BLOCKS))
                .hasMessageContaining("was to be read otherwise");
    }

    @Test
    void aModelsNumberOfLayersTellsTheConventionsApart() throws Exception {
        Path file = directory.resolve("evil_response_avg_diff.pt");
        Files.copy(Fixtures.file("persona_diff.pt"), file);

        assertThat(VectorFile.read(file, 3, 4).vectors().at(0)).containsExactly(Fixtures.counting(4, 2));
        assertThat(VectorFile.read(file, 4, 4).vectors().at(0)).containsExactly(Fixtures.counting(4, 0));
        assertThatThrownBy(() -> VectorFile.read(file, 5, 4))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("has 4 rows; the model has 5 layers");
        assertThat(VectorFile.read(Fixtures.file("control_vector.gguf"), 4, 4)
                        .vectors()
                        .layers())
                .containsExactly(1, 2, 3);
        assertThatThrownBy(() -> VectorFile.read(file, 3, 5))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("vectors of 4 components; the model is 5 wide");
        assertThatThrownBy(() -> VectorFile.read(Fixtures.file("control_vector.gguf"), 3, 4))
                .hasMessageContaining("has a vector for layer 3; the model has layers 0 to 2");
    }

    @Test
    void whatSaysThatItsRowsAreBlocksIsNotShifted() {
        Path file = directory.resolve("axis.pt");
        VectorFile.write(file, some(new Subject.Axis(), 0, 1));

        assertThatThrownBy(() -> PersonaVectorFile.read(file, "evil"))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("has rows that are blocks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"capping_config.pt", "objects.npy", "model.gguf", "role_activations.pt", "os_system.pt"})
    void refusesOtherFiles(String name) {
        assertThatThrownBy(() -> VectorFile.read(Fixtures.file(name))).isInstanceOf(MalformedArtifactException.class);
    }

    @Test
    void refusesNamesAndSitesThatNoFormatHas() {
        StoredVectors stored = some(new Subject.Axis(), 0);
        assertThatThrownBy(() -> VectorFile.write(directory.resolve("axis.bin"), stored))
                .hasMessageContaining("axis.bin; expected .pt");
        LayerVectors mid = new LayerVectors(HookPoint.RESID_MID, new int[] {0}, new float[][] {{1}});
        assertThatThrownBy(() ->
                        VectorFile.writeEmbeddingsFirst(directory.resolve("m.pt"), StoredVectors.of(mid), DType.F32))
                .hasMessageContaining("Cannot write");
    }

    @Test
    void arraysOfAnNpzKeepTheirNames() {
        Path file = directory.resolve("a.npz");
        var first = NpzFile.read(Fixtures.file("compressed.npz"));
        NpzFile.write(file, first);

        assertThat(NpzFile.read(file)).isEqualTo(first).containsOnlyKeys("vectors", "other");
        assertThat(Map.copyOf(first).get("other").dtype()).isEqualTo(DType.I16);
    }

    @Test
    void whatCameInThePlaceOfAFileIsSaid(@TempDir Path folder) throws IOException {
        Map<String, String> contents = Map.of(
                "", "is empty",
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 425562\n", "git lfs pull",
                "<!DOCTYPE html>\n<html>", "is a web page",
                "hello", "begins like no format that is read here");
        for (Map.Entry<String, String> content : contents.entrySet()) {
            Path file = Files.writeString(folder.resolve("axis.pt"), content.getKey());

            assertThatThrownBy(() -> VectorFile.read(file))
                    .isInstanceOf(MalformedArtifactException.class)
                    .hasMessageContaining("axis.pt: ")
                    .hasMessageContaining(content.getValue());
        }
        assertThatThrownBy(() -> VectorFile.read(folder))
                .hasMessageContaining("it is a folder; expected a file, such as one of those in it: axis.pt");
    }
}
