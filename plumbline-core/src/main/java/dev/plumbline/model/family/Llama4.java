package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.AttentionScores.QueryGrowth;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.Rotation.Pairing;
import dev.plumbline.model.Routing;
import dev.plumbline.model.Routing.Choice;
import dev.plumbline.model.Routing.Scores;
import dev.plumbline.model.Routing.Weighing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Llama 4, text: layers that see a chunk and turn, and some that see all and do not, whose queries grow instead; routed
 * experts, whose inputs are weighed, and one beside them. */
final class Llama4 implements Family {

    @Override
    public String architecture() {
        return "Llama4ForCausalLM";
    }

    @Override
    public String modelType() {
        return "llama4_text";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef", "router_jitter_noise"); // they matter in training
        json.ignore("for_llm_compressor"); // the reference does not read it
        Sizes sizes = Sizes.read(json, 128);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(json.flag("use_qk_norm", true) ? QueryKeyNorm.PER_HEAD_WHERE_TURNED : QueryKeyNorm.NONE)
                .scores(scores(json, sizes))
                .build();
    }

    private static AttentionScores scores(ConfigReader json, Sizes sizes) {
        QueryGrowth growth =
                new QueryGrowth(json.number("attn_scale", 0.1), json.integer("floor_scale", 8192), 1, true);
        AttentionScores plain = AttentionScores.of(sizes.headDim());
        return json.flag("attn_temperature_tuning", true) ? plain.growing(growth) : plain;
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        Rotation rotary = rotary(json, sizes);
        List<Boolean> turns = SmolLm3.turns(json, sizes.nLayers());
        List<AttentionKind> attention = attention(json, turns);
        List<MlpKind> mlps = mlps(json, sizes);
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i < sizes.nLayers(); i++) {
            layers.add(new LayerKind(attention.get(i), turns.get(i) ? rotary : new Rotation.None(), mlps.get(i)));
        }
        return layers;
    }

    private static Rotation rotary(ConfigReader json, Sizes sizes) {
        Rotation.Rotary rotary = RopeConfig.read(json, 500_000, sizes).paired(Pairing.NEIGHBOURS);
        if (rotary.scaling() instanceof RopeScaling.Yarn) {
            throw json.unexpected("rope_type", "yarn", "default, linear, dynamic or llama3");
        }
        return rotary;
    }

    /** As {@code layer_types} says, or else in chunks where a layer turns. */
    private static List<AttentionKind> attention(ConfigReader json, List<Boolean> turns) {
        Optional<AttentionKind> chunk =
                json.optionalInteger("attention_chunk_size").map(AttentionKind.Chunked::new);
        Optional<List<String>> types = HuggingFaceConfig.layerTypes(json, turns.size());
        List<AttentionKind> layers = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String type = types.isPresent()
                    ? types.get().get(i)
                    : turns.get(i) && chunk.isPresent() ? "chunked_attention" : "full_attention";
            layers.add(
                    switch (type) {
                        case "full_attention" -> new AttentionKind.Full();
                        case "chunked_attention" ->
                            chunk.orElseThrow(
                                    () -> json.unexpected("layer_types", type, "full_attention, for no chunk is set"));
                        default -> throw json.unexpected("layer_types", type, "full_attention or chunked_attention");
                    });
        }
        return layers;
    }

    /** As {@code moe_layers} says, or else every so many layers have experts. */
    private static List<MlpKind> mlps(ConfigReader json, Sizes sizes) {
        int step = json.integer("interleave_moe_layer_step", 1);
        if (step < 1) {
            throw json.unexpected("interleave_moe_layer_step", step, "at least 1");
        }
        Optional<List<Integer>> given = json.optionalIntegers("moe_layers");
        MlpKind sparse = new MlpKind.WithShared(
                new MlpKind.Routed(
                        json.integer("num_local_experts", 16),
                        json.integer("num_experts_per_tok", 1),
                        sizes.dMlp(),
                        new Routing(Scores.SIGMOID, false, Choice.BEST, new Weighing(false, 1, Weighing.On.INPUTS))),
                sizes.dMlp(),
                false);
        MlpKind dense = new MlpKind.Dense(json.integer("intermediate_size_mlp", 16_384), false);
        return IntStream.range(0, sizes.nLayers())
                .mapToObj(i -> given.map(list -> list.contains(i)).orElse((i + 1) % step == 0) ? sparse : dense)
                .toList();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.ROUTER, "feed_forward.router.weight",
                Part.EXPERTS_GATE_UP_COLUMNS, "feed_forward.experts.gate_up_proj",
                Part.EXPERTS_DOWN_COLUMNS, "feed_forward.experts.down_proj",
                Part.SHARED_GATE, "feed_forward.shared_expert.gate_proj.weight",
                Part.SHARED_UP, "feed_forward.shared_expert.up_proj.weight",
                Part.SHARED_DOWN, "feed_forward.shared_expert.down_proj.weight",
                Part.GATE, "feed_forward.gate_proj.weight",
                Part.UP, "feed_forward.up_proj.weight",
                Part.DOWN, "feed_forward.down_proj.weight"));
    }
}
