package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;

/** Gemma, the first: as Llama, with scaled embeddings, norms that multiply by one more than their weight, GeGLU. */
final class Gemma implements Family {

    @Override
    public String architecture() {
        return "GemmaForCausalLM";
    }

    @Override
    public String modelType() {
        return "gemma";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("hidden_activation"); // the reference reads hidden_act
        json.require("use_bidirectional_attention", false);
        Sizes sizes = Sizes.read(json, 256);
        return sizes.builder()
                .normEps(json.number("rms_norm_eps"))
                .normGain(NormGain.ONE_PLUS_WEIGHT)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes), new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .activation(activation(json))
                .embeddingScale(new EmbeddingScale.Rounded(Math.sqrt(sizes.dModel())))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    /** The first files say gelu where they mean its approximation. */
    private static Activation activation(ConfigReader json) {
        return json.optionalText("hidden_act").filter("gelu"::equals).isPresent()
                ? Activation.GELU_TANH
                : HuggingFaceConfig.activation(json, "hidden_act", Activation.GELU_TANH);
    }
}
