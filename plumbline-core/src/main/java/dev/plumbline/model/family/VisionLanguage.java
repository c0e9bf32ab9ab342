package dev.plumbline.model.family;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.WeightNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A decoder that reads images too, or hears, of which only the text part is loaded: its configuration is nested, its weights
 * have a prefix, and the weights of the other parts are left alone.
 */
final class VisionLanguage implements Family {

    /** What stands before the decoder's weights: in published files, and in some that transformers 5 wrote. */
    private static final List<String> PREFIXES = List.of("language_model.model.", "model.language_model.");

    /** What the weights of the other parts begin with, some after {@code model.}. */
    private static final List<String> OTHER_PARTS = List.of(
            "vision_tower.",
            "vision_model.",
            "multi_modal_projector.",
            "embed_vision.",
            "audio_tower.",
            "embed_audio.");

    private final String architecture;
    private final String modelType;
    private final List<Family> texts;

    /**
     * @param texts what its text part may be; all with the same names of weights
     */
    VisionLanguage(String architecture, String modelType, List<Family> texts) {
        this.architecture = architecture;
        this.modelType = modelType;
        this.texts = texts;
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
        json.ignore("vision_config", "projector_hidden_act", "vision_feature_layer", "multimodal_projector_bias");
        json.ignore("mm_tokens_per_image", "spatial_merge_size", "image_token_index", "image_token_id");
        json.ignore("vision_soft_tokens_per_image", "video_token_id", "audio_config", "audio_token_id");
        json.ignore("boa_token_id", "eoa_token_id", "eoa_token_index");
        json.ignore("boi_token_index", "eoi_token_index", "boi_token_id", "eoi_token_id");
        ConfigReader inner =
                json.objectWith("text_config", "tie_word_embeddings", json.flag("tie_word_embeddings", true));
        HuggingFaceConfig.ignoreBookkeeping(inner);
        return text(inner).config(inner);
    }

    /** The first, if the text part does not say what it is. */
    private Family text(ConfigReader inner) {
        String type = inner.optionalText("model_type").orElse(texts.get(0).modelType());
        return texts.stream()
                .filter(text -> text.modelType().equals(type))
                .findFirst()
                .orElseThrow(() -> inner.unexpected(
                        "model_type",
                        type,
                        texts.stream().map(Family::modelType).toList().toString()));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        WeightNames names = texts.get(0).weightNames(stored);
        String prefix = PREFIXES.stream()
                .filter(p -> stored.stream().anyMatch(name -> name.startsWith(p)))
                .findFirst()
                .orElse("model.");
        String nestedOutput = "language_model." + names.output();
        Set<String> others = new HashSet<>();
        for (String part : OTHER_PARTS) {
            others.add(part);
            others.add("model." + part);
        }
        return new WeightNames(
                moved(names.embedding(), prefix),
                moved(names.finalNorm(), prefix),
                stored.contains(nestedOutput) ? nestedOutput : names.output(),
                moved(names.blockPrefix(), prefix),
                names.parts(),
                names.ignoredEndings(),
                others);
    }

    private static String moved(String name, String prefix) {
        return prefix + name.substring("model.".length());
    }
}
