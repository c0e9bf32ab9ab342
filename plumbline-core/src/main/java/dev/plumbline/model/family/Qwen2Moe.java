package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Qwen1.5 and Qwen2, mixture of experts: as Qwen2, with routed experts and a switched one beside them. */
final class Qwen2Moe implements Family {

    @Override
    public String architecture() {
        return "Qwen2MoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "qwen2_moe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef"); // they matter in training
        Sizes sizes = Sizes.read(json);
        MlpKind sparse = new MlpKind.WithShared(
                new MlpKind.Routed(
                        json.integer("num_experts", 60),
                        json.integer("num_experts_per_tok", 4),
                        json.integer("moe_intermediate_size", 1408),
                        Routing.softmax(json.flag("norm_topk_prob", false))),
                json.integer("shared_expert_intermediate_size", 5632),
                true);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(Mixtures.layers(
                        attention(json, sizes),
                        RopeConfig.read(json, 10_000, sizes),
                        Mixtures.bySteps(json, sizes, sparse)))
                .attentionBiases(json.flag("qkv_bias", true) ? AttentionBiases.INPUTS : AttentionBiases.NONE)
                .build();
    }

    /** Where windows are used, every other layer slides, up to {@code max_window_layers}. */
    private static List<AttentionKind> attention(ConfigReader json, Sizes sizes) {
        boolean slides = json.flag("use_sliding_window", false);
        int end = json.integer("max_window_layers", 28);
        Optional<Integer> window = json.optionalInteger("sliding_window").filter(w -> slides);
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> i % 2 == 0 && i < end);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        Map<Part, String> parts = new HashMap<>(HuggingFaceNames.EXPERTS);
        parts.put(Part.SHARED_GATE, "mlp.shared_expert.gate_proj.weight");
        parts.put(Part.SHARED_UP, "mlp.shared_expert.up_proj.weight");
        parts.put(Part.SHARED_DOWN, "mlp.shared_expert.down_proj.weight");
        parts.put(Part.SHARED_SWITCH, "mlp.shared_expert_gate.weight");
        return HuggingFaceNames.preNorm(parts);
    }
}
