package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** GPT-NeoX and Pythia: attention and an MLP of GELU, mostly side by side behind a layer norm each, heads of which a part
 * turns, biases everywhere. */
final class GptNeoX implements Family {

    private static final Map<Part, String> PARTS = Map.ofEntries(
            entry(Part.ATTENTION_NORM, "input_layernorm.weight"),
            entry(Part.QUERY_KEY_VALUE_BY_HEAD, "attention.query_key_value.weight"),
            entry(Part.QUERY_KEY_VALUE_BY_HEAD_BIAS, "attention.query_key_value.bias"),
            entry(Part.OUTPUT, "attention.dense.weight"),
            entry(Part.OUTPUT_BIAS, "attention.dense.bias"),
            entry(Part.MLP_NORM, "post_attention_layernorm.weight"),
            entry(Part.UP, "mlp.dense_h_to_4h.weight"),
            entry(Part.UP_BIAS, "mlp.dense_h_to_4h.bias"),
            entry(Part.DOWN, "mlp.dense_4h_to_h.weight"),
            entry(Part.DOWN_BIAS, "mlp.dense_4h_to_h.bias"));

    @Override
    public String architecture() {
        return "GPTNeoXForCausalLM";
    }

    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("hidden_dropout", "classifier_dropout", "attention_probs_dropout_prob", "hidden_dropout_prob");
        json.refuse("num_key_value_heads", "the reference does not read it in this architecture");
        json.refuse("head_dim", "the reference does not read it in this architecture");
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.BIASED_LAYER, "layer_norm_eps", Activation.GELU)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(rotation(json, sizes), new MlpKind.Plain(sizes.dMlp(), true)))
                .attentionBiases(json.flag("attention_bias", true) ? AttentionBiases.ALL : AttentionBiases.NONE)
                .branchOrder(json.flag("use_parallel_residual", true) ? BranchOrder.SIDE_BY_SIDE : BranchOrder.IN_TURN)
                .build();
    }

    /** Base and share have names of their own; some releases of transformers 4 wrote the usual ones as well. */
    private static Rotation.Rotary rotation(ConfigReader json, Sizes sizes) {
        double theta = json.number("rotary_emb_base", 10_000);
        double share = json.number("rotary_pct", 0.25);
        requireSame(json, "rope_theta", theta);
        requireSame(json, "partial_rotary_factor", share);
        return RopeConfig.readOfPart(json, theta, sizes, share);
    }

    private static void requireSame(ConfigReader json, String key, double expected) {
        double found = json.number(key, expected);
        if (found != expected) {
            throw json.unexpected(key, found, String.valueOf(expected));
        }
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        String published = "embed_out.weight";
        return new WeightNames(
                "gpt_neox.embed_in.weight",
                "gpt_neox.final_layer_norm.weight",
                stored.contains(published) ? published : "lm_head.weight",
                "gpt_neox.layers.%d.",
                PARTS,
                Set.of(".attention.bias", ".attention.masked_bias", "rotary_emb.inv_freq"),
                Set.of());
    }
}
