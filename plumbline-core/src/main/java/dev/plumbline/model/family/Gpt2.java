package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** GPT-2: learned positions, layer norms before, biases everywhere, an MLP of GELU without a gate. */
final class Gpt2 implements Family {

    private static final Map<Part, String> PARTS = Map.ofEntries(
            entry(Part.ATTENTION_NORM, "ln_1.weight"),
            entry(Part.QUERY_KEY_VALUE, "attn.c_attn.weight"),
            entry(Part.QUERY_KEY_VALUE_BIAS, "attn.c_attn.bias"),
            entry(Part.OUTPUT, "attn.c_proj.weight"),
            entry(Part.OUTPUT_BIAS, "attn.c_proj.bias"),
            entry(Part.MLP_NORM, "ln_2.weight"),
            entry(Part.UP, "mlp.c_fc.weight"),
            entry(Part.UP_BIAS, "mlp.c_fc.bias"),
            entry(Part.DOWN, "mlp.c_proj.weight"),
            entry(Part.DOWN_BIAS, "mlp.c_proj.bias"));

    @Override
    public String architecture() {
        return "GPT2LMHeadModel";
    }

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("reorder_and_upcast_attn"); // scores are fp32 anyway
        json.require("scale_attn_by_inverse_layer_idx", false);
        return builder(json, sizes(json), new Rotation.None())
                .attentionBiases(AttentionBiases.ALL)
                .learnedPositions(true)
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    /** Sizes under the names that OpenAI gave them. */
    static Sizes sizes(ConfigReader json) {
        int d = json.integer("n_embd");
        int heads = json.integer("n_head");
        if (heads < 1 || d % heads != 0) {
            throw json.unexpected("n_head", heads, "a divisor of n_embd " + d);
        }
        return new Sizes(
                d,
                heads,
                heads,
                d / heads,
                json.integer("n_inner", 4 * d),
                json.integer("vocab_size"),
                json.integer("n_positions"),
                json.integer("n_layer"));
    }

    /** Layer norms, and an MLP with biases but without a gate in each layer. */
    static ModelConfig.Builder builder(ConfigReader json, Sizes sizes, Rotation rotation) {
        json.ignore("n_ctx", "resid_pdrop", "embd_pdrop", "attn_pdrop");
        json.ignore("summary_type", "summary_use_proj", "summary_activation", "summary_proj_to_labels");
        json.ignore("summary_first_dropout");
        json.require("scale_attn_weights", true);
        return sizes.builder()
                .layers(sizes.nLayers(), LayerKind.seeingAll(rotation, new MlpKind.Plain(sizes.dMlp(), true)))
                .normKind(NormKind.BIASED_LAYER)
                .normEps(json.number("layer_norm_epsilon", 1e-5))
                .activation(HuggingFaceConfig.activation(json, "activation_function", Activation.GELU_TANH));
    }

    /** Those of OpenAI's own files have no prefix. */
    @Override
    public WeightNames weightNames(Set<String> stored) {
        String prefix = stored.contains("wte.weight") ? "" : "transformer.";
        return new WeightNames(
                        prefix + "wte.weight",
                        prefix + "ln_f.weight",
                        "lm_head.weight",
                        prefix + "h.%d.",
                        PARTS,
                        Set.of(".attn.bias", ".attn.masked_bias"),
                        Set.of())
                .transposedWithPositions(prefix + "wpe.weight");
    }
}
