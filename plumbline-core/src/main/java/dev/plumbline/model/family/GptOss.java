package dev.plumbline.model.family;

import dev.plumbline.model.AttentionScores;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.Routing;
import dev.plumbline.model.WeightNames;
import dev.plumbline.model.WeightNames.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** gpt-oss in bf16: sinks in every head, every other layer slides, and experts with biases and bounded gates. */
final class GptOss implements Family {

    @Override
    public String architecture() {
        return "GptOssForCausalLM";
    }

    @Override
    public String modelType() {
        return "gpt_oss";
    }

    @Override
    public String unquantised() {
        return "a conversion to bf16, such as unsloth/gpt-oss-20b-BF16,"
                + " or one that transformers saves after loading with Mxfp4Config(dequantize=True)";
    }

    @Override
    public ModelConfig config(ConfigReader json) {
        json.ignore("output_router_logits", "router_aux_loss_coef"); // they matter in training
        json.ignore("initial_context_length", "experts_per_token"); // the reference has other keys for them
        Sizes sizes = Sizes.read(json, 64);
        return HuggingFaceConfig.builder(json, sizes)
                .layers(layers(json, sizes))
                .attentionBiases(
                        json.flag("attention_bias", true)
                                ? ModelConfig.AttentionBiases.ALL
                                : ModelConfig.AttentionBiases.NONE)
                .scores(AttentionScores.of(sizes.headDim()).withSinks())
                .build();
    }

    private static List<LayerKind> layers(ConfigReader json, Sizes sizes) {
        Optional<Integer> window = Optional.of(json.integer("sliding_window", 128));
        Rotation rotation = RopeConfig.parameters(json)
                .map(p -> RopeConfig.rotation(p, json.number("rope_theta", 150_000), sizes, Optional.empty()))
                .orElseThrow(() -> json.unexpected("rope_parameters", "absent", "an object"));
        Optional<Integer> renamed = json.optionalInteger("num_experts");
        MlpKind mlp = new MlpKind.Routed(
                json.optionalInteger("num_local_experts").or(() -> renamed).orElse(128),
                json.integer("num_experts_per_tok", 4),
                sizes.dMlp(),
                Routing.softmax(true).withBias(),
                new MlpKind.ExpertGate.Clamped(json.number("swiglu_alpha", 1.702), json.number("swiglu_limit", 7)));
        return HuggingFaceConfig.layers(
                HuggingFaceConfig.attention(json, sizes.nLayers(), window, i -> i % 2 == 0), rotation, mlp);
    }

    @Override
    public WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm(Map.of(
                Part.SINKS, "self_attn.sinks",
                Part.ROUTER, "mlp.router.weight",
                Part.ROUTER_BIAS, "mlp.router.bias",
                Part.EXPERTS_GATE_UP_ALTERNATING, "mlp.experts.gate_up_proj",
                Part.EXPERTS_GATE_UP_BIAS, "mlp.experts.gate_up_proj_bias",
                Part.EXPERTS_DOWN_COLUMNS, "mlp.experts.down_proj",
                Part.EXPERTS_DOWN_BIAS, "mlp.experts.down_proj_bias"));
    }
}
