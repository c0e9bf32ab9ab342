package dev.plumbline.model.family;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** VaultGemma: as Gemma 2, with norms on the inputs of attention and MLP alone. */
final class VaultGemma implements Family {

    @Override
    public String architecture() {
        return "VaultGemmaForCausalLM";
    }

    @Override
    public String modelType() {
        return "vaultgemma";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        return Gemma2.builder(json).build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(Part.MLP_NORM, "pre_feedforward_layernorm.weight"));
    }
}
