package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;

/** Arcee's AFM: as Llama, with an MLP of ReLU² without a gate. */
final class Arcee implements Family {

    @Override
    public String architecture() {
        return "ArceeForCausalLM";
    }

    @Override
    public String modelType() {
        return "arcee";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Plain(sizes.dMlp(), json.flag("mlp_bias", false))))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .activation(HuggingFaceConfig.activation(json, "hidden_act", Activation.RELU_SQUARED))
                .build();
    }
}
