package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;

/** Qwen2 and Qwen2.5, dense: biases on queries, keys and values, SwiGLU, norms before. */
final class Qwen2 implements Family {

    @Override
    public String architecture() {
        return "Qwen2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.require("use_mrope", false);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingFromALayer(json, sizes.nLayers(), 28),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(AttentionBiases.INPUTS)
                .build();
    }
}
