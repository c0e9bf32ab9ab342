package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;

/** Mistral, dense: as Llama, with a window in every layer if one is set. */
final class Mistral implements Family {

    @Override
    public String architecture() {
        return "MistralForCausalLM";
    }

    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingThroughout(json, sizes.nLayers()),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .build();
    }
}
