package dev.plumbline.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A server of embeddings. What fails for a reason that may pass is tried again. Thread-safe. */
public final class EmbeddingEndpoint {

    /** Texts of one request: of models as wide as 4096, their vectors as JSON stay below the usual bound of a body. */
    private static final int BATCH = 32;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EndpointSettings settings;
    private final JsonClient client;

    public EmbeddingEndpoint(EndpointSettings settings) {
        this.settings = settings;
        this.client = new JsonClient(settings);
    }

    /**
     * Embeds texts, a batch at a time, blocking until all are there.
     *
     * @param model the server's name for it
     * @return one vector for each text, in order, all of one width
     * @throws EndpointException if they could not be had
     * @throws InterruptedException if the thread was interrupted; the rest is then abandoned
     */
    public List<float[]> embed(String model, List<String> texts) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += BATCH) {
            List<String> batch = texts.subList(start, Math.min(start + BATCH, texts.size()));
            // Width is checked within the reading, so that a stray answer is asked for again.
            Optional<Integer> width = vectors.stream().findFirst().map(first -> first.length);
            vectors.addAll(
                    client.post(settings.embeddings(), write(model, batch), body -> read(body, batch.size(), width)));
        }
        return vectors;
    }

    public EndpointSettings settings() {
        return settings;
    }

    private static byte[] write(String model, List<String> texts) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        body.put("encoding_format", "float");
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request for embeddings cannot be written as JSON", e);
        }
    }

    /** The vectors in the order of the texts, whatever order they come in. */
    private static List<float[]> read(byte[] body, int texts, Optional<Integer> expectedWidth) {
        JsonNode data = ServerWords.answer(body).path("data");
        if (!data.isArray() || data.size() != texts) {
            throw EndpointException.temporary("answered with " + (data.isArray() ? data.size() : "no")
                    + " embeddings for " + texts + " texts: " + ServerWords.clip(body));
        }
        float[][] vectors = new float[texts][];
        BitSet seen = new BitSet(texts);
        int width = expectedWidth.orElse(data.path(0).path("embedding").size());
        for (int i = 0; i < texts; i++) {
            int index = data.get(i).path("index").asInt(i);
            if (index < 0 || index >= texts || seen.get(index)) {
                throw EndpointException.temporary(
                        "answered with embedding " + index + " twice or for no text; there are " + texts);
            }
            seen.set(index);
            vectors[index] = vector(data.get(i).path("embedding"), width);
        }
        return List.of(vectors);
    }

    private static float[] vector(JsonNode numbers, int width) {
        if (!numbers.isArray() || numbers.isEmpty() || numbers.size() != width) {
            throw EndpointException.temporary(
                    "answered with an embedding of " + numbers.size() + " numbers; expected " + Math.max(1, width));
        }
        float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = numbers.get(i).floatValue();
            if (!numbers.get(i).isNumber() || !Float.isFinite(vector[i])) {
                throw EndpointException.temporary(
                        "answered with an embedding in which number " + i + " is " + numbers.get(i));
            }
        }
        return vector;
    }
}
