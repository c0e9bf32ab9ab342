package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.Rotation.Pairing;

/** ERNIE 4.5, dense: as Llama; neighbours turn. */
final class Ernie45 implements Family {

    @Override
    public String architecture() {
        return "Ernie4_5ForCausalLM";
    }

    @Override
    public String modelType() {
        return "ernie4_5";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json, 128);
        boolean biased = json.flag("use_bias", false);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 500_000, sizes).paired(Pairing.NEIGHBOURS),
                                new MlpKind.Dense(sizes.dMlp(), biased)))
                .attentionBiases(biased ? AttentionBiases.ALL : AttentionBiases.NONE)
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }
}
