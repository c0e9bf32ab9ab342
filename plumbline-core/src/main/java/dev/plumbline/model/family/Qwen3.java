package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;

/** Qwen3, dense: grouped queries, queries and keys normalised per head, SwiGLU, norms before. */
final class Qwen3 implements Family {

    @Override
    public String architecture() {
        return "Qwen3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json, 128);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingFromALayer(json, sizes.nLayers(), 28),
                        RopeConfig.read(json, 10_000, sizes),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }
}
