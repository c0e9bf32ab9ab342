package dev.plumbline.model.family;

import static java.util.Map.entry;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** GPT-J: attention without biases and an MLP of GELU side by side behind one layer norm; neighbours turn, in a part of each
 * head. */
final class GptJ implements Family {

    private static final Map<Part, String> PARTS = Map.ofEntries(
            entry(Part.ATTENTION_NORM, "ln_1.weight"),
            entry(Part.QUERY, "attn.q_proj.weight"),
            entry(Part.KEY, "attn.k_proj.weight"),
            entry(Part.VALUE, "attn.v_proj.weight"),
            entry(Part.OUTPUT, "attn.out_proj.weight"),
            entry(Part.UP, "mlp.fc_in.weight"),
            entry(Part.UP_BIAS, "mlp.fc_in.bias"),
            entry(Part.DOWN, "mlp.fc_out.weight"),
            entry(Part.DOWN_BIAS, "mlp.fc_out.bias"));

    @Override
    public String architecture() {
        return "GPTJForCausalLM";
    }

    @Override
    public String modelType() {
        return "gptj";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("gradient_checkpointing");
        json.require("rotary", true);
        Rotation rotation = new Rotation.Rotary(
                10_000, json.integer("rotary_dim"), Rotation.Pairing.NEIGHBOURS, new RopeScaling.None());
        return Gpt2.builder(json, Gpt2.sizes(json), rotation)
                .branchOrder(BranchOrder.SIDE_BY_SIDE_SHARING_NORM)
                .logits(OutputLogits.BIASED)
                .tiedEmbeddings(json.flag("tie_word_embeddings", false))
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return new WeightNames(
                "transformer.wte.weight",
                "transformer.ln_f.weight",
                "lm_head.weight",
                "transformer.h.%d.",
                PARTS,
                Set.of(".attn.bias", ".attn.masked_bias"),
                Set.of());
    }
}
