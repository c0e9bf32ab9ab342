package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

/** GLM-4.5 and 4.6: routed experts with a corrected choice and one beside them; half of each head turns. */
final class Glm4Moe implements Family {

    /** What only a layer that predicts a token further has. */
    private static final String NEXT_TOKENS = "eh_proj.weight";

    @Override
    public String architecture() {
        return "Glm4MoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "glm4_moe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits");
        json.ignore("num_nextn_predict_layers", "num_mtp_layers"); // further layers, which the next token does not need
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(Mixtures.layers(
                        Collections.nCopies(sizes.nLayers(), new AttentionKind.Full()),
                        RopeConfig.readOfPart(json, 10_000, sizes, 0.5),
                        Mixtures.afterDense(
                                json,
                                sizes,
                                Mixtures.corrected(
                                        json,
                                        json.integer("n_routed_experts", 128),
                                        json.integer("n_shared_experts", 1),
                                        Mixtures.weighing(json, true, 1)),
                                1)))
                .attentionBiases(json.flag("attention_bias", false) ? AttentionBiases.INPUTS : AttentionBiases.NONE)
                .queryKeyNorm(json.flag("use_qk_norm", false) ? QueryKeyNorm.PER_HEAD : QueryKeyNorm.NONE)
                .build();
    }

    /** Layers that predict tokens further ahead are stored behind the others, and not computed. */
    @Override
    public WeightNames weightNames(Set<String> stored) {
        WeightNames names = HuggingFaceNames.preNorm(Mixtures.CORRECTED);
        return names.ignoringBeginnings(stored.stream()
                .filter(name -> name.endsWith(NEXT_TOKENS))
                .map(name -> name.substring(0, name.length() - NEXT_TOKENS.length()))
                .collect(Collectors.toSet()));
    }
}
