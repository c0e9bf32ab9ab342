package dev.plumbline.nano.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.nano.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes and guards work by being open, not by being named
class CheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path bundled = NanoModel.directory();
    private final Vocabulary vocabulary = Vocabulary.read(bundled.resolve("tokenizer.json"));

    @Test
    void theBundledFilesAreWholeAndSmall() throws IOException {
        long size = 0;
        for (String file : NanoModel.FILES) {
            size += Files.size(bundled.resolve(file));
        }
        assertThat(size).isLessThan(12_000_000);
        JsonNode config = JSON.readTree(bundled.resolve("config.json").toFile());
        assertThat(config.path("architectures").path(0).asText()).isEqualTo("Qwen3ForCausalLM");
        assertThat(config.path("vocab_size").asInt()).isEqualTo(vocabulary.size());
        assertThat(config.path("tie_word_embeddings").asBoolean()).isTrue();

        ByteBuffer weights = ByteBuffer.wrap(Files.readAllBytes(bundled.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(weights.getLong())];
        weights.get(header);
        long end = 0;
        for (JsonNode tensor : JSON.readTree(header)) {
            if (tensor.has("dtype")) {
                assertThat(tensor.path("dtype").asText()).isEqualTo("BF16");
                assertThat(tensor.path("data_offsets").path(0).asLong()).isEqualTo(end);
                end = tensor.path("data_offsets").path(1).asLong();
            }
        }
        assertThat(weights.remaining()).isEqualTo(end);
    }

    /** The golden was computed by transformers from the same files: the trainer's forward is Qwen3's. */
    @Test
    void logitsAreThoseOfTransformers() throws IOException {
        JsonNode golden = JSON.readTree(resource("nano-logits.json"));
        ByteBuffer expected = ByteBuffer.wrap(resource("nano-logits.bin")).order(ByteOrder.LITTLE_ENDIAN);
        long[] ids = StreamSupport.stream(golden.path("ids").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
        int positions = golden.path("positions").asInt();
        try (Weights weights = StoredWeights.read(bundled);
                Parameters parameters = new Parameters(weights);
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Network network = new Network(parameters);
            long[] order = new long[ids.length];
            java.util.Arrays.setAll(order, i -> i);
            Tensor residual = network.residual(
                    Native.tensor(ids, 1, ids.length),
                    network.rotation(new long[][] {order}),
                    network.causal(ids.length),
                    (layer, x) -> x);
            float[] logits = Native.floats(network.logits(residual.narrow(0, ids.length - positions, positions)));
            double squares = 0;
            for (float logit : logits) {
                double difference = logit - expected.getFloat();
                squares += difference * difference;
            }
            assertThat(expected.remaining()).isZero();
            assertThat(Math.sqrt(squares / logits.length)).isLessThan(1e-4);
        }
    }

    @Test
    void anExportIsReadBackWithTheSameValues(@TempDir Path directory) throws IOException {
        Shape shape = new Shape(vocabulary.size(), 2, 16, 2, 1, 8, 24);
        try (Trainer trainer = new Trainer(shape, new Schedule(1, 0, 1, 64, 1e-3, 0, 1, 5), vocabulary)) {
            trainer.export(directory);
            trainer.roundToBf16();
            try (Weights read = StoredWeights.read(directory)) {
                assertThat(read.shape()).isEqualTo(shape);
                assertThat(read.get()).isEqualTo(trainer.weights().get());
            }
        }
        assertThat(Vocabulary.read(directory.resolve("tokenizer.json")).encode("a dusk"))
                .isEqualTo(vocabulary.encode("a dusk"));
    }

    @Test
    void roundingIsToNearestEven() {
        assertThat(Rounding.throughBf16(1.0f)).isEqualTo(1.0f);
        assertThat(Rounding.throughBf16(1 + 0x1p-8f)).isEqualTo(1.0f);
        assertThat(Rounding.throughBf16(1 + 0x3p-8f)).isEqualTo(1 + 0x1p-6f);
        assertThat(Rounding.throughBf16(-1.004f)).isEqualTo(-1 - 0x1p-7f);
        assertThat(Rounding.throughBf16(Float.NaN)).isNaN();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CheckpointTest.class.getResourceAsStream("/dev/plumbline/nano/" + name)) {
            return in.readAllBytes();
        }
    }
}
