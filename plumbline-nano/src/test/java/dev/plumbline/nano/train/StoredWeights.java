package dev.plumbline.nano.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an exported checkpoint back into the trainer's own layout. */
final class StoredWeights {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode header;
    private final ByteBuffer data;

    private StoredWeights(byte[] safetensors) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[Math.toIntExact(file.getLong())];
        file.get(json);
        header = JSON.readTree(json);
        data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static Weights read(Path checkpoint) throws IOException {
        JsonNode c = JSON.readTree(checkpoint.resolve("config.json").toFile());
        Shape shape = new Shape(
                c.path("vocab_size").asInt(),
                c.path("num_hidden_layers").asInt(),
                c.path("hidden_size").asInt(),
                c.path("num_attention_heads").asInt(),
                c.path("num_key_value_heads").asInt(),
                c.path("head_dim").asInt(),
                c.path("intermediate_size").asInt());
        Weights weights = new Weights(shape);
        weights.set(new StoredWeights(Files.readAllBytes(checkpoint.resolve("model.safetensors")))
                .flat(shape, Math.toIntExact(weights.count())));
        return weights;
    }

    private float[] flat(Shape shape, int count) {
        float[] flat = new float[count];
        int at = put(flat, 0, "model.embed_tokens.weight");
        for (int l = 0; l < shape.nLayers(); l++) {
            String layer = "model.layers." + l + ".";
            for (String name : new String[] {
                "self_attn.q_proj",
                "self_attn.k_proj",
                "self_attn.v_proj",
                "self_attn.o_proj",
                "mlp.gate_proj",
                "mlp.up_proj",
                "mlp.down_proj"
            }) {
                at = put(flat, at, layer + name + ".weight");
            }
        }
        for (int l = 0; l < shape.nLayers(); l++) {
            String layer = "model.layers." + l + ".";
            for (String name :
                    new String[] {"input_layernorm", "post_attention_layernorm", "self_attn.q_norm", "self_attn.k_norm"
                    }) {
                at = put(flat, at, layer + name + ".weight");
            }
        }
        at = put(flat, at, "model.norm.weight");
        if (at != count) {
            throw new IllegalStateException("The checkpoint holds " + at + " weights, expected " + count);
        }
        return flat;
    }

    private int put(float[] flat, int at, String name) {
        int from = header.path(name).path("data_offsets").path(0).asInt();
        int to = header.path(name).path("data_offsets").path(1).asInt();
        for (int i = from; i < to; i += 2) {
            flat[at++] = Float.intBitsToFloat(data.getShort(i) << 16);
        }
        return at;
    }
}
