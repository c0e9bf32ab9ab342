package dev.plumbline.model.family;

import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.AttentionScores.QueryGrowth;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import java.util.Optional;

/** Ministral 3 (2512), text: as Mistral, with queries that grow with their position. */
final class Ministral3 implements Family {

    @Override
    public String architecture() {
        return "Ministral3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "ministral3";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json, 128);
        ConfigReader rope = RopeConfig.parameters(json)
                .orElseThrow(() -> json.unexpected("rope_parameters", "absent", "an object"));
        rope.ignore("max_position_embeddings"); // the outer one counts
        QueryGrowth growth =
                new QueryGrowth(rope.number("llama_4_scaling_beta"), rope.integer("original_max_position_embeddings"));
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingThroughout(json, sizes.nLayers()),
                        RopeConfig.rotation(rope, json.number("rope_theta", 10_000), sizes, Optional.empty()),
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .scores(AttentionScores.of(sizes.headDim()).growing(growth))
                .build();
    }
}
