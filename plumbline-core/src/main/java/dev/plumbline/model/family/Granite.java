package dev.plumbline.model.family;

import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.OutputLogits;
import java.util.OptionalDouble;

/** Granite 3, dense: as Llama, with multipliers on embeddings, scores, branches and logits. */
final class Granite implements Family {

    @Override
    public String architecture() {
        return "GraniteForCausalLM";
    }

    @Override
    public String modelType() {
        return "granite";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return multiplied(json, sizes)
                .layers(sizes.nLayers(), LayerKind.seeingAll(RopeConfig.read(json, 10_000, sizes), mlp(json, sizes)))
                .build();
    }

    static MlpKind mlp(ConfigReader json, Sizes sizes) {
        return new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false));
    }

    /** With multipliers on embeddings, scores, branches and logits, and biases on all of attention or none. */
    static ModelConfig.Builder multiplied(ConfigReader json, Sizes sizes) {
        return HuggingFaceConfig.builder(json, sizes)
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .scores(new AttentionScores(json.number("attention_multiplier", 1), OptionalDouble.empty()))
                .embeddingScale(new EmbeddingScale.Exact(json.number("embedding_multiplier", 1)))
                .branchScale(json.number("residual_multiplier", 1))
                .logits(new OutputLogits(json.number("logits_scaling", 1), OptionalDouble.empty()));
    }
}
