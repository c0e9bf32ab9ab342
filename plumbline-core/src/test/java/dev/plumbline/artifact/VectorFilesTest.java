package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.PersonaVector;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Axis, role vector and persona vector files: the reference's, and ours. */
class VectorFilesTest {

    /** What the fixtures hold: 0, 0.5, 1, … as [3, 4]. */
    private static final LayerVectors COUNTING =
            LayerVectors.residPost(TensorData.ofFloats(Fixtures.counting(12, 0), 3, 4));

    /** Two layers of four, not from the first on. */
    private static final LayerVectors SOME_LAYERS =
            new LayerVectors(HookPoint.RESID_MID, new int[] {2, 5}, new float[][] {{1, 2}, {3, 4}});

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("poet.pt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"axis_raw.pt", "axis_dict.pt"})
    void readsBothFormsOfAnAxis(String name) {
        assertThat(AxisFile.read(Fixtures.file(name))).isEqualTo(new AssistantAxis(COUNTING));
    }

    @Test
    void writesBothFormsOfAnAxis() {
        AssistantAxis axis = new AssistantAxis(COUNTING);
        AxisFile.write(file(), axis);
        assertThat(AxisFile.read(file())).isEqualTo(axis);
        AxisFile.write(file(), axis, PtValue.Dict.of(Map.of("model", new PtValue.Text("nano"))));
        assertThat(AxisFile.read(file())).isEqualTo(axis);
        try (PtFile pt = PtFile.open(file())) {
            assertThat(((PtValue.Dict) pt.root()).get("metadata"))
                    .contains(PtValue.Dict.of(Map.of("model", new PtValue.Text("nano"))));
        }
    }

    @Test
    void readsBothFormsOfARoleVector() {
        assertThat(RoleVectorFile.read(Fixtures.file("role_vector.pt")))
                .isEqualTo(new RoleVector("poet", RoleVector.Kind.FULLY, COUNTING));
        assertThat(RoleVectorFile.read(Fixtures.file("role_vector_raw.pt")))
                .isEqualTo(new RoleVector("role_vector_raw", RoleVector.Kind.FULLY, COUNTING));
    }

    @Test
    void aBareTensorCalledDefaultIsTheAssistant() throws IOException {
        Path file = directory.resolve("default_vector.pt");
        Files.copy(Fixtures.file("role_vector_raw.pt"), file);
        assertThat(RoleVectorFile.read(file)).isEqualTo(new RoleVector("default", RoleVector.Kind.MEAN, COUNTING));
    }

    @ParameterizedTest
    @EnumSource(RoleVector.Kind.class)
    void writesRoleVectorsOfEveryKind(RoleVector.Kind kind) {
        RoleVector vector = new RoleVector("poet", kind, COUNTING);
        RoleVectorFile.write(file(), vector);
        assertThat(RoleVectorFile.read(file())).isEqualTo(vector);
    }

    @Test
    void personaVectorFilesHaveARowForTheEmbeddings() {
        PersonaVector read = PersonaVectorFile.read(Fixtures.file("persona_diff.pt"), "evil");
        assertThat(read.vectors().nLayers()).isEqualTo(3);
        assertThat(read.vectors().at(0)).isEqualTo(Fixtures.counting(4, 2));

        PersonaVectorFile.write(file(), read);
        assertThat(PersonaVectorFile.read(file(), "evil")).isEqualTo(read);
        try (PtFile pt = PtFile.open(file())) {
            TensorData rows = ((PtTensor) pt.root()).data();
            assertThat(rows.shape()).containsExactly(4, 4);
            assertThat(rows.toFloats()).startsWith(0, 0, 0, 0, 2);
        }
    }

    @Test
    void layerIdsSurviveInTheProvenance() {
        Provenance provenance = Provenance.of("nano", SOME_LAYERS)
                .withRevision("abc")
                .withDtype(DType.BF16)
                .withTemplateHash("12ef")
                .withMethod("mean of \"default\" minus mean of roles");
        AxisFile.write(file(), new AssistantAxis(SOME_LAYERS), provenance);
        assertThat(AxisFile.read(file()).vectors()).isEqualTo(SOME_LAYERS);
        assertThat(Provenance.read(file())).contains(provenance);

        RoleVector role = new RoleVector("poet", RoleVector.Kind.FULLY, SOME_LAYERS);
        RoleVectorFile.write(file(), role, provenance);
        assertThat(RoleVectorFile.read(file())).isEqualTo(role);

        RoleVectorFile.write(file(), new RoleVector("poet", RoleVector.Kind.FULLY, COUNTING));
        assertThat(Provenance.read(file())).isEmpty();
        assertThat(RoleVectorFile.read(file()).vectors()).isEqualTo(COUNTING);
    }

    @Test
    void layerIdsAreNeverLost() {
        assertThatThrownBy(() -> AxisFile.write(file(), new AssistantAxis(SOME_LAYERS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write vectors of 2 components at RESID_MID of layers [2, 5] to " + file()
                        + " without provenance: the file has no room for layer ids, and would be read as all layers from 0"
                        + " on");
        Provenance ofOthers = Provenance.of("nano", COUNTING);
        assertThatThrownBy(() -> AxisFile.write(file(), new AssistantAxis(SOME_LAYERS), ofOthers))
                .hasMessageContaining("their provenance is of RESID_POST of layers [0, 1, 2]");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        PtWriter.write(file(), PtValue.Dict.of(Map.of("vector", new PtValue.Text("?"))));
        assertThatThrownBy(() -> AxisFile.read(file()))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessage(
                        file() + ": is a dict without 'axis'; expected a tensor [layers, d_model], or a dict with one");
        assertThatThrownBy(() -> RoleVectorFile.read(file())).hasMessageContaining("is a dict without a string 'role'");

        PtWriter.write(
                file(),
                PtValue.Dict.of(Map.of(
                        "role", new PtValue.Text("x"),
                        "type", new PtValue.Text("pos_9"),
                        "vector", PtTensor.of(COUNTING.toTensor()))));
        assertThatThrownBy(() -> RoleVectorFile.read(file()))
                .hasMessageContaining("has the type 'pos_9'; expected 'pos_3', 'pos_2' or 'mean'");

        PtWriter.write(file(), PtTensor.of(TensorData.ofFloats(new float[4], 4)));
        assertThatThrownBy(() -> AxisFile.read(file()))
                .hasMessageContaining("its content is F32[4]; expected a floating-point tensor [layers, d_model]");
        PtWriter.write(file(), PtTensor.of(TensorData.ofFloats(new float[] {1, Float.NaN}, 1, 2)));
        assertThatThrownBy(() -> AxisFile.read(file()))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("Vector at layer 0 has NaN as component 1");
        PtWriter.write(file(), new PtValue.Sequence(List.of()));
        assertThatThrownBy(() -> AxisFile.read(file())).hasMessageContaining("its content is Sequence; expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\": \"nano\"} | has no text \"revision\"",
                "{\"layers\": [1.5]} | names 1.5 as a layer",
                "{\"model | is not JSON",
                "{\"model\":\"m\",\"revision\":\"r\",\"point\":\"END\"} | has \"point\": \"END\"; expected one of [RESID_PRE",
                "{\"model\":\"m\",\"revision\":\"r\",\"point\":\"RESID_POST\",\"layers\":[1],\"dtype\":\"F32\","
                        + "\"templateHash\":\"t\",\"method\":\"m\"} | is of 3 layers; ",
            })
    void saysWhatIsWrongWithProvenance(String content, String reason) throws IOException {
        AxisFile.write(file(), new AssistantAxis(COUNTING));
        Files.writeString(Provenance.beside(file()), content);
        assertThatThrownBy(() -> AxisFile.read(file()))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("poet.pt.meta.json")
                .hasMessageContaining(reason);
    }
}
