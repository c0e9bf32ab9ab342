package dev.plumbline.model.family;

import dev.plumbline.model.Activation;
import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.EmbeddingScale;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.WeightNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Gemma 3, text: mostly sliding layers, which turn at a base of their own; queries and keys normalised per head; norms
 * around each branch, GeGLU. Published files leave out what equals the reference's defaults. */
final class Gemma3 implements Family {

    @Override
    public String architecture() {
        return "Gemma3ForCausalLM";
    }

    @Override
    public String modelType() {
        return "gemma3_text";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("hidden_act", "_sliding_window_pattern"); // the reference reads hidden_activation and layer_types
        json.require("use_bidirectional_attention", false);
        json.refuse(
                "attn_logit_softcapping", "the reference ignores it in this architecture, so its meaning is unsure");
        json.refuse("final_logit_softcapping", "no published checkpoint has it, so it is not checked");
        Sizes sizes = new Sizes(
                json.integer("hidden_size", 2304),
                json.integer("num_attention_heads", 8),
                json.integer("num_key_value_heads", 4),
                json.integer("head_dim", 256),
                json.integer("intermediate_size", 9216),
                json.integer("vocab_size", 262_208),
                json.integer("max_position_embeddings", 131_072),
                json.integer("num_hidden_layers", 26));
        return sizes.builder()
                .normEps(json.number("rms_norm_eps", 1e-6))
                .normGain(NormGain.ONE_PLUS_WEIGHT)
                .normPlacement(NormPlacement.AROUND)
                .layers(layers(json, sizes))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .scores(new AttentionScores(
                        1 / Math.sqrt(json.number("query_pre_attn_scalar", 256)), OptionalDouble.empty()))
                .activation(HuggingFaceConfig.activation(json, "hidden_activation", Activation.GELU_TANH))
                .embeddingScale(new EmbeddingScale.Rounded(Math.sqrt(sizes.dModel())))
                .tiedEmbeddings(json.flag("tie_word_embeddings", true))
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        int pattern = json.integer("sliding_window_pattern", 6);
        if (pattern < 1) {
            throw json.unexpected("sliding_window_pattern", pattern, "at least 1");
        }
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 4096));
        PerKindRope ropes = PerKindRope.read(
                json, sizes, json.number("rope_theta", 1_000_000), json.number("rope_local_base_freq", 10_000));
        MlpKind mlp = new MlpKind.Dense(sizes.dMlp(), false);
        return HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> (i + 1) % pattern != 0).stream()
                .map(kind -> new LayerKind(kind, ropes.of(kind), mlp))
                .toList();
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.withNorms(Gemma2.NORMS);
    }
}
