package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import java.util.Optional;

/** Ministral 8B (2024): as Mistral, with a choice in each layer of whether it slides. */
final class Ministral implements Family {

    @Override
    public String architecture() {
        return "MinistralForCausalLM";
    }

    @Override
    public String modelType() {
        return "ministral";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        Optional<Integer> window = json.optionalInteger("sliding_window");
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> true),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .build();
    }
}
