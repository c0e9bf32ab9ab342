package dev.plumbline.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.MalformedCheckpointException;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.AttentionKind;
import dev.plumbline.model.Heads;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.RopeScaling;
import dev.plumbline.model.Rotation;
import dev.plumbline.model.UnsupportedModelException;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** As published with transformers 4: Qwen3-0.6B. */
    private static final String QWEN3 = """
            {"architectures": ["Qwen3ForCausalLM"], "attention_bias": false, "attention_dropout": 0.0,
             "bos_token_id": 151643, "eos_token_id": 151645, "head_dim": 128, "hidden_act": "silu",
             "hidden_size": 1024, "initializer_range": 0.02, "intermediate_size": 3072,
             "max_position_embeddings": 40960, "max_window_layers": 28, "model_type": "qwen3",
             "num_attention_heads": 16, "num_hidden_layers": 28, "num_key_value_heads": 8, "rms_norm_eps": 1e-06,
             "rope_scaling": null, "rope_theta": 1000000, "sliding_window": null, "tie_word_embeddings": true,
             "torch_dtype": "bfloat16", "transformers_version": "4.51.0", "use_cache": true,
             "use_sliding_window": false, "vocab_size": 151936}""";

    private static ObjectNode qwen3(String changes) throws JsonProcessingException {
        ObjectNode config = (ObjectNode) JSON.readTree(QWEN3);
        config.setAll((ObjectNode) JSON.readTree(changes));
        return config;
    }

    @Test
    void readsPublishedConfigurations() throws JsonProcessingException {
        ModelConfig config = Families.config(qwen3("{}"));

        assertThat(config.nLayers()).isEqualTo(28);
        assertThat(config.heads(0).groupSize()).isEqualTo(2);
        assertThat(config.heads(0).width()).isEqualTo(128);
        assertThat(config.tiedEmbeddings()).isTrue();
        assertThat(config.layers())
                .containsOnly(new LayerKind(
                        new AttentionKind.Full(),
                        new Rotation.Rotary(1e6, 128, new RopeScaling.None()),
                        new MlpKind.Dense(3072, false)));
    }

    /** Keys that published files have beside those of the tiny checkpoints. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3", "boi_token_index": 255999, \
             "eoi_token_index": 256000, "eos_token_id": [1, 106], "image_token_index": 262144, "initializer_range": 0.02, \
             "mm_tokens_per_image": 256, "text_config": {"hidden_size": 2560, "intermediate_size": 10240, \
             "model_type": "gemma3_text", "num_hidden_layers": 34, "rope_scaling": {"factor": 8.0, "rope_type": "linear"}, \
             "sliding_window": 1024}, "torch_dtype": "bfloat16", "vision_config": {"hidden_size": 1152}} | 34 | 131072
            {"architectures": ["Phi3ForCausalLM"], "model_type": "phi3", "attention_bias": false, "attention_dropout": 0.0, \
             "auto_map": {"AutoConfig": "configuration_phi3.Phi3Config"}, "bos_token_id": 199999, "embd_pdrop": 0.0, \
             "full_attn_mod": 1, "hidden_act": "silu", "hidden_size": 3072, "intermediate_size": 8192, \
             "interpolate_factor": 1, "lm_head_bias": false, "max_position_embeddings": 131072, "mlp_bias": false, \
             "num_attention_heads": 24, "num_hidden_layers": 32, "num_key_value_heads": 8, \
             "original_max_position_embeddings": 4096, "partial_rotary_factor": 0.5, "resid_pdrop": 0.0, \
             "rms_norm_eps": 1e-05, "rope_scaling": {"long_factor": \
             [2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2], "type": "longrope", "short_factor": \
             [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}, "rope_theta": 10000.0, \
             "sliding_window": 262144, "tie_word_embeddings": true, "vocab_size": 200064} | 32 | 131072
            {"architectures": ["Gemma2ForCausalLM"], "model_type": "gemma2", "attn_logit_softcapping": 50.0, \
             "cache_implementation": "hybrid", "final_logit_softcapping": 30.0, "head_dim": 256, \
             "hidden_act": "gelu_pytorch_tanh", "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 3584, \
             "intermediate_size": 14336, "max_position_embeddings": 8192, "num_attention_heads": 16, \
             "num_hidden_layers": 42, "num_key_value_heads": 8, "query_pre_attn_scalar": 256, "rms_norm_eps": 1e-06, \
             "rope_theta": 10000.0, "sliding_window": 4096, "sliding_window_size": 4096, "vocab_size": 256000} | 42 | 8192
            {"architectures": ["SmolLM3ForCausalLM"], "model_type": "smollm3", "hidden_act": "silu", "hidden_size": 2048, \
             "intermediate_size": 11008, "max_position_embeddings": 65536, "max_window_layers": 28, "mlp_bias": false, \
             "no_rope_layer_interval": 2, "no_rope_layers": [1, 0], "num_attention_heads": 16, "num_hidden_layers": 2, \
             "num_key_value_heads": 4, "pretraining_tp": 2, "rms_norm_eps": 1e-06, "rope_scaling": null, \
             "rope_theta": 5000000.0, "sliding_window": null, "use_sliding_window": false, "vocab_size": 128256} | 2 | 65536
            {"architectures": ["Qwen3MoeForCausalLM"], "model_type": "qwen3_moe", "decoder_sparse_step": 1, \
             "head_dim": 128, "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 6144, \
             "max_position_embeddings": 40960, "max_window_layers": 48, "mlp_only_layers": [], \
             "moe_intermediate_size": 768, "norm_topk_prob": true, "num_attention_heads": 32, "num_experts": 128, \
             "num_experts_per_tok": 8, "num_hidden_layers": 48, "num_key_value_heads": 4, "output_router_logits": false, \
             "rms_norm_eps": 1e-06, "rope_scaling": null, "rope_theta": 1000000.0, "router_aux_loss_coef": 0.001, \
             "sliding_window": null, "use_sliding_window": false, "vocab_size": 151936} | 48 | 40960
            {"architectures": ["GptOssForCausalLM"], "model_type": "gpt_oss", "attention_bias": true, "head_dim": 64, \
             "experts_per_token": 4, "hidden_act": "silu", "hidden_size": 2880, "initial_context_length": 4096, \
             "intermediate_size": 2880, "layer_types": ["sliding_attention", "full_attention"], \
             "max_position_embeddings": 131072, "num_attention_heads": 64, "num_experts_per_tok": 4, \
             "num_hidden_layers": 2, "num_key_value_heads": 8, "num_local_experts": 32, "output_router_logits": false, \
             "rms_norm_eps": 1e-05, "rope_scaling": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 32.0, \
             "original_max_position_embeddings": 4096, "rope_type": "yarn", "truncate": false}, "rope_theta": 150000, \
             "router_aux_loss_coef": 0.9, "sliding_window": 128, "swiglu_limit": 7.0, "vocab_size": 201088} | 2 | 131072
            {"architectures": ["Glm4MoeForCausalLM"], "model_type": "glm4_moe", "attention_bias": true, \
             "first_k_dense_replace": 1, "head_dim": 128, "hidden_act": "silu", "hidden_size": 4096, \
             "intermediate_size": 10944, "max_position_embeddings": 131072, "moe_intermediate_size": 1408, "n_group": 1, \
             "n_routed_experts": 128, "n_shared_experts": 1, "norm_topk_prob": true, "num_attention_heads": 96, \
             "num_experts_per_tok": 8, "num_hidden_layers": 46, "num_key_value_heads": 8, "num_nextn_predict_layers": 1, \
             "partial_rotary_factor": 0.5, "rms_norm_eps": 1e-05, "rope_scaling": null, "rope_theta": 1000000, \
             "routed_scaling_factor": 1.0, "topk_group": 1, "use_qk_norm": false, "vocab_size": 151552} | 46 | 131072
            {"architectures": ["Ernie4_5_MoeForCausalLM"], "model_type": "ernie4_5_moe", "hidden_act": "silu", \
             "hidden_size": 2560, "intermediate_size": 12288, "max_position_embeddings": 131072, "moe_capacity": \
             [64, 64, 64], "moe_gate": "topk", "moe_intermediate_size": 1536, "moe_k": 6, "moe_layer_interval": 1, \
             "moe_layer_start_index": 1, "moe_num_experts": 64, "moe_num_shared_experts": 2, "moe_use_aux_free": true, \
             "num_attention_heads": 20, "num_hidden_layers": 28, "num_key_value_heads": 4, "rms_norm_eps": 1e-05, \
             "rope_theta": 500000, "use_bias": false, "vocab_size": 103424} | 28 | 131072
            {"architectures": ["Llama4ForConditionalGeneration"], "model_type": "llama4", "boi_token_index": 200080, \
             "eoi_token_index": 200081, "image_token_index": 200092, "text_config": {"attention_bias": false, \
             "attention_chunk_size": 8192, "for_llm_compressor": false, "head_dim": 128, "hidden_act": "silu", \
             "hidden_size": 5120, "interleave_moe_layer_step": 1, "intermediate_size": 8192, \
             "intermediate_size_mlp": 16384, "max_position_embeddings": 10485760, "model_type": "llama4_text", \
             "no_rope_layers": [], "num_attention_heads": 40, "num_experts_per_tok": 1, "num_hidden_layers": 48, \
             "num_key_value_heads": 8, "num_local_experts": 16, "rms_norm_eps": 1e-05, "rope_scaling": {"factor": 16.0, \
             "high_freq_factor": 1.0, "low_freq_factor": 0.5, "original_max_position_embeddings": 8192, \
             "rope_type": "llama3"}, "rope_theta": 500000.0, "use_qk_norm": true, "vocab_size": 202048}, \
             "vision_config": {"hidden_size": 1408}} | 48 | 10485760
            {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "activation_function": "gelu_new", \
             "attn_pdrop": 0.1, "embd_pdrop": 0.1, "layer_norm_epsilon": 1e-05, "n_ctx": 1024, "n_embd": 768, "n_head": 12, \
             "n_layer": 12, "n_positions": 1024, "resid_pdrop": 0.1, "summary_activation": null, \
             "summary_first_dropout": 0.1, "summary_proj_to_labels": true, "summary_type": "cls_index", \
             "summary_use_proj": true, "task_specific_params": {"text-generation": {"do_sample": true}}, \
             "vocab_size": 50257} | 12 | 1024
            {"architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "hidden_act": "gelu", "hidden_size": 512, \
             "intermediate_size": 2048, "layer_norm_eps": 1e-05, "max_position_embeddings": 2048, \
             "num_attention_heads": 8, "num_hidden_layers": 6, "rotary_emb_base": 10000, "rotary_pct": 0.25, \
             "tie_word_embeddings": false, "torch_dtype": "float16", "use_parallel_residual": true, \
             "vocab_size": 50304} | 6 | 2048
            {"architectures": ["Gemma4ForConditionalGeneration"], "model_type": "gemma4", "audio_config": null, \
             "audio_token_id": 258881, "boa_token_id": 256000, "boi_token_id": 255999, "dtype": "bfloat16", \
             "eoa_token_id": 258883, "eoa_token_index": 258883, "eoi_token_id": 258882, "eos_token_id": [1, 106], \
             "image_token_id": 258880, "initializer_range": 0.02, "text_config": {"attention_bias": false, \
             "attention_k_eq_v": true, "enable_moe_block": false, "final_logit_softcapping": 30.0, \
             "global_head_dim": 512, "head_dim": 256, "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 5376, \
             "hidden_size_per_layer_input": 0, "intermediate_size": 21504, "max_position_embeddings": 262144, \
             "model_type": "gemma4_text", "moe_intermediate_size": null, "num_attention_heads": 32, \
             "num_experts": null, "num_global_key_value_heads": 4, "num_hidden_layers": 60, "num_key_value_heads": 16, \
             "num_kv_shared_layers": 0, "rope_parameters": {"full_attention": {"partial_rotary_factor": 0.25, \
             "rope_theta": 1000000.0, "rope_type": "proportional"}, "sliding_attention": {"rope_theta": 10000.0, \
             "rope_type": "default"}}, "sliding_window": 1024, "top_k_experts": null, "use_bidirectional_attention": \
             "vision", "use_double_wide_mlp": false, "vocab_size": 262144, "vocab_size_per_layer_input": 262144}, \
             "tie_word_embeddings": true, "video_token_id": 258884, "vision_config": {}, \
             "vision_soft_tokens_per_image": 280} | 60 | 262144
            {"architectures": ["HunYuanDenseV1ForCausalLM"], "model_type": "hunyuan_v1_dense", \
             "add_classification_head": false, "attention_bias": false, "attention_head_dim": 128, "cla_share_factor": 2, \
             "class_num": 0, "dense_list": [4096, 0], "head_dim": 128, "hidden_act": "silu", "hidden_size": 4096, \
             "im_end_id": 5, "im_newline_id": 11, "im_start_id": 4, "intermediate_size": 14336, "mask_init_id": 12, \
             "max_position_embeddings": 32768, "mlp_bias": false, "norm_type": "rms", "num_attention_heads": 32, \
             "num_hidden_layers": 32, "num_key_value_heads": 8, "org_vocab_size": 128167, "pad_id": 127961, \
             "pool_type": "last", "pretraining_tp": 1, "rms_norm_eps": 1e-05, "rope_scaling": {"alpha": 1000.0, \
             "beta_fast": 32, "beta_slow": 1, "factor": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "type": "dynamic"}, \
             "rope_theta": 10000.0, "sep_token_id": 127962, "text_end_id": 7, "text_start_id": 6, \
             "tie_word_embeddings": true, "use_cla": false, "use_qk_norm": true, "vocab_size": 128167} | 32 | 32768
            {"architectures": ["Qwen3MoeForCausalLM"], "model_type": "qwen3_moe", "decoder_sparse_step": 1, \
             "head_dim": 128, "hidden_act": "silu", "hidden_size": 6144, "intermediate_size": 8192, \
             "max_position_embeddings": 262144, "max_window_layers": 62, "mlp_only_layers": [], \
             "moe_intermediate_size": 2560, "norm_topk_prob": true, "num_attention_heads": 96, "num_experts": 160, \
             "num_experts_per_tok": 8, "num_hidden_layers": 62, "num_key_value_heads": 8, "qkv_bias": false, \
             "rms_norm_eps": 1e-06, "rope_theta": 10000000, "shared_expert_intermediate_size": 0, \
             "sliding_window": null, "use_qk_norm": true, "vocab_size": 151936} | 62 | 262144
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "head_dim": 128, "hidden_act": "silu", \
             "hidden_size": 4096, "intermediate_size": 11008, "internal_version": "7b-alpha-v2.33.0.30", \
             "max_position_embeddings": 4096, "mlp_bias": false, "num_attention_heads": 32, "num_hidden_layers": 32, \
             "num_key_value_heads": 32, "pretraining_tp": 1, "rms_norm_eps": 1e-05, "rope_theta": 1000000.0, \
             "vocab_size": 64000} | 32 | 4096
            """)
    void readsTheSpellingsOfPublishedFiles(String json, int layers, int positions) throws JsonProcessingException {
        ModelConfig config = Families.config((ObjectNode) JSON.readTree(json));

        assertThat(config.nLayers()).isEqualTo(layers);
        assertThat(config.maxPositions()).isEqualTo(positions);
    }

    /** Made by tools/golden/default_configs.py: every key that the reference's classes know. */
    @Test
    void knowsEveryKeyThatTheReferenceWrites() throws IOException, URISyntaxException {
        Path file =
                Path.of(FamiliesTest.class.getResource("default_configs.json").toURI());
        JsonNode all = JSON.readTree(Files.readString(file));

        assertThat(all).hasSize(59);
        for (JsonNode each : all) {
            ModelConfig config = Families.config((ObjectNode) each.get("config"));
            assertThat(config.nLayers()).isEqualTo(each.get("layers").asInt());
        }
    }

    @Test
    void rotationsOfBothVersionsMeanTheSame() throws JsonProcessingException {
        ModelConfig old = Families.config(
                qwen3(
                        "{\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32768}}"));
        ObjectNode current = qwen3("""
                {"rope_parameters": {"rope_type": "yarn", "rope_theta": 1000000.0, "factor": 4.0,
                                     "original_max_position_embeddings": 32768}}""");
        current.remove("rope_theta");
        current.remove("rope_scaling");

        assertThat(old.layers().get(0).rotation())
                .isEqualTo(new Rotation.Rotary(
                        1e6, 128, new RopeScaling.Yarn(4, 0.1 * Math.log(4) + 1, 32, 1, 32768, true)));
        assertThat(Families.config(current)).isEqualTo(old);
    }

    @Test
    void layersSlideWhereTheConfigurationSaysSo() throws JsonProcessingException {
        ModelConfig config = Families.config(
                qwen3("{\"use_sliding_window\": true, \"sliding_window\": 512, \"max_window_layers\": 20}"));

        assertThat(config.layers().subList(0, 20))
                .extracting(LayerKind::attention)
                .containsOnly(new AttentionKind.Full());
        assertThat(config.layers().subList(20, 28))
                .extracting(LayerKind::attention)
                .containsOnly(new AttentionKind.Sliding(512));
    }

    @Test
    void layersThatSeeEverythingMayHaveHeadsOfTheirOwn() throws JsonProcessingException {
        String json = """
                {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0,
                 "attention_k_eq_v": true, "num_hidden_layers": 12, "num_global_key_value_heads": 2}""";
        ModelConfig config = Families.config((ObjectNode) JSON.readTree(json));

        assertThat(config.heads(4)).isEqualTo(new Heads(8, 4, 256));
        assertThat(config.heads(5)).isEqualTo(new Heads(8, 2, 512, Heads.Values.KEYS));
        assertThat(config.layers().get(5).rotation())
                .isEqualTo(new Rotation.Rotary(1e6, 512, new RopeScaling.LeadingPairs(64, 1)));
        assertThat(KvCache.bytesPerToken(config, DType.BF16)).isEqualTo(2 * 2 * (10 * 4 * 256 + 2 * 2 * 512));

        ObjectNode listed = (ObjectNode) JSON.readTree(json);
        listed.remove("num_global_key_value_heads");
        ObjectNode perLayer = listed.putObject("per_layer_config");
        perLayer.putObject("05").put("head_dim", 512).put("num_key_value_heads", 2);
        perLayer.putObject("11").put("head_dim", 512).put("num_key_value_heads", 2);
        assertThat(Families.config(listed)).isEqualTo(config);
    }

    @Test
    void aNumberMustBeFinite() throws JsonProcessingException {
        ObjectNode config = qwen3("{}").put("rms_norm_eps", Double.NaN);

        assertThatThrownBy(() -> Families.config(config))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("; supported is a number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"quantization_config": {"bits": 4}}                        | quantization_config is present; quantised weights
            {"no_such_key": 4}                                          | no_such_key is 4; this key is not known
            {"partial_rotary_factor": 0.5}                              | partial_rotary_factor is 0.5
            {"hidden_act": "tanh"}                                      | hidden_act is tanh; supported is silu
            {"rope_scaling": {"rope_type": "longrope", "factor": 2.0}}  | rope_scaling.rope_type is longrope
            {"rope_scaling": {"rope_type": "linear", "factor": 2.0, "mscale": 1}} | rope_scaling.mscale is 1
            {"rope_scaling": {"rope_type": "linear", "factor": 0.0}}    | factor must be positive, not 0.0
            {"rope_scaling": {"rope_type": "default"}, "rope_parameters": {}} | rope_parameters is present
            {"rope_theta": -1.0}                                        | rotary base must be positive, not -1.0
            {"rope_scaling": {"rope_type": "linear"}}                   | rope_scaling.factor is missing
            {"rope_scaling": 7}                                         | rope_scaling is 7
            {"layer_types": ["full_attention"]}                         | layer_types is 1 entries; supported is 28 entries
            {"num_hidden_layers": 1, "layer_types": ["chunked_attention"]} | layer_types is chunked_attention
            {"num_hidden_layers": 1, "layer_types": ["sliding_attention"]} | no window is set
            {"num_hidden_layers": 0}                                    | num_hidden_layers is 0
            {"hidden_size": null}                                       | hidden_size is missing
            {"hidden_size": 10.5}                                       | hidden_size is 10.5; supported is a whole number
            {"hidden_size": 99999999999}                                | hidden_size is 99999999999
            {"tie_word_embeddings": "yes"}                              | tie_word_embeddings is "yes"
            {"num_key_value_heads": 3}                                  | 16 query heads cannot share 3 kv heads evenly
            {"head_dim": 63}                                            | cannot turn 63 of a head
            {"vocab_size": -1}                                          | vocabSize is -1
            {"architectures": ["BloomForCausalLM"]}                     | architectures is ["BloomForCausalLM"]; supported are
            {"model_type": "llama"}                                     | model_type is "llama"; expected "qwen3"
            {"architectures": ["Own"], "auto_map": {}}                  | computed by code that comes with the checkpoint
            {"architectures": []}                                       | architectures is []
            {"architectures": ["GptOssForCausalLM"], "model_type": "gpt_oss", "quantization_config": \
             {"quant_method": "mxfp4"}}                                 | use a conversion to bf16, such as unsloth/gpt-oss
            {"architectures": ["GptOssForCausalLM"], "model_type": "gpt_oss"} | rope_parameters is absent
            {"architectures": ["Glm4MoeForCausalLM"], "model_type": "glm4_moe", "moe_intermediate_size": 8, "n_group": 3} \
            | A token cannot choose 8 of 128 experts within 1 of 3 groups
            {"architectures": ["Ernie4_5_MoeForCausalLM"], "model_type": "ernie4_5_moe", "use_bias": true} | use_bias is true
            {"architectures": ["MiniMaxM2ForCausalLM"], "model_type": "minimax_m2", "attn_type_list": [1, 0]} \
            | attn_type_list is 0; supported is 1
            {"architectures": ["ExaoneMoeForCausalLM"], "model_type": "exaone_moe", "moe_intermediate_size": 8, \
             "mlp_layer_types": ["sparse"]}                             | mlp_layer_types is [sparse]
            {"architectures": ["Llama4ForCausalLM"], "model_type": "llama4_text", "rope_scaling": {"rope_type": "yarn", \
             "factor": 2.0}}                                            | rope_type is yarn
            {"architectures": ["Llama4ForCausalLM"], "model_type": "llama4_text", "num_hidden_layers": 1, \
             "no_rope_layers": [1], "layer_types": ["chunked_attention"]} | no chunk is set
            {"architectures": ["GraniteMoeHybridForCausalLM"], "model_type": "granitemoehybrid", "num_local_experts": 0, \
             "layer_types": ["attention", "mamba"]}                     | layer_types is mamba; supported is attention
            {"architectures": ["OlmoeForCausalLM"], "model_type": "olmoe", "clip_qkv": 8.0} | clip_qkv is present
            {"architectures": ["SeedOssForCausalLM"], "model_type": "seed_oss", "attention_bias": false, \
             "attention_out_bias": true}                                | attention_out_bias is true
            {"architectures": ["Ministral3ForCausalLM"], "model_type": "ministral3"} | rope_parameters is absent
            {"architectures": ["CwmForCausalLM"], "model_type": "cwm"}  | rope_parameters is absent
            {"architectures": ["ApertusForCausalLM"], "model_type": "apertus", "hidden_act": "xielu"} | rope_parameters is absent
            {"architectures": ["ApertusForCausalLM"], "model_type": "apertus"} | hidden_act is "silu"; supported is xielu
            {"architectures": ["FalconForCausalLM"], "model_type": "falcon", "alibi": true} | alibi is true
            {"architectures": ["FalconForCausalLM"], "model_type": "falcon", "parallel_attn": false} | parallel_attn is false
            {"architectures": ["FalconForCausalLM"], "model_type": "falcon", "num_ln_in_parallel_attn": 2} \
                                                                        | num_ln_in_parallel_attn is 2; supported is 1
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text"} \
                                                                        | hidden_size_per_layer_input is 256; supported is 0
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "num_kv_shared_layers": 18}                                | num_kv_shared_layers is 18; supported is 0
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "enable_moe_block": true}                                  | enable_moe_block is true; supported is false
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "use_bidirectional_attention": "all"}                      | use_bidirectional_attention is "all"
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "num_hidden_layers": 1, "layer_types": ["sliding_attention"]} | the last of which sees everything
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "rope_theta": null, "rope_parameters": {"full_attention": {"rope_type": "yarn", "rope_theta": 1e6}, \
             "sliding_attention": {"rope_theta": 1e4}}}                 | full_attention.rope_type is yarn; supported is default
            {"architectures": ["Gemma4ForCausalLM"], "model_type": "gemma4_text", "hidden_size_per_layer_input": 0, \
             "rope_theta": null, "rope_parameters": {"full_attention": {"rope_theta": 1e6}}} | sliding_attention is absent
            {"architectures": ["HunYuanDenseV1ForCausalLM"], "model_type": "hunyuan_v1_dense", "use_cla": true} | use_cla is true
            {"architectures": ["PhiForCausalLM"], "model_type": "phi", "qk_layernorm": true} | qk_layernorm is true
            {"architectures": ["OlmoForCausalLM"], "model_type": "olmo", "clip_qkv": -1.0} | positive projectionBound
            {"architectures": ["CohereForCausalLM"], "model_type": "cohere", "logit_scale": 0.0} | positive divisor
            {"architectures": ["Cohere2ForCausalLM"], "model_type": "cohere2", "use_parallel_block": false} \
                                                                        | use_parallel_block is false
            {"architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "head_dim": null, \
             "num_key_value_heads": null, "rotary_emb_base": 10000}     | rope_theta is 1000000.0; supported is 10000.0
            {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "scale_attn_by_inverse_layer_idx": true} \
                                                                        | scale_attn_by_inverse_layer_idx is true
            {"architectures": ["GPTJForCausalLM"], "model_type": "gptj"} | rotary_dim is missing
            {"architectures": ["Mistral3ForConditionalGeneration"], "model_type": "mistral3", \
             "text_config": {"model_type": "other"}}                    | text_config.model_type is other
            """)
    void refusesWhatItWouldComputeWrongly(String changes, String problem) throws JsonProcessingException {
        ObjectNode config = qwen3(changes);

        assertThatThrownBy(() -> Families.config(config))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("config.json: ")
                .hasMessageContaining(problem);
    }

    @Test
    void sequencesGrowWithCachedKeysOnlyWhereRotationsStayTheSame() throws JsonProcessingException {
        ModelConfig dynamic =
                Families.config(qwen3("{\"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 2.0}}"));
        assertThat(dynamic.longestSequence()).isEqualTo(81_920);
        assertThat(dynamic.longestContinuation(7)).isEqualTo(40_960);
        assertThat(dynamic.longestContinuation(50_000)).isEqualTo(50_000);

        ModelConfig plain = Families.config(qwen3("{}"));
        assertThat(plain.longestSequence()).isEqualTo(40_960);
        assertThat(plain.longestContinuation(7)).isEqualTo(40_960);
    }

    @Test
    void weightsMustBeThoseThatTheConfigurationAsksFor(@TempDir Path copy) throws IOException, URISyntaxException {
        copy("/checkpoints/qwen3/biased-f16", copy);
        Path json = copy.resolve("config.json");
        String good = Files.readString(json);

        Files.writeString(json, good.replace("\"attention_bias\": true", "\"attention_bias\": false"));
        assertThatThrownBy(() -> load(copy))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("The checkpoint has 12 tensors that config.json gives no use for, such as "
                        + "model.layers.0.self_attn.k_proj.bias");

        Files.writeString(
                json,
                good.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4")
                        .replace("\"layer_types\": [", "\"layer_types\": [\"full_attention\","));
        assertThatThrownBy(() -> load(copy))
                .isInstanceOf(MalformedCheckpointException.class)
                .hasMessageContaining("has no tensor \"model.layers.3.input_layernorm.weight\"");
    }

    @Test
    void aStoredOutputProjectionIsUsedEvenIfTheEmbeddingIsClaimedToBeIt(@TempDir Path copy)
            throws IOException, URISyntaxException {
        copy("/checkpoints/mistral/full-bf16", copy);
        Path json = copy.resolve("config.json");
        Files.writeString(
                json,
                Files.readString(json).replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));

        assertThat(Families.config(Checkpoint.open(copy)).tiedEmbeddings()).isTrue();
        assertThat(Fidelity.measure(copy, DType.F32).logits().worst()).isLessThan(1e-4);
    }

    private static void copy(String fixture, Path to) throws IOException, URISyntaxException {
        Path from = Path.of(FamiliesTest.class.getResource(fixture).toURI());
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void load(Path directory) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        try (Weights weights = checkpoint.weights(DType.F32, Device.CPU)) {
            Families.decoder(checkpoint, weights);
        }
    }
}
