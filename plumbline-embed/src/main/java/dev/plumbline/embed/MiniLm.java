package dev.plumbline.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * all-MiniLM-L6-v2 as the library brings it, but for one thing: the model takes 512 tokens, while the tokenizer.json beside
 * it has every text cut at the 128 that it pads to.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel {

    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int WIDTH = 384;
    private static final int CONTEXT = 512;

    /** Read once, when first asked for. */
    private static final OnnxBertBiEncoder ENCODER = encoder();

    MiniLm() {
        // In the caller's thread: the runtime has threads of its own.
        super(Runnable::run);
    }

    private static OnnxBertBiEncoder encoder() {
        ObjectMapper json = new ObjectMapper();
        try (InputStream weights = resource(WEIGHTS);
                InputStream file = resource(TOKENIZER)) {
            ObjectNode tokenizer = (ObjectNode) json.readTree(file);
            tokenizer.putNull("padding");
            tokenizer.withObject("/truncation").put("max_length", CONTEXT);
            return new OnnxBertBiEncoder(
                    weights, new ByteArrayInputStream(json.writeValueAsBytes(tokenizer)), PoolingMode.MEAN);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sentence model: " + e.getMessage(), e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = MiniLm.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException(name + " is not on the class path");
        }
        return stream;
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return ENCODER;
    }

    @Override
    protected Integer knownDimension() {
        return WIDTH;
    }
}
