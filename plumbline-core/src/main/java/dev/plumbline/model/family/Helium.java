package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.Rotation.Pairing;

/** Helium 1: as Llama; neighbours turn, and the output of attention has no bias. */
final class Helium implements Family {

    @Override
    public String architecture() {
        return "HeliumForCausalLM";
    }

    @Override
    public String modelType() {
        return "helium";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json, 128);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 100_000, sizes).paired(Pairing.NEIGHBOURS),
                                new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false))))
                .attentionBiases(json.flag("attention_bias", false) ? AttentionBiases.INPUTS : AttentionBiases.NONE)
                .build();
    }
}
