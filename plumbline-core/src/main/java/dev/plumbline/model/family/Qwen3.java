package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** Qwen3, dense: grouped queries, queries and keys normalised per head, SwiGLU. */
final class Qwen3 implements Family {

    @Override
    public String architecture() {
        return "Qwen3ForCausalLM";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        HuggingFaceConfig.ignoreBookkeeping(json);
        json.require("hidden_act", "silu");
        int heads = json.integer("num_attention_heads");
        int maxPositions = json.optionalInteger("max_position_embeddings").orElse(32_768);
        ModelConfig.Builder config = ModelConfig.builder()
                .dModel(json.integer("hidden_size"))
                .heads(
                        heads,
                        json.optionalInteger("num_key_value_heads").orElse(heads),
                        json.optionalInteger("head_dim").orElse(128))
                .dMlp(json.integer("intermediate_size"))
                .vocabSize(json.integer("vocab_size"))
                .maxPositions(maxPositions)
                .normEps(json.optionalNumber("rms_norm_eps").orElse(1e-6))
                .layers(HuggingFaceConfig.layers(json))
                .attentionBiases(json.flag("attention_bias", false) ? AttentionBiases.ALL : AttentionBiases.NONE)
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .tiedEmbeddings(json.flag("tie_word_embeddings", false));
        HuggingFaceConfig.rope(json, config, maxPositions);
        return config.build();
    }

    @Override
    public WeightNames weightNames() {
        return new WeightNames(
                "model.embed_tokens.weight",
                "model.norm.weight",
                "lm_head.weight",
                "model.layers.%d.",
                Map.ofEntries(
                        entry(Part.ATTENTION_NORM, "input_layernorm.weight"),
                        entry(Part.QUERY, "self_attn.q_proj.weight"),
                        entry(Part.KEY, "self_attn.k_proj.weight"),
                        entry(Part.VALUE, "self_attn.v_proj.weight"),
                        entry(Part.OUTPUT, "self_attn.o_proj.weight"),
                        entry(Part.QUERY_BIAS, "self_attn.q_proj.bias"),
                        entry(Part.KEY_BIAS, "self_attn.k_proj.bias"),
                        entry(Part.VALUE_BIAS, "self_attn.v_proj.bias"),
                        entry(Part.OUTPUT_BIAS, "self_attn.o_proj.bias"),
                        entry(Part.QUERY_NORM, "self_attn.q_norm.weight"),
                        entry(Part.KEY_NORM, "self_attn.k_norm.weight"),
                        entry(Part.MLP_NORM, "post_attention_layernorm.weight"),
                        entry(Part.GATE, "mlp.gate_proj.weight"),
                        entry(Part.UP, "mlp.up_proj.weight"),
                        entry(Part.DOWN, "mlp.down_proj.weight")),
                Set.of("rotary_emb.inv_freq"));
    }
}
