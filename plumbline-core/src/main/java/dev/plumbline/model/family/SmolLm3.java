package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SmolLM3: as Llama, with some layers that do not turn queries and keys at all. */
final class SmolLm3 implements Family {

    @Override
    public String architecture() {
        return "SmolLM3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "smollm3";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("max_window_layers"); // the reference does not read it
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        Rotation rotary = RopeConfig.read(json, 2_000_000, sizes);
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false));
        List<Boolean> turns = turns(json, sizes.nLayers());
        boolean slides = json.flag("use_sliding_window", false);
        Optional<Integer> window = json.optionalInteger("sliding_window").filter(w -> slides);
        List<AttentionKind> attention = HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> !turns.get(i));
        List<LayerKind> layers = new ArrayList<>();
        for (int i = 0; i < sizes.nLayers(); i++) {
            layers.add(new LayerKind(attention.get(i), turns.get(i) ? rotary : new Rotation.None(), mlp));
        }
        return layers;
    }

    /** In spite of its name, {@code no_rope_layers} has a 1 for each layer that turns. */
    static List<Boolean> turns(ConfigReader json, int count) {
        int interval = json.integer("no_rope_layer_interval", 4);
        if (interval < 1) {
            throw json.unexpected("no_rope_layer_interval", interval, "at least 1");
        }
        List<Boolean> turns = new ArrayList<>();
        Optional<List<Integer>> given = json.optionalIntegers("no_rope_layers").filter(g -> !g.isEmpty());
        given.filter(g -> g.size() != count).ifPresent(g -> {
            throw json.unexpected("no_rope_layers", g.size() + " entries", count + " entries");
        });
        for (int i = 0; i < count; i++) {
            int layer = i;
            turns.add(given.map(g -> g.get(layer) != 0).orElse((i + 1) % interval != 0));
        }
        return turns;
    }
}
