package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OLMo 3: as OLMo 2, with three of four layers sliding, whose frequencies are never scaled. */
final class Olmo3 implements Family {

    @Override
    public String architecture() {
        return "Olmo3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "olmo3";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .normPlacement(NormPlacement.AFTER)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.ALL_HEADS)
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        double theta = json.number("rope_theta", 500_000);
        PerKindRope ropes = PerKindRope.read(json, sizes, theta, theta);
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), false);
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 4096));
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> (i + 1) % 4 != 0).stream()
                .map(kind -> new LayerKind(kind, ropes.of(kind), mlp))
                .toList();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(Olmo2.NORMS);
    }
}
