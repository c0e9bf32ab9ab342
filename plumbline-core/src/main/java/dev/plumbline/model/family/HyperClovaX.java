package dev.plumbline.model.family;

import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** HyperCLOVA X SEED: as Granite, mostly with norms on the outputs of attention and MLP too; logits are multiplied by what
 * Granite divides them by. */
final class HyperClovaX implements Family {

    @Override
    public String architecture() {
        return "HyperCLOVAXForCausalLM";
    }

    @Override
    public String modelType() {
        return "hyperclovax";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("attn_pdrop", "embd_pdrop", "resid_pdrop", "summary_first_dropout", "end_token_id", "loss_type");
        Sizes sizes = Sizes.read(json);
        return Granite.multiplied(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes),
                                new MlpKind.Dense(sizes.dMlp(), json.flag("mlp_bias", false))))
                .normPlacement(json.flag("use_post_norm", true) ? NormPlacement.AROUND : NormPlacement.BEFORE)
                .scores(new AttentionScores(
                        json.number("attention_multiplier", 1 / Math.sqrt(sizes.headDim())), OptionalDouble.empty()))
                .logits(OutputLogits.times(json.number("logits_scaling", 1)))
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.ATTENTION_POST_NORM, "post_norm1.weight",
                Part.MLP_POST_NORM, "post_norm2.weight"));
    }
}
