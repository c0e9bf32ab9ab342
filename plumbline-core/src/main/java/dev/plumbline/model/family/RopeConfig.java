package dev.plumbline.model.family;

import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import java.util.Optional;

/**
 * The rotation, from {@code rope_theta} and {@code rope_scaling} as transformers 4 writes them or from
 * {@code rope_parameters} as version 5 does.
 */
final class RopeConfig {

    private RopeConfig() {}

    /**
     * The rotation of whole heads.
     *
     * @param defaultTheta base of the frequencies where none is given
     */
    static Rotation.Rotary read(ConfigReader json, double defaultTheta, Sizes sizes) {
        json.require("partial_rotary_factor", 1.0);
        Optional<Integer> original = json.optionalInteger("original_max_position_embeddings");
        Optional<ConfigReader> parameters = parameters(json);
        double theta = json.number("rope_theta", defaultTheta);
        return parameters
                .map(p -> rotation(p, theta, sizes, original))
                .orElseGet(() -> new Rotation.Rotary(theta, sizes.headDim(), new RopeScaling.None()));
    }

    /**
     * The rotation of whole heads where parameters must be given: without them the reference would not turn plainly, but as a
     * published model does.
     */
    static Rotation.Rotary readGiven(ConfigReader json, double defaultTheta, Sizes sizes) {
        double theta = json.number("rope_theta", defaultTheta);
        return parameters(json)
                .map(p -> rotation(p, theta, sizes, Optional.empty()))
                .orElseThrow(() -> json.unexpected("rope_parameters", "absent", "an object"));
    }

    /**
     * The rotation of the first dimensions of each head.
     *
     * @param defaultShare which part, where {@code partial_rotary_factor} does not say it
     */
    static Rotation.Rotary readOfPart(ConfigReader json, double defaultTheta, Sizes sizes, double defaultShare) {
        Optional<Integer> original = json.optionalInteger("original_max_position_embeddings");
        Optional<ConfigReader> parameters = parameters(json);
        double theta = json.number("rope_theta", defaultTheta);
        double share = json.number("partial_rotary_factor", defaultShare);
        return parameters
                .map(p -> new Rotation.Rotary(
                        p.number("rope_theta", theta),
                        (int) (sizes.headDim() * p.number("partial_rotary_factor", share)),
                        scaling(p, sizes.maxPositions(), original)))
                .orElseGet(() -> new Rotation.Rotary(theta, (int) (sizes.headDim() * share), new RopeScaling.None()));
    }

    /** The object that holds the parameters, under its old or its new name. */
    static Optional<ConfigReader> parameters(ConfigReader json) {
        Optional<ConfigReader> old = json.optionalObject("rope_scaling");
        if (old.isPresent()) {
            json.refuse("rope_parameters", "rope_scaling is present too, and they might disagree");
        }
        return old.or(() -> json.optionalObject("rope_parameters"));
    }

    /**
     * The rotation that one object of parameters describes.
     *
     * @param theta base of the frequencies if the object gives none
     * @param original the context first trained on, where it is given outside the object
     */
    static Rotation.Rotary rotation(ConfigReader json, double theta, Sizes sizes, Optional<Integer> original) {
        json.require("partial_rotary_factor", 1.0);
        return new Rotation.Rotary(
                json.number("rope_theta", theta), sizes.headDim(), scaling(json, sizes.maxPositions(), original));
    }

    /** Names the kind of scaling, which had another key before transformers 4.43. */
    static String type(ConfigReader json) {
        Optional<String> before443 = json.optionalText("type");
        return json.optionalText("rope_type").or(() -> before443).orElse("default");
    }

    private static RopeScaling scaling(ConfigReader json, int maxPositions, Optional<Integer> original) {
        String type = type(json);
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(json.number("factor"));
            case "dynamic" -> dynamic(json, maxPositions);
            case "llama3" ->
                new RopeScaling.Llama3(
                        json.number("factor"),
                        json.number("low_freq_factor"),
                        json.number("high_freq_factor"),
                        originalContext(json, maxPositions, original));
            case "yarn" -> yarn(json, maxPositions, originalContext(json, maxPositions, original));
            default -> throw json.unexpected("rope_type", type, "default, linear, dynamic, llama3 or yarn");
        };
    }

    private static RopeScaling dynamic(ConfigReader json, int maxPositions) {
        json.ignore("original_max_position_embeddings"); // the reference starts from max_position_embeddings
        return new RopeScaling.Dynamic(json.number("factor"), maxPositions);
    }

    static int originalContext(ConfigReader json, int maxPositions, Optional<Integer> original) {
        int inside = json.integer("original_max_position_embeddings", maxPositions);
        return original.orElse(inside);
    }

    private static RopeScaling yarn(ConfigReader json, int maxPositions, int original) {
        double factor = json.number("factor", (double) maxPositions / original);
        double scale = json.number("mscale", 0);
        double scaleOfAll = json.number("mscale_all_dim", 0);
        double byDefault = scale != 0 && scaleOfAll != 0
                ? magnitude(factor, scale) / magnitude(factor, scaleOfAll)
                : magnitude(factor, 1);
        return new RopeScaling.Yarn(
                factor,
                json.number("attention_factor", byDefault),
                json.number("beta_fast", 32),
                json.number("beta_slow", 1),
                original,
                json.flag("truncate", true));
    }

    private static double magnitude(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }
}
