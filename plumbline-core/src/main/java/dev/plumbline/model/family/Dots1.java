package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** dots.llm1: as Qwen3, with routed experts, whose choice is corrected, and some beside them. */
final class Dots1 implements Family {

    @Override
    public String architecture() {
        return "Dots1ForCausalLM";
    }

    @Override
    public String modelType() {
        return "dots1";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits");
        json.ignore("scoring_func", "topk_method", "use_sliding_window"); // the reference does not read them
        json.require("moe_layer_freq", 1);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(Mixtures.layers(
                        attention(json, sizes),
                        RopeConfig.read(json, 10_000, sizes),
                        Mixtures.afterDense(
                                json,
                                sizes,
                                Mixtures.corrected(
                                        json,
                                        json.integer("n_routed_experts"),
                                        json.integer("n_shared_experts", 0),
                                        Mixtures.weighing(json, false, 1)),
                                0)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }

    /** Layers from {@code max_window_layers} on slide if there is a window. */
    private static List<AttentionKind> attention(ConfigReader json, Sizes sizes) {
        int first = json.integer("max_window_layers", 62);
        Optional<Integer> window = json.optionalInteger("sliding_window");
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> i >= first);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Mixtures.CORRECTED);
    }
}
