package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Set;

/** Phi-1, 1.5 and 2: attention and an MLP of GELU side by side behind one layer norm, heads of which a part turns, biases
 * everywhere. */
final class Phi implements Family {

    private static final Map<Part, String> PARTS = Map.of(
            Part.OUTPUT, "self_attn.dense.weight",
            Part.OUTPUT_BIAS, "self_attn.dense.bias",
            Part.UP, "mlp.fc1.weight",
            Part.UP_BIAS, "mlp.fc1.bias",
            Part.DOWN, "mlp.fc2.weight",
            Part.DOWN_BIAS, "mlp.fc2.bias");

    @Override
    public String architecture() {
        return "PhiForCausalLM";
    }

    @Override
    public String modelType() {
        return "phi";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("resid_pdrop", "embd_pdrop");
        json.require("qk_layernorm", false);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.BIASED_LAYER, "layer_norm_eps", Activation.GELU_TANH)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.readOfPart(json, 10_000, sizes, 0.5), new MlpKind.Plain(sizes.dMlp(), true)))
                .attentionBiases(AttentionBiases.ALL)
                .branchOrder(BranchOrder.SIDE_BY_SIDE_SHARING_NORM)
                .logits(OutputLogits.BIASED)
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(PARTS).withFinalNorm("model.final_layernorm.weight");
    }
}
