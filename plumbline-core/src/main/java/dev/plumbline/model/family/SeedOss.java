package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;

/** Seed-OSS: as Llama, with biases on queries, keys and values, and on the output of attention if it says so. */
final class SeedOss implements Family {

    @Override
    public String architecture() {
        return "SeedOssForCausalLM";
    }

    @Override
    public String modelType() {
        return "seed_oss";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("residual_dropout"); // it matters in training
        Sizes sizes = Sizes.read(json, 128);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false))))
                .attentionBiases(biases(json))
                .build();
    }

    private static AttentionBiases biases(ConfigReader json) {
        if (!json.flag("attention_bias", true)) {
            json.require("attention_out_bias", false);
            return AttentionBiases.NONE;
        }
        return json.flag("attention_out_bias", false) ? AttentionBiases.ALL : AttentionBiases.INPUTS;
    }
}
