package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Gemma 2: soft-caps on scores and logits, every other layer sliding, norms around each branch, GeGLU. */
final class Gemma2 implements Family {

    /** Names of the norms around attention and MLP. */
    static final Map<Part, String> NORMS = Map.of(
            Part.ATTENTION_NORM, "input_layernorm.weight",
            Part.ATTENTION_POST_NORM, "post_attention_layernorm.weight",
            Part.MLP_NORM, "pre_feedforward_layernorm.weight",
            Part.MLP_POST_NORM, "post_feedforward_layernorm.weight");

    @Override
    public String architecture() {
        return "Gemma2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        return builder(json).normPlacement(NormPlacement.AROUND).build();
    }

    /** All but where the norms stand. */
    static ModelConfig.Builder builder(ConfigReader json) {
        json.ignore("hidden_act"); // the reference reads hidden_activation
        json.ignore("sliding_window_size"); // an old name of sliding_window, which is there too
        json.require("use_bidirectional_attention", false);
        Sizes sizes = Sizes.read(json, 256);
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 4096));
        return sizes.builder()
                .normEps(json.number("rms_norm_eps"))
                .normGain(NormGain.ONE_PLUS_WEIGHT)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> i % 2 == 0),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .scores(new AttentionScores(
                        1 / Math.sqrt(json.number("query_pre_attn_scalar")),
                        OptionalDouble.of(json.number("attn_logit_softcapping"))))
                .activation(HuggingFaceConfig.activation(json, "hidden_activation", Activation.GELU_TANH))
                .embeddingScale(new EmbeddingScale.Rounded(Math.sqrt(sizes.dModel())))
                .logits(new OutputLogits(1, OptionalDouble.of(json.number("final_logit_softcapping"))))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(NORMS);
    }
}
