package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.Rotation.Pairing;
import java.util.List;
import java.util.Optional;

/** Command R7B and A: as Cohere, with layers that slide and others, which do not turn. */
final class Cohere2 implements Family {

    @Override
    public String architecture() {
        return "Cohere2ForCausalLM";
    }

    @Override
    public String modelType() {
        return "cohere2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("model_max_length", "layer_switch", "use_parallel_embedding", "use_embedding_sharing");
        json.require("order_of_interleaved_layers", "local_attn_first");
        json.require("position_embedding_type", "rope_gptj");
        json.require("rotary_pct", 1.0);
        json.require("use_gated_activation", true);
        json.require("use_parallel_block", true);
        json.require("use_qk_norm", false);
        Sizes sizes = Sizes.read(json);
        return Cohere.sideBySide(json, sizes).layers(layers(json, sizes)).build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        int pattern = json.integer("sliding_window_pattern", json.integer("_sliding_window_pattern", 4));
        if (pattern < 1) {
            throw json.unexpected("sliding_window_pattern", pattern, "at least 1");
        }
        Rotation rotary = RopeConfig.read(json, 10_000, sizes).paired(Pairing.NEIGHBOURS);
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), false);
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 4096));
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> (i + 1) % pattern != 0).stream()
                .map(kind ->
                        new LayerKind(kind, kind instanceof AttentionKind.Sliding ? rotary : new Rotation.None(), mlp))
                .toList();
    }
}
