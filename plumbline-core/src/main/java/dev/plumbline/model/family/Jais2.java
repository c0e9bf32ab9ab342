package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.NormKind;

/** Jais 2: as Llama, with layer norms, biases everywhere, and an MLP of ReLU² without a gate. */
final class Jais2 implements Family {

    @Override
    public String architecture() {
        return "Jais2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "jais2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.layerNormed(
                        json, sizes, NormKind.BIASED_LAYER, "layer_norm_eps", Activation.RELU_SQUARED)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Plain(sizes.dMlp(), json.flag("mlp_bias", true))))
                .attentionBiases(json.flag("attention_bias", true) ? AttentionBiases.ALL : AttentionBiases.NONE)
                .build();
    }
}
