package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.Routing;
import dev.plumbline.model.Routing.Choice;
import dev.plumbline.model.Routing.Scores;
import dev.plumbline.model.Routing.Weighing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MiniMax-M2 in bf16: routed experts with a corrected choice; queries and keys normalised over all heads together, a part
 * of each head turns. */
final class MiniMaxM2 implements Family {

    @Override
    public String architecture() {
        return "MiniMaxM2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "minimax_m2";
    }

    @Override
    public String unquantised() {
        return "a conversion to bf16";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef", "router_jitter_noise"); // they matter in training
        json.ignore("use_mtp", "num_mtp_modules", "mtp_transformer_layers"); // further layers, for further tokens
        json.require("use_qk_norm", true);
        json.require("qk_norm_type", "per_layer");
        json.require("use_routing_bias", true);
        json.require("scoring_func", "sigmoid");
        json.require("shared_intermediate_size", 0);
        requireAttention(json);
        Sizes sizes = Sizes.read(json, 128);
        Optional<Integer> renamed = json.optionalInteger("num_experts");
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readOfPart(json, 5_000_000, sizes, turning(json, sizes)),
                                new MlpKind.Routed(
                                        json.optionalInteger("num_local_experts")
                                                .or(() -> renamed)
                                                .orElse(256),
                                        json.integer("num_experts_per_tok", 8),
                                        sizes.dMlp(),
                                        new Routing(
                                                Scores.SIGMOID,
                                                false,
                                                Choice.BEST_CORRECTED,
                                                new Weighing(true, 1, Weighing.On.OUTPUTS)))))
                .queryKeyNorm(QueryKeyNorm.ALL_HEADS)
                .build();
    }

    /** Published files have a 1 for each layer with attention, which is all of them. */
    private static void requireAttention(ConfigReader json) {
        json.optionalIntegers("attn_type_list").stream()
                .flatMap(types -> types.stream().filter(type -> type != 1))
                .findFirst()
                .ifPresent(type -> {
                    throw json.unexpected("attn_type_list", type, "1");
                });
    }

    /** Which part of each head turns, where {@code partial_rotary_factor} does not say it. */
    private static double turning(ConfigReader json, Sizes sizes) {
        return json.integer("rotary_dim", sizes.headDim()) / (double) sizes.headDim();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        Map<Part, String> parts = new HashMap<>(Mixtral.EXPERTS);
        parts.put(Part.ROUTER_CORRECTION, "block_sparse_moe.e_score_correction_bias");
        return HuggingFaceNames.preNorm(parts);
    }
}
