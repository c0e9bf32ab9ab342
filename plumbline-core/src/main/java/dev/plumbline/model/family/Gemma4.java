package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.Heads;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.LayerScale;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.ModelConfig.ValueNorm;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Gemma 4, text, dense: layers that see everything have wider heads, of which a part turns, and may use keys as values;
 * values are normalised too, and every layer ends with a scale. */
final class Gemma4 implements Family {

    @Override
    public String architecture() {
        return "Gemma4ForCausalLM";
    }

    @Override
    public String modelType() {
        return "gemma4_text";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        requireDense(json);
        json.require("use_bidirectional_attention", "vision"); // which text alone has no use for
        Sizes sizes = new Sizes(
                json.integer("hidden_size", 2304),
                json.integer("num_attention_heads", 8),
                json.integer("num_key_value_heads", 4),
                json.integer("head_dim", 256),
                json.integer("intermediate_size", 9216),
                json.integer("vocab_size", 262_144),
                json.integer("max_position_embeddings", 131_072),
                json.integer("num_hidden_layers", 30));
        return sizes.builder()
                .normEps(json.number("rms_norm_eps", 1e-6))
                .normPlacement(NormPlacement.AROUND)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .valueNorm(ValueNorm.PER_HEAD)
                .scores(new AttentionScores(1, OptionalDouble.empty()))
                .activation(HuggingFaceConfig.activation(json, "hidden_activation", Activation.GELU_TANH))
                .embeddingScale(new EmbeddingScale.Rounded(Math.sqrt(sizes.dModel())))
                .layerScale(LayerScale.LEARNED)
                .logits(new OutputLogits(1, cap(json)))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    /** What the smaller models (E2B, E4B) and the mixture of experts (26B-A4B) have is not computed. */
    private static void requireDense(ConfigReader json) {
        int perLayer = json.integer("hidden_size_per_layer_input", 256);
        if (perLayer != 0) {
            throw json.unexpected("hidden_size_per_layer_input", perLayer, "0");
        }
        json.require("num_kv_shared_layers", 0);
        json.require("enable_moe_block", false);
        json.ignore("vocab_size_per_layer_input"); // of inputs of each layer
        json.ignore("use_double_wide_mlp"); // of layers that share keys and values
        json.ignore("num_experts", "top_k_experts", "moe_intermediate_size"); // of experts
    }

    private static OptionalDouble cap(ConfigReader json) {
        return json.optionalNumber("final_logit_softcapping")
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        int last = sizes.nLayers() - 1;
        List<AttentionKind> attention = HuggingFaceConfig.attention(
                json,
                sizes.nLayers(),
                Optional.of(json.integer("sliding_window", 512)),
                i -> (i + 1) % 6 != 0 && i < last);
        if (last < 0 || !(attention.get(last) instanceof AttentionKind.Full)) {
            throw json.unexpected("layer_types", attention, "one of layers, the last of which sees everything");
        }
        List<Heads> heads = heads(json, sizes, attention);
        Optional<ConfigReader> ropes = json.optionalObject("rope_parameters");
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), false);
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Heads own = heads.get(i);
            boolean slides = attention.get(i) instanceof AttentionKind.Sliding;
            Rotation rotation = ropes.map(r -> rotation(r, slides, own.width()))
                    .orElseGet(() -> rotationByDefault(slides, own.width()));
            layers.add(new LayerKind(attention.get(i), rotation, mlp).with(own));
        }
        return layers;
    }

    /** As {@code per_layer_config} says if it is there, or else by keys for all layers that see everything. */
    private static List<Heads> heads(ConfigReader json, Sizes sizes, List<AttentionKind> attention) {
        boolean keysAreValues = json.flag("attention_k_eq_v", false);
        int fullWidth = json.integer("global_head_dim", 512);
        int fullKv = json.optionalInteger("num_global_key_value_heads")
                .filter(kv -> keysAreValues)
                .orElse(sizes.kvHeads());
        Optional<ConfigReader> perLayer = json.optionalObject("per_layer_config");
        List<Heads> heads = new ArrayList<>();
        for (int i = 0; i < attention.size(); i++) {
            boolean slides = attention.get(i) instanceof AttentionKind.Sliding;
            Optional<ConfigReader> own = ofLayer(perLayer, i);
            boolean plain = slides || perLayer.isPresent();
            int kv = plain ? sizes.kvHeads() : fullKv;
            int width = plain ? sizes.headDim() : fullWidth;
            heads.add(new Heads(
                    sizes.heads(),
                    own.map(o -> o.integer("num_key_value_heads", kv)).orElse(kv),
                    own.map(o -> o.integer("head_dim", width)).orElse(width),
                    keysAreValues && !slides ? Heads.Values.KEYS : Heads.Values.PROJECTED));
        }
        return heads;
    }

    /** A layer's object; numbers of layers may be padded with zeros to one length. */
    private static Optional<ConfigReader> ofLayer(Optional<ConfigReader> perLayer, int layer) {
        return perLayer.flatMap(p -> Stream.of("%d", "%02d", "%03d")
                .map(format -> p.optionalObject(format.formatted(layer)))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Rotation rotationByDefault(boolean slides, int width) {
        return slides
                ? new Rotation.Rotary(10_000, width, new RopeScaling.None())
                : proportional(1_000_000, width, 0.25, 1);
    }

    private static Rotation rotation(ConfigReader ropes, boolean slides, int width) {
        ropes.ignore("sliding_attention"); // if no layer slides
        String kind = slides ? "sliding_attention" : "full_attention";
        ConfigReader json = ropes.optionalObject(kind).orElseThrow(() -> ropes.unexpected(kind, "absent", "an object"));
        double theta = json.number("rope_theta");
        String type = RopeConfig.type(json);
        return switch (type) {
            case "default" -> {
                json.require("partial_rotary_factor", 1.0);
                yield new Rotation.Rotary(theta, width, new RopeScaling.None());
            }
            case "proportional" ->
                proportional(theta, width, json.number("partial_rotary_factor", 1), json.number("factor", 1));
            default -> throw json.unexpected("rope_type", type, "default or proportional");
        };
    }

    /** A share of the head turns, with the frequencies that it would have if the whole did. */
    private static Rotation proportional(double theta, int width, double share, double factor) {
        return new Rotation.Rotary(theta, width, new RopeScaling.LeadingPairs((int) (share * width / 2), factor));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        Map<Part, String> parts = new HashMap<>(Gemma2.NORMS);
        parts.put(Part.LAYER_SCALE, "layer_scalar");
        return HuggingFaceNames.withNorms(parts);
    }
}
