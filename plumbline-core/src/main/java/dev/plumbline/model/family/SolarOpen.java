package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.WeightNames;
import java.util.Set;

/** Solar Open: as Llama, with routed experts, whose choice is corrected, and one beside them in every layer. */
final class SolarOpen implements Family {

    @Override
    public String architecture() {
        return "SolarOpenForCausalLM";
    }

    @Override
    public String modelType() {
        return "solar_open";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits");
        json.ignore("intermediate_size", "first_k_dense_replace"); // the reference does not read them
        json.require("use_qk_norm", false);
        Sizes sizes = new Sizes(
                json.integer("hidden_size"),
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads", 8),
                json.integer("head_dim", 128),
                json.integer("moe_intermediate_size"),
                json.integer("vocab_size"),
                json.integer("max_position_embeddings"),
                json.integer("num_hidden_layers"));
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 1_000_000, sizes),
                                Mixtures.corrected(
                                        json,
                                        json.integer("n_routed_experts", 128),
                                        json.integer("n_shared_experts", 1),
                                        Mixtures.weighing(json, true, 1))))
                .attentionBiases(json.flag("attention_bias", false) ? AttentionBiases.INPUTS : AttentionBiases.NONE)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Mixtures.CORRECTED);
    }
}
