package dev.plumbline.model.family;

import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.ModelConfig.QueryKeyNorm;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HunYuan V1, dense: as Llama, with queries and keys normalised per head after they were turned, and a base of the rotation
 * that is stretched once and for all. */
final class HunYuanDense implements Family {

    @Override
    public String architecture() {
        return "HunYuanDenseV1ForCausalLM";
    }

    @Override
    public String modelType() {
        return "hunyuan_v1_dense";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("eod_token_id", "pad_id", "mask_init_id", "im_start_id", "im_end_id", "im_newline_id");
        json.ignore("text_start_id", "text_end_id", "org_vocab_size", "class_num", "pool_type", "dense_list");
        json.ignore("attention_head_dim"); // the reference reads head_dim
        json.ignore("cla_share_factor"); // for use_cla
        json.require("add_classification_head", false);
        json.require("use_cla", false);
        json.require("use_qk_norm", true);
        json.require("norm_type", "rms");
        json.require("mlp_bias", false);
        Sizes sizes = Sizes.read(json);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(
                        sizes.nLayers(),
                        LayerKind.seeingAll(rotation(json, sizes), new MlpKind.Dense(sizes.dMlp(), false)))
                .attentionBiases(HuggingFaceConfig.attentionBiases(json))
                .queryKeyNorm(QueryKeyNorm.PER_TURNED_HEAD)
                .build();
    }

    /** Published files call a scaling dynamic whose alpha fixes it. */
    private static Rotation.Rotary rotation(ConfigReader json, Sizes sizes) {
        double theta = json.number("rope_theta", 10_000);
        Optional<ConfigReader> parameters = RopeConfig.parameters(json);
        Optional<Double> alpha = parameters
                .filter(p -> RopeConfig.type(p).equals("dynamic"))
                .flatMap(p -> p.optionalNumber("alpha"))
                .filter(a -> a != 0);
        if (alpha.isPresent()) {
            ConfigReader given = parameters.orElseThrow();
            given.ignore("factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim");
            int e = sizes.headDim();
            double stretched = given.number("rope_theta", theta) * Math.pow(alpha.get(), e / (e - 2.0));
            return new Rotation.Rotary(stretched, e, new RopeScaling.None());
        }
        return parameters
                .map(p -> RopeConfig.rotation(p, theta, sizes, Optional.empty()))
                .orElseGet(() -> new Rotation.Rotary(theta, sizes.headDim(), new RopeScaling.None()));
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.QUERY_NORM, "self_attn.query_layernorm.weight",
                Part.KEY_NORM, "self_attn.key_layernorm.weight"));
    }
}
