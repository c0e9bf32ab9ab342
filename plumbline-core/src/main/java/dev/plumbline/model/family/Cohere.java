package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.Rotation.Pairing;

/** Command R and R+, Aya: attention and a gated MLP side by side behind one layer norm without a bias; neighbours turn; logits
 * are scaled. */
final class Cohere implements Family {

    @Override
    public String architecture() {
        return "CohereForCausalLM";
    }

    @Override
    public String modelType() {
        return "cohere";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("model_max_length");
        Sizes sizes = Sizes.read(json);
        return sideBySide(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 500_000, sizes).paired(Pairing.NEIGHBOURS),
                                new MlpKind.Dense(sizes.dMlp(), false)))
                .queryKeyNorm(json.flag("use_qk_norm", false) ? QueryKeyNorm.PER_HEAD_OF_ITS_OWN : QueryKeyNorm.NONE)
                .build();
    }

    /** All but the layers. */
    static ModelConfig.Builder sideBySide(ConfigReader json, Sizes sizes) {
        return HuggingFaceConfig.layerNormed(json, sizes, NormKind.LAYER, "layer_norm_eps", Activation.SILU)
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .branchOrder(BranchOrder.SIDE_BY_SIDE_SHARING_NORM)
                .logits(OutputLogits.times(json.number("logit_scale", 0.0625)))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true));
    }
}
