package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Names of weights as nearly every architecture gives them. */
final class HuggingFaceNames {

    private static final Map<Part, String> PROJECTIONS = Map.ofEntries(
            entry(Part.QUERY, "self_attn.q_proj.weight"),
            entry(Part.KEY, "self_attn.k_proj.weight"),
            entry(Part.VALUE, "self_attn.v_proj.weight"),
            entry(Part.OUTPUT, "self_attn.o_proj.weight"),
            entry(Part.QUERY_BIAS, "self_attn.q_proj.bias"),
            entry(Part.KEY_BIAS, "self_attn.k_proj.bias"),
            entry(Part.VALUE_BIAS, "self_attn.v_proj.bias"),
            entry(Part.OUTPUT_BIAS, "self_attn.o_proj.bias"),
            entry(Part.QUERY_NORM, "self_attn.q_norm.weight"),
            entry(Part.KEY_NORM, "self_attn.k_norm.weight"),
            entry(Part.GATE, "mlp.gate_proj.weight"),
            entry(Part.UP, "mlp.up_proj.weight"),
            entry(Part.DOWN, "mlp.down_proj.weight"),
            entry(Part.GATE_BIAS, "mlp.gate_proj.bias"),
            entry(Part.UP_BIAS, "mlp.up_proj.bias"),
            entry(Part.DOWN_BIAS, "mlp.down_proj.bias"));

    private static final Map<Part, String> PRE_NORMS = Map.of(
            Part.ATTENTION_NORM, "input_layernorm.weight",
            Part.MLP_NORM, "post_attention_layernorm.weight");

    /** A router and its experts, one by one. */
    static final Map<Part, String> EXPERTS = Map.of(
            Part.ROUTER, "mlp.gate.weight",
            Part.EXPERT_GATE, "mlp.experts.%d.gate_proj.weight",
            Part.EXPERT_UP, "mlp.experts.%d.up_proj.weight",
            Part.EXPERT_DOWN, "mlp.experts.%d.down_proj.weight");

    private HuggingFaceNames() {}

    /** Names of a decoder with a norm before attention and one before the MLP. */
    static WeightNames preNorm() {
        return preNorm(Map.of());
    }

    /** As {@link #preNorm()}, with some parts more. */
    static WeightNames preNorm(Map<Part, String> more) {
        Map<Part, String> parts = new HashMap<>(PRE_NORMS);
        parts.putAll(more);
        return withNorms(parts);
    }

    /** Names of a decoder whose norms, and whatever else is its own, are given. */
    static WeightNames withNorms(Map<Part, String> own) {
        Map<Part, String> parts = new HashMap<>(PROJECTIONS);
        parts.putAll(own);
        return new WeightNames(
                "model.embed_tokens.weight",
                "model.norm.weight",
                "lm_head.weight",
                "model.layers.%d.",
                parts,
                Set.of("rotary_emb.inv_freq"),
                Set.of());
    }
}
