package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** StarCoder2: layer norms before, biases everywhere, an MLP of GELU without a gate, layers that may slide. */
final class StarCoder2 implements Family {

    private static final Map<Part, String> MLP = Map.of(
            Part.UP, "mlp.c_fc.weight",
            Part.UP_BIAS, "mlp.c_fc.bias",
            Part.DOWN, "mlp.c_proj.weight",
            Part.DOWN_BIAS, "mlp.c_proj.bias");

    @Override
    public String architecture() {
        return "Starcoder2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "starcoder2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("residual_dropout", "embedding_dropout");
        json.require("mlp_type", "default");
        json.require("norm_type", "layer_norm");
        Sizes sizes = Sizes.read(json);
        boolean biased = json.flag("use_bias", true);
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.BIASED_LAYER, "norm_epsilon", Activation.GELU_TANH)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingThroughout(json, sizes.nLayers()),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Plain(sizes.dMlp(), biased)))
                .attentionBiases(biased ? AttentionBiases.ALL : AttentionBiases.NONE)
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(MLP);
    }
}
