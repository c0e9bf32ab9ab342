package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Granite 4 without Mamba layers: as Granite, with gate and up in one projection, and in some models routed experts beside
 * it. */
final class Granite4 implements Family {

    @Override
    public String architecture() {
        return "GraniteMoeHybridForCausalLM";
    }

    @Override
    public String modelType() {
        return "granitemoehybrid";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("mamba_n_heads", "mamba_n_groups", "mamba_d_state", "mamba_d_head", "mamba_d_conv", "mamba_expand");
        json.ignore("mamba_chunk_size", "mamba_conv_bias", "mamba_proj_bias", "time_step_limit");
        json.ignore("time_step_min", "time_step_max", "time_step_floor");
        json.ignore("output_router_logits", "router_aux_loss_coef", "init_method");
        json.require("normalization_function", "rmsnorm");
        requireAttention(json, "layer_types");
        requireAttention(json, "layers_block_type");
        Sizes sizes = Sizes.read(json);
        return Granite.multiplied(json, sizes)
                .layers(sizes.nLayers(), LayerKind.seeingAll(rotation(json, sizes), mlp(json, sizes)))
                .build();
    }

    private static MlpKind mlp(ConfigReader json, Sizes sizes) {
        int always = json.integer("shared_intermediate_size");
        if (json.integer("num_local_experts", 8) == 0) {
            json.ignore("num_experts_per_tok");
            return new MlpKind.Dense(always, false);
        }
        return new MlpKind.WithShared(GraniteMoe.routed(json, sizes), always, false);
    }

    private static void requireAttention(ConfigReader json, String key) {
        json.optionalTexts(key).stream()
                .flatMap(List::stream)
                .filter(type -> !type.equals("attention") && !type.equals("full_attention"))
                .findFirst()
                .ifPresent(type -> {
                    throw json.unexpected(key, type, "attention");
                });
    }

    private static Rotation rotation(ConfigReader json, Sizes sizes) {
        Rotation rotary = RopeConfig.read(json, 10_000, sizes);
        return json.optionalText("position_embedding_type")
                        .filter("rope"::equals)
                        .isPresent()
                ? rotary
                : new Rotation.None();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        Map<Part, String> parts = new HashMap<>(GraniteMoe.EXPERTS);
        parts.put(Part.GATE_UP, "shared_mlp.input_linear.weight");
        parts.put(Part.DOWN, "shared_mlp.output_linear.weight");
        return HuggingFaceNames.preNorm(parts);
    }
}
