package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** OLMo 2: norms on the outputs of attention and MLP, queries and keys normalised over all heads together, SwiGLU. */
final class Olmo2 implements Family {

    /** Names of the norms after attention and MLP. */
    static final Map<Part, String> NORMS = Map.of(
            Part.ATTENTION_POST_NORM, "post_attention_layernorm.weight",
            Part.MLP_POST_NORM, "post_feedforward_layernorm.weight");

    @Override
    public String architecture() {
        return "Olmo2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "olmo2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .normPlacement(NormPlacement.AFTER)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes), new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.ALL_HEADS)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(NORMS);
    }
}
