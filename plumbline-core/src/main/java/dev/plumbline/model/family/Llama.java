package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;

/** Llama 1 to 3.3, and what else is published under its name: grouped queries, SwiGLU, norms before. */
final class Llama implements Family {

    @Override
    public String architecture() {
        return "LlamaForCausalLM";
    }

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false))))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .build();
    }
}
