package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.Rotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Parts of {@code config.json} that mean the same in every architecture that has them. */
final class HuggingFaceConfig {

    private HuggingFaceConfig() {}

    static void refuseQuantised(ConfigReader json, String instead) {
        json.refuse("quantization_config", "quantised weights cannot be read: use " + instead);
        json.refuse("compression_config", "compressed weights cannot be read: use the uncompressed checkpoint");
    }

    /** Keys that say nothing of the forward pass, among them all that transformers 4 wrote into every file. */
    static void ignoreBookkeeping(ConfigReader json) {
        json.ignore("architectures", "model_type", "_name_or_path", "name_or_path", "auto_map", "tokenizer_class");
        json.ignore("transformers_version", "_commit_hash", "unsloth_version", "unsloth_fixed", "internal_version");
        json.ignore("dtype", "torch_dtype", "_attn_implementation", "attn_implementation");
        json.ignore("use_cache", "cache_implementation", "output_attentions", "output_hidden_states", "return_dict");
        json.ignore(
                "return_dict_in_generate", "output_scores", "torchscript", "use_bfloat16", "chunk_size_feed_forward");
        json.ignore("initializer_range", "attention_dropout", "pretraining_tp", "problem_type", "task_specific_params");
        json.ignore("bos_token_id", "eos_token_id", "pad_token_id", "sep_token_id", "decoder_start_token_id", "prefix");
        json.ignore("id2label", "label2id", "finetuning_task", "tf_legacy_loss", "is_decoder", "tie_encoder_decoder");
        json.ignore("max_length", "min_length", "do_sample", "early_stopping", "num_beams", "num_beam_groups");
        json.ignore("diversity_penalty", "temperature", "top_k", "top_p", "typical_p", "repetition_penalty");
        json.ignore("length_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "bad_words_ids");
        json.ignore("num_return_sequences", "forced_bos_token_id", "forced_eos_token_id", "remove_invalid_values");
        json.ignore("exponential_decay_length_penalty", "suppress_tokens", "begin_suppress_tokens");
        json.require("is_encoder_decoder", false);
        json.require("add_cross_attention", false);
        json.ignore("cross_attention_hidden_size");
        json.optionalObject("pruned_heads");
    }

    /** What most architectures spell alike: sizes, the norms' epsilon, the nonlinearity, whether embeddings are tied. */
    static ModelConfig.Builder builder(ConfigReader json, Sizes sizes) {
        return sizes.builder()
                .normEps(json.number("rms_norm_eps"))
                .activation(activation(json, "hidden_act", Activation.SILU))
                .tiedEmbeddings(json.flag("tie_word_embeddings", false));
    }

    /**
     * As {@link #builder}, with norms that subtract the mean, and a nonlinearity that is mostly another.
     *
     * @param eps the key of the norms' epsilon, 1e-5 where it is absent
     * @param otherwise the nonlinearity where none is named
     */
    static ModelConfig.Builder layerNormed(
            ConfigReader json, Sizes sizes, NormKind kind, String eps, Activation otherwise) {
        return sizes.builder()
                .normKind(kind)
                .normEps(json.number(eps, 1e-5))
                .activation(activation(json, "hidden_act", otherwise))
                .tiedEmbeddings(json.flag("tie_word_embeddings", false));
    }

    /** The nonlinearity that a key names. */
    static Activation activation(ConfigReader json, String key, Activation otherwise) {
        return json.optionalText(key)
                .map(name -> switch (name) {
                    case "silu", "swish" -> Activation.SILU;
                    case "gelu_pytorch_tanh", "gelu_new", "gelu_fast" -> Activation.GELU_TANH;
                    case "gelu" -> Activation.GELU;
                    case "relu2" -> Activation.RELU_SQUARED;
                    default -> throw json.unexpected(key, name, "silu, gelu, gelu_pytorch_tanh or relu2");
                })
                .orElse(otherwise);
    }

    static AttentionBiases attentionBiases(ConfigReader json) {
        return json.flag("attention_bias", false) ? AttentionBiases.ALL : AttentionBiases.NONE;
    }

    /**
     * What each layer sees: as {@code layer_types} says if it is there, or else by a rule.
     *
     * @param window how much a sliding layer sees
     * @param slides which layers slide by the rule, if there is a window
     */
    static List<AttentionKind> attention(ConfigReader json, int count, Optional<Integer> window, IntPredicate slides) {
        Optional<AttentionKind> sliding = window.map(AttentionKind.Sliding::new);
        List<String> types = layerTypes(json, count).orElseGet(() -> IntStream.range(0, count)
                .mapToObj(i -> sliding.isPresent() && slides.test(i) ? "sliding_attention" : "full_attention")
                .toList());
        List<AttentionKind> layers = new ArrayList<>();
        for (String type : types) {
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

    /** {@code layer_types}, one for each of so many layers. */
    static Optional<List<String>> layerTypes(ConfigReader json, int count) {
        Optional<List<String>> types = json.optionalTexts("layer_types");
        types.filter(t -> t.size() != count).ifPresent(t -> {
            throw json.unexpected("layer_types", t.size() + " entries", count + " entries");
        });
        return types;
    }

    /** Every layer slides if {@code sliding_window} is set. */
    static List<AttentionKind> slidingThroughout(ConfigReader json, int count) {
        return Collections.nCopies(
                count,
                json.optionalInteger("sliding_window")
                        .<AttentionKind>map(AttentionKind.Sliding::new)
                        .orElseGet(AttentionKind.Full::new));
    }

    /**
     * Layers from {@code max_window_layers} on slide, if {@code use_sliding_window} says so.
     *
     * @param firstByDefault the first such layer if the key is absent
     */
    static List<AttentionKind> slidingFromALayer(ConfigReader json, int count, int firstByDefault) {
        boolean used = json.flag("use_sliding_window", false);
        int first = json.integer("max_window_layers", firstByDefault);
        Optional<Integer> window = json.optionalInteger("sliding_window").filter(w -> used);
        return attention(json, count, window, i -> i >= first);
    }

    /** Layers that differ in what they see alone. */
    static List<LayerKind> layers(List<AttentionKind> attention, Rotation rotation, MlpKind mlp) {
        return attention.stream()
                .map(kind -> new LayerKind(kind, rotation, mlp))
                .toList();
    }
}
