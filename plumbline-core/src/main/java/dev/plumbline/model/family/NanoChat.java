package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.OutputLogits;
import dev.plumbline.model.Rotation.Pairing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** nanochat: norms without weights, on embeddings and on turned queries and keys too; turned backwards; an MLP of ReLU²
 * without a gate. */
final class NanoChat implements Family {

    @Override
    public String architecture() {
        return "NanoChatForCausalLM";
    }

    @Override
    public String modelType() {
        return "nanochat";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .normGain(NormGain.NONE)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(
                                RopeConfig.read(json, 10_000, sizes).paired(Pairing.HALVES_BACKWARDS),
                                new MlpKind.Plain(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_TURNED_HEAD)
                .activation(HuggingFaceConfig.activation(json, "hidden_act", Activation.RELU_SQUARED))
                .embeddingScale(new EmbeddingScale.Normalised(json.number("rms_norm_eps")))
                .logits(new OutputLogits(1, OptionalDouble.of(json.number("final_logit_softcapping"))))
                .build();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(Part.UP, "mlp.fc1.weight", Part.DOWN, "mlp.fc2.weight"));
    }
}
