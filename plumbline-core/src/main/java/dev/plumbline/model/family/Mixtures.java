package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.Routing;
import dev.plumbline.model.Routing.Choice;
import dev.plumbline.model.Routing.Scores;
import dev.plumbline.model.Routing.Weighing;
import dev.plumbline.model.WeightNames.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Mixtures of experts, as several architectures spell them. */
final class Mixtures {

    /** A router that corrects its choice, its experts one by one, and an MLP beside them. */
    static final Map<Part, String> CORRECTED = corrected("mlp.gate.e_score_correction_bias");

    private Mixtures() {}

    /** As {@link #CORRECTED}, with the correction elsewhere. */
    static Map<Part, String> corrected(String correction) {
        Map<Part, String> parts = new HashMap<>(HuggingFaceNames.EXPERTS);
        parts.put(Part.ROUTER_CORRECTION, correction);
        parts.put(Part.SHARED_GATE, "mlp.shared_experts.gate_proj.weight");
        parts.put(Part.SHARED_UP, "mlp.shared_experts.up_proj.weight");
        parts.put(Part.SHARED_DOWN, "mlp.shared_experts.down_proj.weight");
        return parts;
    }

    /** Every so many layers have experts ({@code decoder_sparse_step}), but for some ({@code mlp_only_layers}). */
    static List<MlpKind> bySteps(ConfigReader json, Sizes sizes, MlpKind sparse) {
        int step = json.integer("decoder_sparse_step", 1);
        if (step < 1) {
            throw json.unexpected("decoder_sparse_step", step, "at least 1");
        }
        List<Integer> dense = json.optionalIntegers("mlp_only_layers").orElse(List.of());
        return where(i -> !dense.contains(i) && (i + 1) % step == 0, sparse, sizes);
    }

    /** The first {@code first_k_dense_replace} layers have no experts. */
    static List<MlpKind> afterDense(ConfigReader json, Sizes sizes, MlpKind sparse, int firstByDefault) {
        int first = json.integer("first_k_dense_replace", firstByDefault);
        return where(i -> i >= first, sparse, sizes);
    }

    /** Some layers have experts, the others a dense MLP without biases. */
    static List<MlpKind> where(IntPredicate isSparse, MlpKind sparse, Sizes sizes) {
        MlpKind dense = new MlpKind.Dense(sizes.dMlp(), false);
        return IntStream.range(0, sizes.nLayers())
                .mapToObj(i -> isSparse.test(i) ? sparse : dense)
                .toList();
    }

    /** A router whose choice, within groups, is corrected, and an MLP beside its experts, as DeepSeek-V3 has them. */
    static MlpKind corrected(ConfigReader json, int experts, int sharedExperts, Weighing weighing) {
        int width = json.integer("moe_intermediate_size");
        Choice choice = new Choice(true, json.integer("n_group", 1), json.integer("topk_group", 1));
        MlpKind.Routed routed = new MlpKind.Routed(
                experts,
                json.integer("num_experts_per_tok", 8),
                width,
                new Routing(Scores.SIGMOID, false, choice, weighing));
        return sharedExperts == 0 ? routed : new MlpKind.WithShared(routed, width * sharedExperts, false);
    }

    static Weighing weighing(ConfigReader json, boolean normalisedByDefault, double scaleByDefault) {
        return new Weighing(
                json.flag("norm_topk_prob", normalisedByDefault),
                json.number("routed_scaling_factor", scaleByDefault),
                Weighing.On.OUTPUTS);
    }

    /** Layers that turn alike. */
    static List<LayerKind> layers(List<AttentionKind> attention, Rotation rotation, List<MlpKind> mlps) {
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i < mlps.size(); i++) {
            layers.add(new LayerKind(attention.get(i), rotation, mlps.get(i)));
        }
        return layers;
    }
}
