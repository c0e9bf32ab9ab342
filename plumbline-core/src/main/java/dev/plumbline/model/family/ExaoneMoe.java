package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** K-EXAONE: attention as in EXAONE 4, but norms before each branch; routed experts with a corrected choice and one beside
 * them. */
final class ExaoneMoe implements Family {

    @Override
    public String architecture() {
        return "ExaoneMoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "exaone_moe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits");
        json.require("scoring_func", "sigmoid");
        json.require("topk_method", "noaux_tc");
        json.ignore("num_nextn_predict_layers"); // further layers, which the next token does not need
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(layers(json, sizes))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        Optional<Integer> window = json.optionalInteger("sliding_window");
        Rotation rotary = RopeConfig.read(json, 10_000, sizes);
        List<AttentionKind> attention = Exaone4.attention(json, sizes, window);
        List<MlpKind> mlps = mlps(json, sizes);
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i < sizes.nLayers(); i++) {
            AttentionKind kind = attention.get(i);
            layers.add(new LayerKind(kind, Exaone4.turns(kind, window) ? rotary : new Rotation.None(), mlps.get(i)));
        }
        return layers;
    }

    /** As {@code mlp_layer_types} says, or else by the number of dense layers in front. */
    private static List<MlpKind> mlps(ConfigReader json, Sizes sizes) {
        MlpKind sparse = Mixtures.corrected(
                json,
                json.integer("num_experts", 64),
                json.integer("num_shared_experts", 1),
                Mixtures.weighing(json, true, 2.5));
        Optional<List<String>> types = json.optionalTexts("mlp_layer_types");
        if (types.isEmpty()) {
            return Mixtures.afterDense(json, sizes, sparse, 1);
        }
        json.ignore("first_k_dense_replace"); // the list wins
        List<String> list = types.get();
        if (list.size() != sizes.nLayers() || !Set.of("dense", "sparse").containsAll(list)) {
            throw json.unexpected("mlp_layer_types", list, sizes.nLayers() + " times dense or sparse");
        }
        return Mixtures.where(i -> list.get(i).equals("sparse"), sparse, sizes);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Mixtures.corrected("mlp.e_score_correction_bias"))
                .ignoringBeginnings(Set.of("mtp."));
    }
}
