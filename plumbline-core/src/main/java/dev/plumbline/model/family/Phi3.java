package dev.plumbline.model.family;

import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Phi-3, Phi-3.5-mini, Phi-4 and Phi-4-mini: as Llama, with fused projections, and heads of which sometimes only a part
 * turns. */
final class Phi3 implements Family {

    @Override
    public String architecture() {
        return "Phi3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "phi3";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("resid_pdrop", "embd_pdrop", "full_attn_mod", "interpolate_factor");
        json.require("attention_bias", false);
        json.require("mlp_bias", false);
        json.require("lm_head_bias", false);
        Sizes sizes = Sizes.read(json);
        int original = json.integer("original_max_position_embeddings", 4096);
        Optional<ConfigReader> parameters = RopeConfig.parameters(json);
        Rotation.Rotary rotation = rotation(json, parameters, sizes, original);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(HuggingFaceConfig.layers(
                        HuggingFaceConfig.slidingThroughout(json, sizes.nLayers()),
                        rotation,
                        new MlpKind.Dense(sizes.dMlp(), false)))
                .build();
    }

    private static Rotation.Rotary rotation(
            ConfigReader json, Optional<ConfigReader> parameters, Sizes sizes, int original) {
        double outerTheta = json.number("rope_theta", 10_000);
        double outerShare = json.number("partial_rotary_factor", 1);
        double theta = parameters.map(p -> p.number("rope_theta", outerTheta)).orElse(outerTheta);
        double share = parameters
                .map(p -> p.number("partial_rotary_factor", outerShare))
                .orElse(outerShare);
        return new Rotation.Rotary(
                theta,
                (int) (sizes.headDim() * share),
                parameters.map(p -> scaling(p, sizes.maxPositions(), original)).orElseGet(RopeScaling.None::new));
    }

    /** LongRoPE is also written as su and, in one release, as yarn. */
    private static RopeScaling scaling(ConfigReader json, int maxPositions, int original) {
        json.ignore("original_max_position_embeddings"); // the reference takes the outer one
        String type = RopeConfig.type(json);
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "longrope", "su", "yarn" -> {
                double factor = json.number("factor", (double) maxPositions / original);
                double magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
                yield new RopeScaling.LongRope(
                        factors(json, "short_factor"),
                        factors(json, "long_factor"),
                        json.number("attention_factor", magnitude),
                        original);
            }
            default -> throw json.unexpected("rope_type", type, "default or longrope");
        };
    }

    private static List<Double> factors(ConfigReader json, String key) {
        return json.optionalNumbers(key).orElseThrow(() -> json.unexpected(key, "absent", "a list of numbers"));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.QUERY_KEY_VALUE, "self_attn.qkv_proj.weight",
                Part.GATE_UP, "mlp.gate_up_proj.weight"));
    }
}
