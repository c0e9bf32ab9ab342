package dev.plumbline.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.WeightShapes;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.UnsupportedModelException;
import dev.plumbline.tensor.DType;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The architectures that can be loaded. */
public final class Families {

    private static final List<Family> ALL = List.of(
            new Apertus(),
            new Arcee(),
            new Cohere(),
            new Cohere2(),
            new Cwm(),
            new Dots1(),
            new Ernie45(),
            new Ernie45Moe(),
            new Exaone4(),
            new ExaoneMoe(),
            new Falcon(),
            new Gemma(),
            new Gemma2(),
            new Gemma3(),
            new Gemma4(),
            new Glm(),
            new Glm4(),
            new Glm4Moe(),
            new Gpt2(),
            new GptJ(),
            new GptNeoX(),
            new GptOss(),
            new Granite(),
            new Granite4(),
            new GraniteMoe("GraniteMoeForCausalLM", "granitemoe"),
            new GraniteMoe("GraniteMoeSharedForCausalLM", "granitemoeshared"),
            new GraniteSwa("GraniteMoeSWAForCausalLM", "granitemoe_swa", GraniteMoe::mlp),
            new GraniteSwa("GraniteSWAForCausalLM", "granite_swa", Granite::mlp),
            new Helium(),
            new HunYuanDense(),
            new HyperClovaX(),
            new Jais2(),
            new Llama(),
            new Llama4(),
            new MiniMaxM2(),
            new Ministral(),
            new Ministral3(),
            new Mistral(),
            new Mixtral(),
            new NanoChat(),
            new Nemotron(),
            new Olmo(),
            new Olmo2(),
            new Olmo3(),
            new Olmoe(),
            new Phi(),
            new Phi3(),
            new Qwen2(),
            new Qwen2Moe(),
            new Qwen3(),
            new Qwen3Moe(),
            new SeedOss(),
            new SmolLm3(),
            new SolarOpen(),
            new StableLm(),
            new StarCoder2(),
            new VaultGemma(),
            new VisionLanguage("Gemma3ForConditionalGeneration", "gemma3", List.of(new Gemma3())),
            new VisionLanguage("Gemma4ForConditionalGeneration", "gemma4", List.of(new Gemma4())),
            new VisionLanguage("Llama4ForConditionalGeneration", "llama4", List.of(new Llama4())),
            new VisionLanguage(
                    "Mistral3ForConditionalGeneration", "mistral3", List.of(new Mistral(), new Ministral3())));

    private Families() {}

    /**
     * What a checkpoint's configuration means.
     *
     * @throws UnsupportedModelException if its architecture, or a key of it, is not supported
     */
    public static ModelConfig config(Checkpoint checkpoint) {
        checkpoint.json("hf_quant_config.json").ifPresent(quantised -> {
            throw new UnsupportedModelException(checkpoint.directory().resolve("hf_quant_config.json")
                    + " is present; quantised weights cannot be read: use the unquantised checkpoint");
        });
        try {
            return config(checkpoint.config());
        } catch (UnsupportedModelException e) {
            throw new UnsupportedModelException(checkpoint.directory() + File.separator + e.getMessage());
        }
    }

    /** As {@link #config(Checkpoint)}, of the parsed {@code config.json} alone. */
    public static ModelConfig config(ObjectNode config) {
        ConfigReader reader = new ConfigReader(config);
        try {
            Family family = of(config);
            HuggingFaceConfig.refuseQuantised(reader, family.unquantised());
            HuggingFaceConfig.ignoreBookkeeping(reader);
            ModelConfig result = family.config(reader);
            reader.requireAllUsed();
            return result;
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException("config.json: " + e.getMessage());
        }
    }

    /**
     * Builds the decoder of a checkpoint on its weights.
     *
     * @throws UnsupportedModelException if the architecture, a key of its configuration, or a weight is not supported
     */
    public static Decoder decoder(Checkpoint checkpoint, Weights weights) {
        return new Decoder(
                config(checkpoint),
                of(checkpoint.config()).weightNames(checkpoint.tensors().keySet()),
                weights);
    }

    /** Name and shape of every weight of a model with this parsed {@code config.json}. */
    public static Map<String, long[]> weights(ObjectNode config) {
        try (WeightShapes shapes = new WeightShapes(DType.F32)) {
            new Decoder(config(config), of(config).weightNames(Set.of()), shapes);
            return shapes.asked();
        }
    }

    private static Family of(ObjectNode config) {
        JsonNode architectures = config.path("architectures");
        for (Family family : ALL) {
            if (architectures.size() == 1 && architectures.get(0).asText().equals(family.architecture())) {
                return requireModelType(family, config);
            }
        }
        throw new UnsupportedModelException("config.json: architectures is " + architectures
                + (config.has("auto_map") ? ", computed by code that comes with the checkpoint and is never run" : "")
                + "; supported are " + ALL.stream().map(Family::architecture).toList());
    }

    /** The reference chooses its code by this key, not by the architecture. */
    private static Family requireModelType(Family family, ObjectNode config) {
        String modelType = config.path("model_type").asText();
        if (!modelType.equals(family.modelType())) {
            throw new UnsupportedModelException("config.json: model_type is \"" + modelType + "\"; expected \""
                    + family.modelType() + "\" for " + family.architecture());
        }
        return family;
    }
}
