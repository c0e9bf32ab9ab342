package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Falcon 7B, 40B, 180B and Falcon 2, which turn queries and keys: attention and an MLP of GELU side by side, behind one layer
 * norm or two. */
final class Falcon implements Family {

    private static final Map<Part, String> PARTS = Map.ofEntries(
            entry(Part.QUERY_KEY_VALUE_BY_HEAD, "self_attention.query_key_value.weight"),
            entry(Part.QUERY_KEY_VALUE_BY_HEAD_BIAS, "self_attention.query_key_value.bias"),
            entry(Part.OUTPUT, "self_attention.dense.weight"),
            entry(Part.OUTPUT_BIAS, "self_attention.dense.bias"),
            entry(Part.UP, "mlp.dense_h_to_4h.weight"),
            entry(Part.UP_BIAS, "mlp.dense_h_to_4h.bias"),
            entry(Part.DOWN, "mlp.dense_4h_to_h.weight"),
            entry(Part.DOWN_BIAS, "mlp.dense_4h_to_h.bias"));

    @Override
    public String architecture() {
        return "FalconForCausalLM";
    }

    @Override
    public String modelType() {
        return "falcon";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("hidden_dropout");
        json.require("alibi", false);
        json.require("parallel_attn", true);
        Sizes sizes = sizes(json);
        boolean biased = json.flag("bias", false);
        return sizes.builder()
                .normKind(NormKind.BIASED_LAYER)
                .normEps(json.number("layer_norm_epsilon", 1e-5))
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes), new MlpKind.Plain(sizes.dMlp(), biased)))
                .attentionBiases(biased ? AttentionBiases.ALL : AttentionBiases.NONE)
                .activation(HuggingFaceConfig.activation(json, "activation", Activation.GELU))
                .branchOrder(order(json))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    private static Sizes sizes(ConfigReader json) {
        int d = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        if (heads < 1 || d % heads != 0) {
            throw json.unexpected("num_attention_heads", heads, "a divisor of hidden_size " + d);
        }
        int named = json.integer("num_kv_heads", heads);
        boolean one = json.flag("multi_query", true) && !json.flag("new_decoder_architecture", false);
        return new Sizes(
                d,
                heads,
                one ? 1 : named,
                d / heads,
                json.integer("ffn_hidden_size", 4 * d),
                json.integer("vocab_size"),
                json.integer("max_position_embeddings", 2048),
                json.integer("num_hidden_layers"));
    }

    private static BranchOrder order(ConfigReader json) {
        boolean recent = json.flag("new_decoder_architecture", false);
        int norms = json.integer("num_ln_in_parallel_attn", recent ? 2 : 1);
        if (norms != 1 && !(norms == 2 && recent)) {
            throw json.unexpected("num_ln_in_parallel_attn", norms, recent ? "1 or 2" : "1");
        }
        return norms == 2 ? BranchOrder.SIDE_BY_SIDE : BranchOrder.SIDE_BY_SIDE_SHARING_NORM;
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        boolean two = stored.stream().anyMatch(name -> name.endsWith(".ln_attn.weight"));
        Map<Part, String> parts = new HashMap<>(PARTS);
        parts.put(Part.ATTENTION_NORM, two ? "ln_attn.weight" : "input_layernorm.weight");
        parts.put(Part.MLP_NORM, "ln_mlp.weight");
        return new WeightNames(
                "transformer.word_embeddings.weight",
                "transformer.ln_f.weight",
                "lm_head.weight",
                "transformer.h.%d.",
                parts,
                Set.of("rotary_emb.inv_freq"),
                Set.of());
    }
}
