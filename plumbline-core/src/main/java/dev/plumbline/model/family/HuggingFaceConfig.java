package dev.plumbline.model.family;

import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.RopeScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts of {@code config.json} that mean the same in every architecture that has them. */
final class HuggingFaceConfig {

    private HuggingFaceConfig() {}

    /** Keys that say nothing of the forward pass. */
    static void ignoreBookkeeping(ConfigReader json) {
        json.ignore(
                "architectures",
                "model_type",
                "_name_or_path",
                "transformers_version",
                "dtype",
                "torch_dtype",
                "use_cache",
                "initializer_range",
                "attention_dropout",
                "bos_token_id",
                "eos_token_id",
                "pad_token_id",
                "pretraining_tp");
    }

    /**
     * The rotation, from {@code rope_theta} and {@code rope_scaling} as transformers 4 writes them or from
     * {@code rope_parameters} as version 5 does.
     */
    static void rope(ConfigReader json, ModelConfig.Builder config, int maxPositions) {
        Optional<Double> theta = json.optionalNumber("rope_theta");
        Optional<ConfigReader> old = json.optionalObject("rope_scaling");
        Optional<ConfigReader> parameters =
                json.optionalObject("rope_parameters").or(() -> old);
        double base = parameters
                .flatMap(p -> p.optionalNumber("rope_theta"))
                .or(() -> theta)
                .orElse(10_000.0);
        config.rope(base, parameters.map(p -> scaling(p, maxPositions)).orElseGet(RopeScaling.None::new));
    }

    private static RopeScaling scaling(ConfigReader json, int maxPositions) {
        Optional<String> before443 = json.optionalText("type");
        String type = json.optionalText("rope_type").or(() -> before443).orElse("default");
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(json.number("factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        json.number("factor"),
                        json.number("low_freq_factor"),
                        json.number("high_freq_factor"),
                        json.integer("original_max_position_embeddings"));
            case "yarn" -> yarn(json, maxPositions);
            default -> throw json.unexpected("rope_type", type, "default, linear, llama3 or yarn");
        };
    }

    private static RopeScaling yarn(ConfigReader json, int maxPositions) {
        double factor = json.number("factor");
        json.require("truncate", true);
        return new RopeScaling.Yarn(
                factor,
                json.optionalNumber("attention_factor").orElse(factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1),
                json.optionalNumber("beta_fast").orElse(32.0),
                json.optionalNumber("beta_slow").orElse(1.0),
                json.optionalInteger("original_max_position_embeddings").orElse(maxPositions));
    }

    /**
     * What each layer sees, from {@code layer_types} if it is there, or else from {@code max_window_layers}: layers from
     * that one on slide, if {@code use_sliding_window} says so.
     */
    static List<AttentionKind> layers(ConfigReader json) {
        int count = json.integer("num_hidden_layers");
        if (count < 1) {
            throw json.unexpected("num_hidden_layers", count, "at least 1");
        }
        boolean slides = json.flag("use_sliding_window", false);
        int firstSliding = json.optionalInteger("max_window_layers").orElse(count);
        Optional<AttentionKind> sliding =
                json.optionalInteger("sliding_window").filter(window -> slides).map(AttentionKind.Sliding::new);
        Optional<List<String>> types = json.optionalTexts("layer_types");
        types.filter(t -> t.size() != count).ifPresent(t -> {
            throw json.unexpected("layer_types", t.size() + " entries", count + " entries");
        });
        List<AttentionKind> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String byRule = sliding.isPresent() && i >= firstSliding ? "sliding_attention" : "full_attention";
            int layer = i;
            String type = types.map(t -> t.get(layer)).orElse(byRule);
            layers.add(
                    switch (type) {
                        case "full_attention" -> new AttentionKind.Full();
                        case "sliding_attention" ->
                            sliding.orElseThrow(
                                    () -> json.unexpected("layer_types", type, "full_attention, for no window is set"));
                        default -> throw json.unexpected("layer_types", type, "full_attention or sliding_attention");
                    });
        }
        return layers;
    }
}
