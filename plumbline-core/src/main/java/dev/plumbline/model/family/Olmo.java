package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.NormKind;
import java.util.OptionalDouble;

/** OLMo 1: as Llama, with layer norms without weights; queries, keys and values may be bounded. */
final class Olmo implements Family {

    @Override
    public String architecture() {
        return "OlmoForCausalLM";
    }

    @Override
    public String modelType() {
        return "olmo";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return sizes.builder()
                .normKind(NormKind.LAYER)
                .normGain(NormGain.NONE)
                .normEps(1e-5)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes), new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .projectionBound(
                        json.optionalNumber("clip_qkv").map(OptionalDouble::of).orElseGet(OptionalDouble::empty))
                .activation(HuggingFaceConfig.activation(json, "hidden_act", Activation.SILU))
                .tiedEmbeddings(json.flag("tie_word_embeddings", false))
                .build();
    }
}
