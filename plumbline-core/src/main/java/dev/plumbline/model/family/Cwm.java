package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import java.util.List;
import java.util.Optional;

/** Code World Model: as Llama 3, with layers that slide; every fourth, from the first, sees everything. */
final class Cwm implements Family {

    @Override
    public String architecture() {
        return "CwmForCausalLM";
    }

    @Override
    public String modelType() {
        return "cwm";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.require("attention_bias", false);
        Sizes sizes = Sizes.read(json, 128);
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 8192));
        List<AttentionKind> attention =
                HuggingFaceConfig.attention(json, sizes.nLayers(), window, layer -> layer % 4 != 0);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        attention,
                        RopeConfig.readGiven(json, 1_000_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false))))
                .build();
    }
}
