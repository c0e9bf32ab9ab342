package dev.plumbline.model.family;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** GLM-4-0414: as GLM, with norms around each branch. */
final class Glm4 implements Family {

    @Override
    public String architecture() {
        return "Glm4ForCausalLM";
    }

    @Override
    public String modelType() {
        return "glm4";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        return Glm.builder(json).normPlacement(NormPlacement.AROUND).build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.ATTENTION_POST_NORM, "post_self_attn_layernorm.weight",
                Part.MLP_POST_NORM, "post_mlp_layernorm.weight",
                Part.GATE_UP, "mlp.gate_up_proj.weight"));
    }
}
