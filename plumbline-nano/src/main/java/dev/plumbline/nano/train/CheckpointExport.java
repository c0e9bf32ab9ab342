package dev.plumbline.nano.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.nano.vocabulary.ChatFormat;
import dev.plumbline.nano.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes weights as a Hugging Face checkpoint directory of the Qwen3 architecture, in bf16. */
final class CheckpointExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckpointExport() {}

    private record Stored(long[] size, float[] values) {}

    static void write(Path directory, Weights weights, Vocabulary vocabulary) {
        try {
            Files.createDirectories(directory);
            vocabulary.write(directory.resolve("tokenizer.json"));
            write(directory.resolve("config.json"), config(weights.shape(), vocabulary));
            write(directory.resolve("generation_config.json"), generation(vocabulary));
            write(directory.resolve("tokenizer_config.json"), tokenizer(vocabulary));
            Files.write(directory.resolve("model.safetensors"), safetensors(tensors(weights)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the checkpoint " + directory, e);
        }
    }

    private static void write(Path file, ObjectNode node) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    }

    private static ObjectNode config(Shape shape, Vocabulary vocabulary) {
        ObjectNode config = JSON.createObjectNode();
        config.putArray("architectures").add("Qwen3ForCausalLM");
        config.put("model_type", "qwen3");
        config.put("attention_bias", false).put("attention_dropout", 0.0);
        config.put("bos_token_id", vocabulary.id(Vocabulary.END_OF_TEXT));
        config.put("eos_token_id", vocabulary.id(Vocabulary.MESSAGE_END));
        config.put("pad_token_id", vocabulary.id(Vocabulary.END_OF_TEXT));
        config.put("head_dim", shape.headDim()).put("hidden_act", "silu").put("hidden_size", shape.dModel());
        config.put("initializer_range", 0.02).put("intermediate_size", shape.dMlp());
        config.put("max_position_embeddings", Shape.MAX_POSITIONS).put("max_window_layers", shape.nLayers());
        config.put("num_attention_heads", shape.nHeads()).put("num_hidden_layers", shape.nLayers());
        config.put("num_key_value_heads", shape.nKvHeads()).put("rms_norm_eps", Shape.NORM_EPS);
        config.putNull("rope_scaling").put("rope_theta", Shape.ROPE_THETA);
        config.putNull("sliding_window").put("use_sliding_window", false);
        config.put("tie_word_embeddings", true).put("torch_dtype", "bfloat16");
        return config.put("use_cache", true).put("vocab_size", shape.vocabSize());
    }

    private static ObjectNode generation(Vocabulary vocabulary) {
        ObjectNode generation = JSON.createObjectNode();
        generation.put("bos_token_id", vocabulary.id(Vocabulary.END_OF_TEXT));
        generation.put("do_sample", true);
        generation.put("eos_token_id", vocabulary.id(Vocabulary.MESSAGE_END));
        generation.put("pad_token_id", vocabulary.id(Vocabulary.END_OF_TEXT));
        return generation.put("temperature", 0.7).put("top_k", 0).put("top_p", 0.9);
    }

    private static ObjectNode tokenizer(Vocabulary vocabulary) {
        ObjectNode tokenizer = JSON.createObjectNode();
        tokenizer.put("add_bos_token", false).put("add_prefix_space", false);
        ObjectNode added = tokenizer.putObject("added_tokens_decoder");
        for (String token : new String[] {Vocabulary.END_OF_TEXT, Vocabulary.MESSAGE_START, Vocabulary.MESSAGE_END}) {
            added.putObject(String.valueOf(vocabulary.id(token)))
                    .put("content", token)
                    .put("lstrip", false)
                    .put("normalized", false)
                    .put("rstrip", false)
                    .put("single_word", false)
                    .put("special", true);
        }
        tokenizer.putNull("bos_token").put("chat_template", ChatFormat.TEMPLATE);
        tokenizer.put("clean_up_tokenization_spaces", false);
        tokenizer.put("eos_token", Vocabulary.MESSAGE_END).put("errors", "replace");
        tokenizer.put("model_max_length", Shape.MAX_POSITIONS).put("pad_token", Vocabulary.END_OF_TEXT);
        return tokenizer.put("tokenizer_class", "PreTrainedTokenizerFast").putNull("unk_token");
    }

    private static Map<String, Stored> tensors(Weights weights) {
        Shape shape = weights.shape();
        int d = shape.dModel();
        int e = shape.headDim();
        int queries = shape.nHeads() * e;
        int keys = shape.nKvHeads() * e;
        Map<String, Stored> tensors = new LinkedHashMap<>();
        tensors.put("model.embed_tokens.weight", stored(weights.get("embed"), 0, shape.vocabSize(), d));
        for (int l = 0; l < shape.nLayers(); l++) {
            String layer = "model.layers." + l + ".";
            float[] qkv = weights.get(l + ".qkv");
            float[] gateUp = weights.get(l + ".gateUp");
            tensors.put(layer + "input_layernorm.weight", stored(weights.get(l + ".inputNorm"), 0, d));
            tensors.put(layer + "self_attn.q_proj.weight", stored(qkv, 0, queries, d));
            tensors.put(layer + "self_attn.k_proj.weight", stored(qkv, queries * d, keys, d));
            tensors.put(layer + "self_attn.v_proj.weight", stored(qkv, (queries + keys) * d, keys, d));
            tensors.put(layer + "self_attn.o_proj.weight", stored(weights.get(l + ".out"), 0, d, queries));
            tensors.put(layer + "self_attn.q_norm.weight", stored(weights.get(l + ".qNorm"), 0, e));
            tensors.put(layer + "self_attn.k_norm.weight", stored(weights.get(l + ".kNorm"), 0, e));
            tensors.put(layer + "post_attention_layernorm.weight", stored(weights.get(l + ".mlpNorm"), 0, d));
            tensors.put(layer + "mlp.gate_proj.weight", stored(gateUp, 0, shape.dMlp(), d));
            tensors.put(layer + "mlp.up_proj.weight", stored(gateUp, shape.dMlp() * d, shape.dMlp(), d));
            tensors.put(layer + "mlp.down_proj.weight", stored(weights.get(l + ".down"), 0, d, shape.dMlp()));
        }
        tensors.put("model.norm.weight", stored(weights.get("norm"), 0, d));
        return tensors;
    }

    private static Stored stored(float[] from, int offset, long... size) {
        int n = 1;
        for (long s : size) {
            n = Math.toIntExact(n * s);
        }
        return new Stored(size, java.util.Arrays.copyOfRange(from, offset, offset + n));
    }

    private static byte[] safetensors(Map<String, Stored> tensors) {
        ObjectNode header = JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (Map.Entry<String, Stored> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "BF16");
            for (long s : tensor.getValue().size()) {
                entry.withArray("shape").add(s);
            }
            long end = offset + 2L * tensor.getValue().values().length;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        for (int i = json.length; i < padded; i++) {
            bytes.put((byte) ' ');
        }
        for (Stored tensor : tensors.values()) {
            for (float value : tensor.values()) {
                bytes.putShort(Rounding.toBf16(value));
            }
        }
        return bytes.array();
    }
}
