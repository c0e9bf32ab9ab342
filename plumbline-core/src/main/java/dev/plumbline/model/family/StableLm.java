package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** StableLM 3B and 2: as Llama, with layer norms and heads of which only a part turns; the largest has its branches side by
 * side, and a norm for each head. */
final class StableLm implements Family {

    @Override
    public String architecture() {
        return "StableLmForCausalLM";
    }

    @Override
    public String modelType() {
        return "stablelm";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("hidden_dropout", "use_norm_bias"); // norms have biases, whatever the key says
        json.require("rotary_scaling_factor", 1.0);
        json.refuse("head_dim", "the reference does not read it in this architecture");
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.BIASED_LAYER, "layer_norm_eps", Activation.SILU)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readOfPart(json, 10_000, sizes, 0.25),
                                new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(json.flag("use_qkv_bias", false) ? AttentionBiases.INPUTS : AttentionBiases.NONE)
                .queryKeyNorm(json.flag("qk_layernorm", false) ? QueryKeyNorm.PER_HEAD_OF_ITS_OWN : QueryKeyNorm.NONE)
                .branchOrder(
                        json.flag("use_parallel_residual", false)
                                ? BranchOrder.SIDE_BY_SIDE_SHARING_NORM
                                : BranchOrder.IN_TURN)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.QUERY_NORM, "self_attn.q_layernorm.norms.%d.weight",
                Part.KEY_NORM, "self_attn.k_layernorm.norms.%d.weight"));
    }
}
