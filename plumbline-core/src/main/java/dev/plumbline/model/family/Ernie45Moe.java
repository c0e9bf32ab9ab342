package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation.Pairing;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ERNIE 4.5, mixture of experts: as the dense one, with routed experts, whose choice is corrected, and some beside them. */
final class Ernie45Moe implements Family {

    @Override
    public String architecture() {
        return "Ernie4_5_MoeForCausalLM";
    }

    @Override
    public String modelType() {
        return "ernie4_5_moe";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef", "moe_capacity"); // they matter in training
        json.ignore("num_nextn_predict_layers"); // further layers, which the next token does not need
        json.require("moe_gate", "topk");
        json.require("moe_use_aux_free", true);
        json.require("moe_norm_min", 1e-12);
        json.require("use_bias", false);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(Mixtures.layers(
                        Collections.nCopies(sizes.nLayers(), new AttentionKind.Full()),
                        RopeConfig.read(json, 500_000, sizes).paired(Pairing.NEIGHBOURS),
                        mlps(json, sizes)))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    private static List<MlpKind> mlps(ConfigReader json, Sizes sizes) {
        int interval = json.integer("moe_layer_interval", 1);
        if (interval < 1) {
            throw json.unexpected("moe_layer_interval", interval, "at least 1");
        }
        int first = json.integer("moe_layer_start_index", 1);
        int last = json.integer("moe_layer_end_index", -1);
        return Mixtures.where(
                i -> (i + 1) % interval == 0 && i >= first && (last == -1 || i <= last), sparse(json), sizes);
    }

    private static MlpKind sparse(ConfigReader json) {
        int width = json.integer("moe_intermediate_size", 1536);
        MlpKind.Routed routed = new MlpKind.Routed(
                json.integer("moe_num_experts", 64),
                json.integer("moe_k", 6),
                width,
                Routing.softmax(true).choosing(Routing.Choice.BEST_CORRECTED));
        int shared = json.integer("moe_num_shared_experts", 2);
        return shared == 0 ? routed : new MlpKind.WithShared(routed, width * shared, false);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        Map<Part, String> parts = new HashMap<>(Mixtures.CORRECTED);
        parts.put(Part.ROUTER_CORRECTION_ROW, "mlp.moe_statics.e_score_correction_bias");
        return HuggingFaceNames.preNorm(parts).ignoringBeginnings(Set.of("model.mtp_"));
    }
}
