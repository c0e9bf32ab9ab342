package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** Mixtral: as Mistral, with routed experts in every layer. */
final class Mixtral implements Family {

    /** A router and its experts, one by one. */
    static final Map<Part, String> EXPERTS = Map.of(
            Part.ROUTER, "block_sparse_moe.gate.weight",
            Part.EXPERT_GATE, "block_sparse_moe.experts.%d.w1.weight",
            Part.EXPERT_UP, "block_sparse_moe.experts.%d.w3.weight",
            Part.EXPERT_DOWN, "block_sparse_moe.experts.%d.w2.weight");

    @Override
    public String architecture() {
        return "MixtralForCausalLM";
    }

    @Override
    public String modelType() {
        return "mixtral";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef", "router_jitter_noise"); // they matter in training
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingThroughout(json, sizes.nLayers()),
                        RopeConfig.read(json, 1_000_000, sizes),
                        new MlpKind.Routed(
                                json.integer("num_local_experts"),
                                json.integer("num_experts_per_tok"),
                                sizes.dMlp(),
                                Routing.softmax(true))))
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(EXPERTS);
    }
}
