package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** Apertus: as Llama 3, with queries and keys normalised per head, and an MLP of xIELU without a gate. */
final class Apertus implements Family {

    private static final Map<Part, String> PARTS = Map.of(
            Part.ATTENTION_NORM, "attention_layernorm.weight",
            Part.MLP_NORM, "feedforward_layernorm.weight",
            Part.XIELU_POSITIVE, "mlp.act_fn.alpha_p",
            Part.XIELU_NEGATIVE, "mlp.act_fn.alpha_n",
            Part.XIELU_BETA, "mlp.act_fn.beta",
            Part.XIELU_EPS, "mlp.act_fn.eps");

    @Override
    public String architecture() {
        return "ApertusForCausalLM";
    }

    @Override
    public String modelType() {
        return "apertus";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.require("hidden_act", "xielu");
        json.require("mlp_bias", false);
        json.require("post_norm", false);
        json.require("qk_norm", true);
        Sizes sizes = Sizes.read(json);
        return sizes.builder()
                .normEps(json.number("rms_norm_eps"))
                .tiedEmbeddings(json.flag("tie_word_embeddings", false))
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readGiven(json, 12_000_000, sizes), new MlpKind.Xielu(sizes.dMlp())))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(PARTS);
    }
}
