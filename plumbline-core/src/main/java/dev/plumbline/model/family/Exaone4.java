package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** EXAONE 4: norms on the outputs of attention and MLP, queries and keys normalised per head; if some layers slide, the
 * others do not turn. */
final class Exaone4 implements Family {

    @Override
    public String architecture() {
        return "Exaone4ForCausalLM";
    }

    @Override
    public String modelType() {
        return "exaone4";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .normPlacement(NormPlacement.AFTER)
                .layers(layers(json, sizes))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        Optional<Integer> window = json.optionalInteger("sliding_window");
        Rotation rotary = RopeConfig.read(json, 10_000, sizes);
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), false);
        return attention(json, sizes, window).stream()
                .map(kind -> new LayerKind(kind, turns(kind, window) ? rotary : new Rotation.None(), mlp))
                .toList();
    }

    /** Published files have a pattern in letters, and the list of layers that it stands for. */
    static List<AttentionKind> attention(ConfigReader json, Sizes sizes, Optional<Integer> window) {
        if (json.optionalTexts("layer_types").isPresent()) {
            json.ignore("sliding_window_pattern");
            return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> false);
        }
        int pattern = json.integer("sliding_window_pattern", 4);
        if (pattern < 1) {
            throw json.unexpected("sliding_window_pattern", pattern, "at least 1");
        }
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> (i + 1) % pattern != 0);
    }

    /** Where some layers slide, the others do not turn. */
    static boolean turns(AttentionKind kind, Optional<Integer> window) {
        return window.isEmpty() || kind instanceof AttentionKind.Sliding;
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(Olmo2.NORMS);
    }
}
