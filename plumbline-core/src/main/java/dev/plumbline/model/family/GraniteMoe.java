package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** Granite 3, mixture of experts: as Granite, with routed experts that are stored in one tensor, and in some models an MLP
 * beside them. */
final class GraniteMoe implements Family {

    /** A router, its experts, and the MLP beside them. */
    static final Map<Part, String> EXPERTS = Map.of(
            Part.ROUTER, "block_sparse_moe.router.layer.weight",
            Part.EXPERTS_GATE_UP, "block_sparse_moe.input_linear.weight",
            Part.EXPERTS_DOWN, "block_sparse_moe.output_linear.weight",
            Part.SHARED_GATE_UP, "shared_mlp.input_linear.weight",
            Part.SHARED_DOWN, "shared_mlp.output_linear.weight");

    private final String architecture;
    private final String modelType;

    GraniteMoe(String architecture, String modelType) {
        this.architecture = architecture;
        this.modelType = modelType;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public String modelType() {
        return modelType;
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return Granite.multiplied(json, sizes)
                .layers(sizes.nLayers(), LayerKind.seeingAll(RopeConfig.read(json, 10_000, sizes), mlp(json, sizes)))
                .build();
    }

    static MlpKind mlp(ConfigReader json, Sizes sizes) {
        json.ignore("output_router_logits", "router_aux_loss_coef"); // they matter in training
        MlpKind.Routed routed = routed(json, sizes);
        int shared = json.integer("shared_intermediate_size", 0);
        return shared == 0 ? routed : new MlpKind.WithShared(routed, shared, false);
    }

    static MlpKind.Routed routed(ConfigReader json, Sizes sizes) {
        return new MlpKind.Routed(
                json.integer("num_local_experts", 8),
                json.integer("num_experts_per_tok", 2),
                sizes.dMlp(),
                Routing.softmax(true));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(EXPERTS);
    }
}
