package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import java.util.Optional;
import java.util.Set;

/** OLMoE: as Llama, with routed experts in every layer, queries and keys normalised over all heads together. */
final class Olmoe implements Family {

    @Override
    public String architecture() {
        return "OlmoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "olmoe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef"); // they matter in training
        json.refuse("clip_qkv", "queries, keys and values are never clipped here");
        Sizes sizes = Sizes.read(json);
        Optional<Integer> renamed = json.optionalInteger("num_local_experts");
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Routed(
                                        json.optionalInteger("num_experts")
                                                .or(() -> renamed)
                                                .orElse(64),
                                        json.integer("num_experts_per_tok", 8),
                                        sizes.dMlp(),
                                        Routing.softmax(json.flag("norm_topk_prob", false)))))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.ALL_HEADS)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(HuggingFaceNames.EXPERTS);
    }
}
