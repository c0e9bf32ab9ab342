package dev.plumbline.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.NpyFile;
import dev.plumbline.artifact.Provenance;
import dev.plumbline.artifact.RoleVectorFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {

    @TempDir
    Path directory;

    private static Path resource(String path) {
        try {
            URI uri = Objects.requireNonNull(InspectionTest.class.getResource(path), path)
                    .toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Path artifact(String name) {
        return resource("/dev/plumbline/artifact/" + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "axis_raw.pt | vectors by layer (.pt)",
                "axis_dict.pt | Assistant Axis with metadata (.pt)",
                "role_vector.pt | role vector (.pt)",
                "role_activations.pt | activations of a role's responses (.pt)",
                "capping_published_form.pt | capping configuration",
                "dtypes.pt | dict (.pt)",
                "tensors.safetensors | safetensors",
                "vectors.safetensors | vectors by layer (safetensors)",
                "matrix_f4.npy | NumPy array (.npy)",
                "vectors.npz | NumPy arrays (.npz)",
                "control_vector.gguf | control vectors of llama.cpp (GGUF)",
                "model.gguf | GGUF file of the architecture llama"
            })
    void saysWhatAFileIs(String name, String kind) {
        assertThat(Inspection.of(artifact(name)).kind()).isEqualTo(kind);
    }

    private static String fact(Inspection inspection, String name) {
        return inspection.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(Inspection.Fact::value)
                .findFirst()
                .orElse("none");
    }

    @Test
    void tellsProvenanceLayersAndTarget() {
        Path file = directory.resolve("axis.pt");
        LayerVectors vectors = LayerVectors.residPost(new int[] {0, 1}, new float[][] {{3, 4}, {0, 0}});
        AxisFile.write(file, new AssistantAxis(vectors), Provenance.of("org/model", vectors));

        Inspection inspection = Inspection.of(file);

        assertThat(fact(inspection, "model")).isEqualTo("org/model");
        assertThat(fact(inspection, "layers")).isEqualTo("0-1");
        assertThat(fact(inspection, "rows")).isEqualTo("row i is the output of block i");
        assertThat(fact(inspection, "target layer")).startsWith("1 (the middle one");
        assertThat(inspection.entries().get(0).type()).isEqualTo("norm 5.000");
        assertThat(inspection.suspicions()).containsExactly("the tensor is zero throughout in row 1");
    }

    @Test
    void noticesTheShiftedConventionAndTheFinalNorm() {
        Path file = directory.resolve("evil_response_avg_diff.npy");
        NpyFile.write(file, TensorData.ofFloats(new float[] {1, 10, 20, 30, 12}, 5, 1));

        assertThat(Inspection.of(file).suspicions())
                .anyMatch(text -> text.contains("persona_vectors, [L + 1, D]"))
                .anyMatch(text -> text.contains("norm falls from 30.0 to 12.0"));
    }

    @Test
    void aShapeThatIsOneRowTooLongForAKnownModelIsSuspicious() {
        Path file = directory.resolve("v.npy");
        NpyFile.write(file, TensorData.ofFloats(new float[65 * 5120], 65, 5120));

        assertThat(Inspection.of(file).suspicions()).anyMatch(text -> text.contains("off by one"));
    }

    @Test
    void looksIntoFoldersOfVectorsAndCheckpoints() throws IOException {
        LayerVectors vectors = LayerVectors.residPost(new int[] {0, 1}, new float[][] {{3, 4}, {1, 2}});
        Path folder = directory.resolve("vectors-of-one");
        AxisFile.write(folder.resolve("assistant_axis.pt"), new AssistantAxis(vectors));
        RoleVectorFile.write(
                folder.resolve("role_vectors/poet.pt"), new RoleVector("poet", RoleVector.Kind.FULLY, vectors));
        Inspection collection = Inspection.of(folder);
        assertThat(collection.kind()).isEqualTo("vectors of a model");
        assertThat(fact(collection, "roles")).isEqualTo("1");
        assertThat(fact(collection, "target layer")).startsWith("1 ");

        Inspection checkpoint = Inspection.of(resource("/checkpoints/qwen3/sharded-bf16"));
        assertThat(checkpoint.kind()).isEqualTo("checkpoint directory");
        assertThat(fact(checkpoint, "weights")).contains("in 7 files");
        assertThat(checkpoint.suspicions()).anyMatch(text -> text.contains("tokenizer.json"));

        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(Inspection.of(empty).suspicions()).anyMatch(text -> text.contains("holds no vectors"));
    }

    @Test
    void looksIntoTextFiles() throws IOException {
        Path scores = Files.writeString(directory.resolve("poet.json"), "{\"pos_p0_q0\": 3, \"pos_p0_q1\": 500}");
        assertThat(Inspection.of(scores).kind()).startsWith("scores");
        assertThat(Inspection.of(scores).suspicions()).anyMatch(text -> text.contains("score 500"));

        Path responses = Files.writeString(
                directory.resolve("poet.jsonl"),
                "{\"system_prompt\": \"\", \"prompt_index\": 0, \"question_index\": 1, \"question\": \"Why?\","
                        + " \"conversation\": [{\"role\": \"user\", \"content\": \"Why?\"}, {\"role\": \"assistant\","
                        + " \"content\": \" \"}], \"label\": \"pos\"}\n");
        assertThat(Inspection.of(responses).kind()).startsWith("responses of a role");
        assertThat(Inspection.of(responses).suspicions()).contains("1 of 1 responses are empty");

        Path chat = Files.writeString(directory.resolve("chat.json"), "[{\"role\": \"user\", \"content\": \"Hi\"}]");
        assertThat(Inspection.of(chat).kind()).startsWith("conversation");

        Path other = Files.writeString(directory.resolve("notes.txt"), "hello");
        assertThat(Inspection.of(other).kind()).isEqualTo("unknown");
    }

    @Test
    void aConfigurationWithoutWeightsIsJudgedToo() throws IOException {
        String llama = """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 16, "intermediate_size": 24,
                 "num_attention_heads": 2, "num_hidden_layers": 3, "rms_norm_eps": 1e-05, "vocab_size": 9,
                 "max_position_embeddings": 8, "initializer_range": Infinity%s}""";
        Path config = directory.resolve("config.json");
        Files.writeString(config, llama.formatted(""));

        assertThat(Inspection.of(config).facts()).contains(new Inspection.Fact("layers", "3 (0 to 2)"));
        Inspection folder = Inspection.of(directory);
        assertThat(folder.kind()).isEqualTo("checkpoint directory without weights");
        assertThat(folder.facts()).contains(new Inspection.Fact("d_model", "16"));
        assertThat(folder.suspicions()).singleElement().asString().contains("no model.safetensors");

        Files.writeString(config, llama.formatted(", \"quantization_config\": {}"));
        assertThat(Inspection.of(config).suspicions())
                .singleElement()
                .asString()
                .startsWith("it cannot be loaded: config.json: quantization_config is present");
    }
}
