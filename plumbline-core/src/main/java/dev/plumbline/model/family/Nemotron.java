package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.NormKind;

/** Nemotron 3 8B, 4 and Minitron: layer norms that multiply by one more than their weights, heads of which a half turns, an
 * MLP of ReLU² without a gate. */
final class Nemotron implements Family {

    @Override
    public String architecture() {
        return "NemotronForCausalLM";
    }

    @Override
    public String modelType() {
        return "nemotron";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.BIASED_LAYER, "norm_eps", Activation.RELU_SQUARED)
                .normGain(NormGain.ONE_PLUS_WEIGHT)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readOfPart(json, 10_000, sizes, 0.5),
                                new MlpKind.Plain(sizes.dMlp(), json.flag("mlp_bias", false))))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .build();
    }
}
