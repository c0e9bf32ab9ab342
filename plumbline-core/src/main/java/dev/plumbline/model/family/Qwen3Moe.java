package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Qwen3, mixture of experts: as Qwen3, with routed experts in most or all layers. */
final class Qwen3Moe implements Family {

    @Override
    public String architecture() {
        return "Qwen3MoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "qwen3_moe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef"); // they matter in training
        json.ignore("max_window_layers"); // the reference does not read it: either all layers slide or none
        // Published files have these of the classes that the models were trained with; only so are they this
        // architecture.
        json.require("qkv_bias", false);
        json.require("use_qk_norm", true);
        json.require("shared_expert_intermediate_size", 0);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        boolean slides = json.flag("use_sliding_window", false);
        AttentionKind attention = json.optionalInteger("sliding_window")
                .filter(window -> slides)
                .<AttentionKind>map(AttentionKind.Sliding::new)
                .orElseGet(AttentionKind.Full::new);
        Rotation rotation = RopeConfig.read(json, 10_000, sizes);
        Optional<Integer> renamed = json.optionalInteger("num_local_experts");
        MlpKind routed = new MlpKind.Routed(
                json.optionalInteger("num_experts").or(() -> renamed).orElse(128),
                json.integer("num_experts_per_tok"),
                json.integer("moe_intermediate_size"),
                Routing.softmax(json.flag("norm_topk_prob", false)));
        return Mixtures.layers(
                Collections.nCopies(sizes.nLayers(), attention), rotation, Mixtures.bySteps(json, sizes, routed));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(HuggingFaceNames.EXPERTS);
    }
}
