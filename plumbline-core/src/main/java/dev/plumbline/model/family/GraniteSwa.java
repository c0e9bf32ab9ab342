package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;

/** Granite, dense or a mixture of experts, with sinks in every head: three of four layers slide, and each may turn at a base
 * of its own, or not at all. */
final class GraniteSwa implements Family {

    private final String architecture;
    private final String modelType;
    private final BiFunction<ConfigReader, Sizes, MlpKind> mlp;

    /**
     * @param mlp what stands in every layer
     */
    GraniteSwa(String architecture, String modelType, BiFunction<ConfigReader, Sizes, MlpKind> mlp) {
        this.architecture = architecture;
        this.modelType = modelType;
        this.mlp = mlp;
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
                .layers(layers(json, sizes, mlp.apply(json, sizes)))
                .scores(new AttentionScores(json.number("attention_multiplier", 1), OptionalDouble.empty()).withSinks())
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes, MlpKind mlp) {
        int count = sizes.nLayers();
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 128));
        List<AttentionKind> attention = HuggingFaceConfig.attention(json, count, window, i -> i % 4 != 0);
        Rotation.Rotary rotary = RopeConfig.read(json, 10_000, sizes);
        List<Double> thetas =
                json.optionalNumbers("layer_rope_theta").orElse(Collections.nCopies(count, rotary.theta()));
        if (thetas.size() != count) {
            throw json.unexpected("layer_rope_theta", thetas.size() + " entries", count + " entries");
        }
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(new LayerKind(attention.get(i), withBase(rotary, thetas.get(i)), mlp));
        }
        return layers;
    }

    /** A base of 0 stands for no rotation. */
    private static Rotation withBase(Rotation.Rotary rotary, double theta) {
        return theta == 0
                ? new Rotation.None()
                : new Rotation.Rotary(theta, rotary.width(), rotary.pairing(), rotary.scaling());
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.SINKS, "self_attn.sinks",
                Part.ROUTER, "block_sparse_moe.router.weight",
                Part.EXPERTS_GATE_UP, "block_sparse_moe.experts.gate_up_proj",
                Part.EXPERTS_DOWN, "block_sparse_moe.experts.down_proj",
                Part.SHARED_GATE_UP, "shared_mlp.input_linear.weight",
                Part.SHARED_DOWN, "shared_mlp.output_linear.weight"));
    }
}
