package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.steer.Addition;
import dev.plumbline.steer.Cap;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CappingConfigFileTest {

    @TempDir
    Path directory;

    private static CappingConfig published() {
        return CappingConfigFile.read(Fixtures.file("capping_published_form.pt"));
    }

    @Test
    void readsWhatTorchSaved() {
        CappingConfig config = published();

        assertThat(config.dModel()).isEqualTo(16);
        assertThat(config.vectors()).hasSize(8);
        Direction vector = config.vectors().get("layer_5/contrast_role_pos3_default1");
        assertThat(vector.site()).isEqualTo(Site.residPost(5));
        assertThat(vector.norm()).as("not normalised").isGreaterThan(10);
        assertThat(config.experiments()).hasSize(7);
        assertThat(config.interventions(config.experiment("layers_5:8-p0.25")))
                .hasSize(3)
                .first()
                .isEqualTo(Cap.ceiling(vector, -6));
        assertThat(config.experiment(4)).isEqualTo(config.experiment("layers_5:8-p0.25"));
        assertThat(config.interventions(config.experiment("toward the assistant")))
                .containsExactly(new Addition(config.vectors().get("layer_4/contrast_role_pos3_default1"), -2));
        assertThat(config.provenance()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"capping_config.pt", "capping_config.json"})
    void whatIsWrittenIsReadBack(String name) {
        Path file = directory.resolve(name);
        CappingConfig plain = published();
        CappingConfig config =
                new CappingConfig(plain.vectors(), plain.experiments(), Map.of("model", "tiny", "p0.25", "in words"));

        CappingConfigFile.write(file, config);
        assertThat(CappingConfigFile.read(file)).isEqualTo(config);

        CappingConfigFile.write(file, plain);
        assertThat(CappingConfigFile.read(file)).isEqualTo(plain);
    }

    @Test
    void provenanceLiesBesideThePtFileSoThatItsFormStays() {
        Path file = directory.resolve("capping_config.pt");
        CappingConfig plain = published();
        CappingConfigFile.write(file, new CappingConfig(plain.vectors(), plain.experiments(), Map.of("model", "tiny")));

        assertThat(directory.resolve("capping_config.pt.meta.json")).content().contains("\"model\" : \"tiny\"");
        try (PtFile pt = PtFile.open(file)) {
            assertThat(((PtValue.Dict) pt.root()).entries()).hasSize(2);
        }
    }

    @Test
    void anAxisIsToldFromACappingConfigurationByItsContent() throws IOException {
        Path file = directory.resolve("axis.pt");
        PtWriter.write(file, new PtValue.Dict(Map.of(new PtValue.Text("axis"), new PtValue.Int(1))));
        Files.writeString(directory.resolve("axis.pt.meta.json"), "{\"layers\": 6}");

        assertThatThrownBy(() -> CappingConfigFile.read(file))
                .hasMessageContaining("its content has [axis], of unknown meaning");
    }

    @Test
    void everyFloatSurvivesJson() {
        SplittableRandom random = new SplittableRandom(6);
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            values[i] = Float.isFinite(value) ? value : 1;
        }
        Map<String, Direction> vectors = Map.of("v", new Direction(Site.residPost(0), values));
        CappingConfig config = new CappingConfig(vectors, List.of(), Map.of());
        Path file = directory.resolve("config.json");
        CappingConfigFile.write(file, config);

        assertThat(CappingConfigFile.read(file)).isEqualTo(config);
    }

    @Test
    void refusesToWriteASiteThatTheFormatCannotName() {
        Direction mid = new Direction(new Site(1, HookPoint.RESID_MID), new float[] {1});
        CappingConfig config = new CappingConfig(Map.of("v", mid), List.of(), Map.of());
        Path file = directory.resolve("config.pt");

        assertThatThrownBy(() -> CappingConfigFile.write(file, config)).hasMessageContaining("RESID_MID");
        assertThat(file).doesNotExist();
    }

    private static PtValue text(String value) {
        return new PtValue.Text(value);
    }

    private static PtValue tensor(float... values) {
        return PtTensor.of(TensorData.ofFloats(values, values.length));
    }

    private static Map<String, PtValue> map(Object... keysAndValues) {
        Map<String, PtValue> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], (PtValue) keysAndValues[i + 1]);
        }
        return map;
    }

    /** The parts of a good file, to be spoilt one at a time. */
    private static final class Parts {
        final Map<String, PtValue> vector = map("vector", tensor(1, 2), "layer", new PtValue.Int(3));
        final Map<String, PtValue> entry = map("vector", text("layer_3/v"), "cap", new PtValue.Real(1.5));
        final Map<String, PtValue> experiment = map("id", text("e"));
        final Map<String, PtValue> root = map();
        String name = "layer_3/v";

        PtValue.Dict assemble() {
            Map<String, PtValue> vectors = map(name, PtValue.Dict.of(vector));
            vectors.put("other", PtValue.Dict.of(map("vector", tensor(3, 4), "layer", new PtValue.Int(9))));
            root.putIfAbsent("vectors", PtValue.Dict.of(vectors));
            experiment.putIfAbsent("interventions", new PtValue.Sequence(List.of(PtValue.Dict.of(entry))));
            root.putIfAbsent("experiments", new PtValue.Sequence(List.of(PtValue.Dict.of(experiment))));
            return PtValue.Dict.of(root);
        }
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                spoilt(
                        "neither",
                        p -> p.entry.remove("cap"),
                        "intervention 0 of experiment e has neither 'cap' nor 'coeff'"),
                spoilt("both", p -> p.entry.put("coeff", new PtValue.Int(1)), "both 'cap' and 'coeff'"),
                spoilt("unknown vector", p -> p.entry.put("vector", text("layer_4/v")), "uses the vector layer_4/v"),
                spoilt("no vector", p -> p.entry.remove("vector"), "intervention 0 of experiment e has no 'vector'"),
                spoilt("a vector that is no name", p -> p.entry.put("vector", tensor(1, 2)), "names no vector"),
                spoilt("NaN cap", p -> p.entry.put("cap", new PtValue.Real(Double.NaN)), "NaN"),
                spoilt("a cap that is text", p -> p.entry.put("cap", text("1")), "expected a number"),
                spoilt("a cap that is true", p -> p.entry.put("cap", new PtValue.Bool(true)), "expected a number"),
                spoilt("unknown key", p -> p.entry.put("positions", text("all")), "[positions], of unknown meaning"),
                spoilt("unknown part", p -> p.root.put("extra", text("x")), "[extra], of unknown meaning"),
                spoilt(
                        "unknown in vector",
                        p -> p.vector.put("norm", new PtValue.Int(1)),
                        "vector layer_3/v has [norm]"),
                spoilt("unknown in experiment", p -> p.experiment.put("x", new PtValue.None()), "experiment 0 has [x]"),
                spoilt("wrong layer", p -> p.vector.put("layer", new PtValue.Int(4)), "its name says otherwise"),
                spoilt("negative layer", p -> p.vector.put("layer", new PtValue.Int(-1)), "from 0 on"),
                spoilt("huge layer", p -> p.vector.put("layer", new PtValue.Int(1L << 40)), "from 0 on"),
                spoilt("layer as text", p -> p.vector.put("layer", text("3")), "from 0 on"),
                spoilt("no layer", p -> p.vector.remove("layer"), "vector layer_3/v has no 'layer'"),
                spoilt("mixed widths", p -> p.vector.put("vector", tensor(1, 2, 3)), "components; expected"),
                spoilt("NaN component", p -> p.vector.put("vector", tensor(1, Float.NaN)), "NaN as component 1"),
                spoilt("zero vector", p -> p.vector.put("vector", tensor(0, 0)), "points nowhere"),
                spoilt("vector as list", p -> p.vector.put("vector", new PtValue.Sequence(List.of())), "a sequence"),
                spoilt(
                        "a matrix",
                        p -> p.vector.put("vector", PtTensor.of(TensorData.ofFloats(new float[2], 1, 2))),
                        "expected a floating-point tensor [d_model]"),
                spoilt("no vectors", p -> p.root.put("vectors", PtValue.Dict.of(map())), "without vectors"),
                spoilt("vectors as text", p -> p.root.put("vectors", text("none")), "expected a dict"),
                spoilt("a remark on an entry", p -> p.entry.put("notes", text("x")), "[notes], of unknown meaning"),
                spoilt(
                        "id as a fraction",
                        p -> p.experiment.put("id", new PtValue.Real(7)),
                        "expected text or a whole"),
                spoilt("no id", p -> p.experiment.remove("id"), "experiment 0 has no 'id'"),
                spoilt(
                        "no interventions",
                        p -> p.experiment.put("interventions", new PtValue.Sequence(List.of())),
                        "would cap nothing"),
                spoilt("interventions as text", p -> p.experiment.put("interventions", text("a")), "expected a list"),
                spoilt("a bare experiment", p -> p.root.put("experiments", text("e")), "expected a list"));
    }

    private static Arguments spoilt(String what, Consumer<Parts> spoil, String problem) {
        return Arguments.of(what, spoil, problem);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void refusesWhatItDoesNotUnderstand(String what, Consumer<Parts> spoil, String problem) {
        Path file = directory.resolve("config.pt");
        Parts parts = new Parts();
        spoil.accept(parts);
        PtWriter.write(file, parts.assemble());

        assertThatThrownBy(() -> CappingConfigFile.read(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void readsNumbersAsIdsScalarTensorsAsCapsAndPassesOverRemarks() {
        Path file = directory.resolve("config.pt");
        Parts parts = new Parts();
        parts.experiment.put("id", new PtValue.Int(7));
        parts.experiment.put("description", text("the best one"));
        parts.entry.put("cap", PtTensor.of(TensorData.ofFloats(new float[] {-32.5f})));
        parts.root.put("model", text("Qwen/Qwen3-32B"));
        PtWriter.write(file, parts.assemble());

        CappingConfig config = CappingConfigFile.read(file);

        assertThat(config.experiment("7").entries()).containsExactly(new CappingExperiment.Ceiling("layer_3/v", -32.5));
        assertThat(config.provenance()).containsEntry("unread", "experiment.description, file.model");
    }

    @Test
    void theUnspoiltPartsAreGood() {
        Path file = directory.resolve("config.pt");
        PtWriter.write(file, new Parts().assemble());

        CappingConfig config = CappingConfigFile.read(file);
        assertThat(config.interventions(config.experiment(0)))
                .containsExactly(Cap.ceiling(new Direction(Site.residPost(3), new float[] {1, 2}), 1.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"axis_raw.pt", "capping_config.pt", "os_system.pt"})
    void refusesOtherFiles(String name) {
        assertThatThrownBy(() -> CappingConfigFile.read(Fixtures.file(name)))
                .isInstanceOf(MalformedArtifactException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"vectors\":            | is not JSON",
                "[]                       | expected a dict",
                "7                        | expected a dict",
                "''                       | expected a dict",
                "{\"vectors\": {}, \"vectors\": {}} | Duplicate",
                "{\"provenance\": [1]}    | its provenance is no JSON object",
                "{\"provenance\": {\"a\": 1}} | something else than text as \"a\"",
                "{\"vectors\": {}}        | has no 'experiments'",
            })
    void refusesOtherJson(String json, String problem) throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, json);

        assertThatThrownBy(() -> CappingConfigFile.read(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void jsonIsWhatAPersonWouldWrite() throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, """
                {
                  "vectors": {"v": {"vector": [3, 4.0], "layer": 1}},
                  "experiments": [{"id": "e", "interventions": [{"vector": "v", "cap": 2}]}]
                }
                """);

        CappingConfig config = CappingConfigFile.read(file);
        assertThat(config.experiments())
                .containsExactly(new CappingExperiment("e", List.of(new CappingExperiment.Ceiling("v", 2))));
        assertThat(config.vectors().get("v").norm()).isEqualTo(5);
    }
}
