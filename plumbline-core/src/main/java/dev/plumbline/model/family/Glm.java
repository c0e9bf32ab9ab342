package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.Rotation.Pairing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** GLM-4-9B in transformers' layout: as Llama, with biases on queries, keys and values; neighbours turn, in half of each
 * head. */
final class Glm implements Family {

    @Override
    public String architecture() {
        return "GlmForCausalLM";
    }

    @Override
    public String modelType() {
        return "glm";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        return builder(json).build();
    }

    static ModelConfig.Builder builder(ConfigReader json) {
        Sizes sizes = Sizes.read(json, 128);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readOfPart(json, 10_000, sizes, 0.5).paired(Pairing.NEIGHBOURS),
                                new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(json.flag("attention_bias", true) ? AttentionBiases.INPUTS : AttentionBiases.NONE);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(Part.GATE_UP, "mlp.gate_up_proj.weight"));
    }
}
