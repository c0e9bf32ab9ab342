"""Makes the tiny checkpoints, and what transformers computes with them, that FamilyContractTest reads.

    python checkpoints.py <output dir> [<family>[/<name>] ...]      (plumbline-core/src/test/resources/checkpoints)

Needs torch, transformers (5.x), safetensors. Deterministic on one machine and version of torch. Every directory
<family>/<name> is a Hugging Face checkpoint plus golden.safetensors, which transformers computes from that very directory,
in fp32 with eager attention on the CPU:

    ids.<n>         [T]        prompt n
    resid_post.<n>  [L, T, D]  raw output of every block, taken by forward hooks
    logits.<n>      [T, V]
    greedy.<n>      [G]        greedy continuation, each token from a full pass without a cache
    bf16_error      [2, 2]     how far transformers in bf16 is from this: rows residuals and logits, columns the root mean
                               square and the largest difference; each tensor (a prompt's logits, or its residuals after
                               one block) is first divided by its own root mean square

and, where the case has a long text, what becomes of some of its tokens:

    long.ids         [T]
    long.positions   [P]        which tokens
    long.resid_post  [L, P, D]
    long.logits      [P, V]
    long.bf16_error  [2, 2]

Weights are random, but spread so that the model is no near-identity; a seed is passed over if some choice of the greedy
path, or of an expert, is nearly a tie, because rounding could then decide it.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
import transformers
from transformers.utils import logging
from safetensors.torch import load_file, save_file

PROMPT_LENGTHS = (1, 6, 19)
LONG_POSITIONS = (0, 1, 255, 256, 257, 511, 512, 700, 1023, 1024, 1025, 1500, 2047, 2048, 2049, 2300, 2309, 2310)
MARGIN = 2e-3
ROUTER_MARGIN = 1e-3  # of scores, for a greedy path in fp32
ROUTER_MARGIN_OF_PROMPTS = 0.1  # wide enough that bf16 rarely chooses other experts
ROTARY = {"rope_type": "default", "rope_theta": 10000.0}


def rope(theta, kind="default", **more):
    return {"rope_type": kind, "rope_theta": theta, **more}


def version_4(config):
    """The layout that transformers 4 wrote, as in most published checkpoints."""
    parameters = config.pop("rope_parameters", None)
    if parameters is not None:
        config["rope_theta"] = parameters.pop("rope_theta")
        kind = parameters.pop("rope_type")
        if "partial_rotary_factor" in parameters:
            config["partial_rotary_factor"] = parameters.pop("partial_rotary_factor")
        config["rope_scaling"] = None if kind == "default" else {"rope_type": kind, **parameters}
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.51.0"
    config.pop("layer_types", None)
    return config


def old_spelling(config):
    """Before transformers 4.43 the kind of scaling was called type."""
    config = version_4(config)
    config["rope_scaling"]["type"] = config["rope_scaling"].pop("rope_type")
    return config


def llama_2(config):
    """As the first Llama files were: neither head_dim nor rope_scaling nor biases are mentioned."""
    config = version_4(config)
    for key in ("head_dim", "rope_scaling", "rope_theta", "attention_bias", "mlp_bias", "attention_dropout"):
        config.pop(key, None)
    return config


def gemma_3_of_version_4(config):
    """Two bases under names of their own, and a pattern instead of a list of layers."""
    parameters = config.pop("rope_parameters")
    full, sliding = parameters["full_attention"], parameters["sliding_attention"]
    config["rope_theta"], config["rope_local_base_freq"] = full.pop("rope_theta"), sliding["rope_theta"]
    config["rope_scaling"] = full
    return version_4(config)


def gemma_3_vision_of_version_4(config):
    """As published: the text's configuration leaves out what equals the defaults."""
    text = gemma_3_of_version_4({**config["text_config"], "dtype": None})
    defaults = ("attention_bias", "attention_dropout", "_sliding_window_pattern", "use_cache", "transformers_version",
                "torch_dtype")
    text = {key: value for key, value in text.items() if key not in defaults}
    return version_4({**config, "text_config": {**text, "sliding_window_pattern": 3}})


def gemma_4_as_published(config):
    """The heads of layers that see everything have keys of their own, and are not listed layer by layer."""
    if "text_config" in config:
        return {**config, "text_config": gemma_4_as_published(config["text_config"])}
    own = next(iter(config.pop("per_layer_config").values()))
    return {**config, "global_head_dim": own["head_dim"], "num_global_key_value_heads": own.get("num_key_value_heads")}


def model_in_front(name):
    """Names of weights as some releases of transformers 5 wrote them."""
    return name.removeprefix("language_model.") if "lm_head" in name else "model." + name.replace(
        "language_model.model.", "language_model.")


def olmo_3_of_version_4(config):
    """One base for all layers; a scaling, if any, would be for those that do not slide."""
    config["rope_theta"] = config.pop("rope_parameters")["full_attention"]["rope_theta"]
    config["rope_scaling"] = None
    return version_4(config)


def exaone_of_version_4(config):
    """A pattern in letters, and the list of layers that it stands for."""
    types = config["layer_types"]
    return {**version_4(config), "sliding_window_pattern": "LLLG", "layer_types": types}


def granite_4_of_version_4(config):
    """Layers are called by another name."""
    return {**version_4(config), "layer_types": ["attention"] * config["num_hidden_layers"]}


def llama_4_vision_of_version_4(config):
    """As published: the text's configuration with a rotation in two keys."""
    return version_4({**config, "text_config": version_4({**config["text_config"], "dtype": None})})


def minimax_m2_of_version_4(config):
    """As published: how many dimensions turn, not which part of them."""
    config = version_4(config)
    return {**config, "rotary_dim": int(config["head_dim"] * config.pop("partial_rotary_factor")),
            "attn_type_list": [1] * config["num_hidden_layers"]}


def granite_swa_of_version_4(config):
    types = config["layer_types"]
    return {**version_4(config), "layer_types": types}


def hunyuan_of_version_4(config):
    """A scaling that alpha fixes, among the parameters of others."""
    config = version_4(config)
    config["rope_scaling"] |= {"beta_fast": 32, "beta_slow": 1, "mscale": 1.0, "mscale_all_dim": 1.0}
    config["rope_scaling"]["type"] = config["rope_scaling"].pop("rope_type")
    return {**config, "attention_head_dim": config["head_dim"], "use_cla": False, "cla_share_factor": 2,
            "use_qk_norm": True, "norm_type": "rms", "mlp_bias": False, "add_classification_head": False}


def apertus_of_version_4(config):
    return {**version_4(config), "mlp_bias": False, "post_norm": False, "qk_norm": True}


def starcoder_2_of_version_4(config):
    return {**version_4(config), "mlp_type": "default", "norm_type": "layer_norm"}


def cohere_2_of_version_4(config):
    """As published: a pattern, and what the first code of these models asked."""
    return {**version_4(config), "sliding_window_pattern": 4, "order_of_interleaved_layers": "local_attn_first",
            "position_embedding_type": "rope_gptj", "rotary_pct": 1.0, "use_gated_activation": True,
            "use_parallel_block": True, "use_parallel_embedding": False, "use_embedding_sharing": True,
            "use_qk_norm": False, "layer_switch": 4, "cache_implementation": "hybrid"}


def pythia(config):
    """As published: base and share of the rotation under names of their own."""
    parameters = config["rope_parameters"]
    config |= {"rotary_emb_base": int(parameters["rope_theta"]), "rotary_pct": parameters.pop("partial_rotary_factor")}
    config = version_4(config)
    for key in ("rope_theta", "rope_scaling", "attention_bias", "attention_dropout"):
        config.pop(key, None)
    return config


def gpt_2_of_version_2(config):
    """As OpenAI's own files: no more than what the first release knew."""
    config = version_4(config)
    for key in ("tie_word_embeddings", "n_inner", "torch_dtype", "transformers_version", "use_cache", "pad_token_id",
                "reorder_and_upcast_attn", "scale_attn_by_inverse_layer_idx", "scale_attn_weights", "add_cross_attention"):
        config.pop(key, None)
    return {**config, "n_ctx": config["n_positions"]}


def version_5(config):
    return config


class Case:
    """One checkpoint: changes of its family's base, how it is stored, and how its config.json is spelled."""

    def __init__(self, changes, dtype=torch.bfloat16, style=version_5, shard_size=None, weights=None, long=False,
                 exact=("e_score_correction_bias",)):
        self.changes, self.dtype, self.style, self.shard_size = changes, dtype, style, shard_size
        self.weights, self.long = weights, long
        self.exact = exact  # endings of the names of weights that are stored in fp32


SMALL = dict(
    vocab_size=61, hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=4,
    num_key_value_heads=2, head_dim=6, max_position_embeddings=128, rms_norm_eps=1e-6, tie_word_embeddings=False,
    rope_parameters=ROTARY, bos_token_id=1, eos_token_id=2, pad_token_id=None,
)
WITHOUT_HEAD_DIM = {k: v for k, v in SMALL.items() if k != "head_dim"}
LAYER_NORMED = {k: v for k, v in SMALL.items() if k != "rms_norm_eps"}
LAYER_NORMED_WITHOUT_HEAD_DIM = {k: v for k, v in LAYER_NORMED.items() if k != "head_dim"}
VISION = dict(hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1, image_size=14,
              patch_size=14, num_channels=3)
LLAMA_4 = {**SMALL, "num_hidden_layers": 4, "intermediate_size": 8, "intermediate_size_mlp": 24, "num_local_experts": 6,
           "num_experts_per_tok": 2, "interleave_moe_layer_step": 2, "no_rope_layer_interval": 3,
           "attention_chunk_size": 5, "floor_scale": 4, "attn_scale": 0.3}
VISION_OF_LLAMA_4 = dict(hidden_size=8, intermediate_size=32, num_hidden_layers=1, num_attention_heads=1, image_size=28,
                         patch_size=14, num_channels=3, vision_output_dim=8, projector_input_dim=8,
                         projector_output_dim=8)

GEMMA_4 = {**SMALL, "num_hidden_layers": 4, "sliding_window": 5, "final_logit_softcapping": 3.0, "global_head_dim": 16,
           "layer_types": ["sliding_attention", "full_attention"] * 2, "hidden_size_per_layer_input": 0,
           "rope_parameters": None, "tie_word_embeddings": True}
VISION_OF_GEMMA_4 = dict(hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1,
                         num_key_value_heads=1, head_dim=8, patch_size=2, position_embedding_size=4)

# family: (transformers' class, base configuration, length of greedy continuations, checkpoints)
FAMILIES = {
    "qwen3": ("Qwen3ForCausalLM", {**SMALL, "vocab_size": 149, "hidden_size": 32, "intermediate_size": 40,
                                   "head_dim": 12}, 64, {
        "tied-f32": Case(dict(hidden_size=20, intermediate_size=28, num_attention_heads=2, num_key_value_heads=2,
                              head_dim=10, tie_word_embeddings=True), torch.float32, version_4),
        "grouped-bf16": Case(dict(rope_parameters=rope(1e6))),
        "biased-f16": Case(dict(attention_bias=True, num_attention_heads=6, head_dim=8, rope_parameters=rope(5e5)),
                           torch.float16),
        "sharded-bf16": Case(dict(num_hidden_layers=5, tie_word_embeddings=True, rope_parameters=rope(1e6)),
                             style=version_4, shard_size="16KB"),
        "odd-f32": Case(dict(vocab_size=101, hidden_size=21, intermediate_size=27, num_attention_heads=3,
                             num_key_value_heads=1, head_dim=14, num_hidden_layers=2, rms_norm_eps=1e-5), torch.float32),
        "sliding-bf16": Case(dict(num_hidden_layers=4, use_sliding_window=True, sliding_window=5, max_window_layers=2)),
        "yarn-bf16": Case(dict(rope_parameters=rope(1e4, "yarn", factor=4.0, original_max_position_embeddings=32)),
                          style=version_4),
        "llama3-bf16": Case(dict(rope_parameters=rope(1e4, "llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                                      original_max_position_embeddings=64))),
        "linear-bf16": Case(dict(rope_parameters=rope(1e4, "linear", factor=2.5)), style=version_4),
    }),
    "llama": ("LlamaForCausalLM", SMALL, 40, {
        "llama2-f16": Case(dict(num_key_value_heads=4, head_dim=4, intermediate_size=27), torch.float16, llama_2),
        "llama31-bf16": Case(dict(num_key_value_heads=1, head_dim=8, rms_norm_eps=1e-5,
                                  rope_parameters=rope(5e5, "llama3", factor=8.0, low_freq_factor=1.0,
                                                       high_freq_factor=4.0, original_max_position_embeddings=16)),
                             style=version_4),
        "llama32-bf16": Case(dict(tie_word_embeddings=True, head_dim=14,
                                  rope_parameters=rope(1e4, "llama3", factor=32.0, low_freq_factor=1.0,
                                                       high_freq_factor=4.0, original_max_position_embeddings=24))),
        "biased-bf16": Case(dict(attention_bias=True, mlp_bias=True, num_hidden_layers=2), style=version_4),
        "linear-bf16": Case(dict(rope_parameters=rope(1e4, "linear", factor=4.0)), style=old_spelling),
        "dynamic-bf16": Case(dict(rope_parameters=rope(1e4, "dynamic", factor=4.0), max_position_embeddings=16),
                             style=version_4),
        "yarn-bf16": Case(dict(rope_parameters=rope(1e4, "yarn", factor=8.0, original_max_position_embeddings=16,
                                                    mscale=1.2, mscale_all_dim=0.7, beta_fast=4.0, beta_slow=0.5,
                                                    truncate=False))),
        "far-llama3-bf16": Case(dict(head_dim=8, max_position_embeddings=4096, rope_parameters=rope(
            5e5, "llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=256)), style=version_4, long=True),
        "far-dynamic-bf16": Case(dict(max_position_embeddings=1024, num_hidden_layers=2,
                                      rope_parameters=rope(1e4, "dynamic", factor=3.0)), long=True),
        "far-linear-bf16": Case(dict(max_position_embeddings=4096, num_hidden_layers=2,
                                     rope_parameters=rope(1e4, "linear", factor=4.0)), style=version_4, long=True),
    }),
    "qwen2": ("Qwen2ForCausalLM", WITHOUT_HEAD_DIM, 40, {
        "tied-bf16": Case(dict(tie_word_embeddings=True, rope_parameters=rope(1e6)), style=version_4),
        "sliding-bf16": Case(dict(use_sliding_window=True, sliding_window=4, max_window_layers=1)),
        "sliding4-bf16": Case(dict(use_sliding_window=True, sliding_window=7, max_window_layers=2), style=version_4),
        "yarn-bf16": Case(dict(rope_parameters=rope(1e6, "yarn", factor=4.0, original_max_position_embeddings=16)),
                          style=version_4),
        "far-yarn-bf16": Case(dict(max_position_embeddings=4096, rope_parameters=rope(
            1e6, "yarn", factor=8.0, original_max_position_embeddings=512)), style=version_4, long=True),
    }),
    "gemma2": ("Gemma2ForCausalLM", {**SMALL, "sliding_window": 5, "query_pre_attn_scalar": 9,
                                     "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0,
                                     "tie_word_embeddings": True}, 40, {
        "capped-bf16": Case(dict(), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, tie_word_embeddings=False, num_hidden_layers=2,
                                 sliding_window=3)),
        "mild-bf16": Case(dict(attn_logit_softcapping=50.0, final_logit_softcapping=30.0, num_key_value_heads=4)),
    }),
    "mistral": ("MistralForCausalLM", SMALL, 40, {
        "sliding-bf16": Case(dict(sliding_window=5), style=version_4),
        "full-bf16": Case(dict(sliding_window=None, head_dim=10, num_key_value_heads=1, rope_parameters=rope(1e6))),
        "far-bf16": Case(dict(sliding_window=300, head_dim=8, max_position_embeddings=4096), style=version_4, long=True),
    }),
    "gemma3": ("Gemma3ForCausalLM", {**SMALL, "num_hidden_layers": 4, "sliding_window": 5, "query_pre_attn_scalar": 7,
                                     "sliding_window_pattern": 3, "tie_word_embeddings": True,
                                     "rope_parameters": None}, 40, {
        "scaled-bf16": Case(dict(rope_parameters={"full_attention": rope(1e6, "linear", factor=8.0),
                                                  "sliding_attention": rope(1e4)}), style=gemma_3_of_version_4),
        "plain-bf16": Case(dict(tie_word_embeddings=False, attention_bias=True, num_key_value_heads=1,
                                num_hidden_layers=3)),
        "far-bf16": Case(dict(max_position_embeddings=4096, sliding_window=300,
                              rope_parameters={"full_attention": rope(1e6, "linear", factor=8.0),
                                               "sliding_attention": rope(1e4)}), long=True),
    }),
    "gemma3-vision": ("Gemma3ForConditionalGeneration", {}, 40, {
        "nested-bf16": Case(dict(text_config={**SMALL, "num_hidden_layers": 3, "sliding_window": 5,
                                              "query_pre_attn_scalar": 7, "sliding_window_pattern": 2,
                                              "rope_parameters": None, "tie_word_embeddings": True},
                                 vision_config=VISION, mm_tokens_per_image=1)),
        "published-bf16": Case(dict(text_config={**SMALL, "num_hidden_layers": 4, "sliding_window": 7, "head_dim": 10,
                                                 "query_pre_attn_scalar": 11, "sliding_window_pattern": 3,
                                                 "num_key_value_heads": 1, "tie_word_embeddings": True,
                                                 "rope_parameters": {"full_attention": rope(1e6, "linear", factor=8.0),
                                                                     "sliding_attention": rope(1e4)}},
                                    vision_config=VISION, mm_tokens_per_image=1), style=gemma_3_vision_of_version_4),
    }),
    "gemma4": ("Gemma4ForCausalLM", GEMMA_4, 40, {
        "wide-bf16": Case(dict()),
        "keys-bf16": Case(dict(attention_k_eq_v=True, num_global_key_value_heads=1, global_head_dim=10, attention_bias=True,
                               final_logit_softcapping=None, tie_word_embeddings=False,
                               use_bidirectional_attention="vision"), style=gemma_4_as_published),
        "far-bf16": Case(dict(attention_k_eq_v=True, num_global_key_value_heads=4, num_hidden_layers=3, hidden_size=24,
                              layer_types=["full_attention", "sliding_attention", "full_attention"],
                              max_position_embeddings=4096, sliding_window=300, rope_parameters={
                                  "full_attention": rope(1e5, "proportional", partial_rotary_factor=0.5, factor=2.0),
                                  "sliding_attention": rope(1e3)}), long=True),
    }),
    "gemma4-vision": ("Gemma4ForConditionalGeneration", {}, 40, {
        "nested-bf16": Case(dict(text_config={**GEMMA_4, "pad_token_id": 0}, vision_config=VISION_OF_GEMMA_4)),
        "published-bf16": Case(dict(text_config={**GEMMA_4, "pad_token_id": 0, "attention_k_eq_v": True,
                                                 "num_global_key_value_heads": 1, "global_head_dim": 8,
                                                 "final_logit_softcapping": 30.0},
                                    vision_config=VISION_OF_GEMMA_4), style=gemma_4_as_published),
    }),
    "mistral3": ("Mistral3ForConditionalGeneration", {}, 40, {
        "untied-bf16": Case(dict(text_config={**SMALL, "model_type": "mistral", "sliding_window": None},
                                 vision_config={**VISION, "model_type": "pixtral", "head_dim": 8},
                                 tie_word_embeddings=False)),
        "renamed-bf16": Case(dict(text_config={**SMALL, "model_type": "mistral", "sliding_window": 5, "head_dim": 10,
                                                 "num_key_value_heads": 1, "num_hidden_layers": 2,
                                                 "rope_parameters": rope(1e9)},
                                  vision_config={**VISION, "model_type": "pixtral", "head_dim": 8},
                                  tie_word_embeddings=False), weights=model_in_front),
        "ministral3-bf16": Case(dict(text_config={**SMALL, "model_type": "ministral3", "tie_word_embeddings": True,
                                                  "num_hidden_layers": 2, "rope_parameters": rope(
                                                      1e6, "yarn", factor=8.0, original_max_position_embeddings=16,
                                                      mscale=1.0, mscale_all_dim=1.0, llama_4_scaling_beta=0.4)},
                                     vision_config={**VISION, "model_type": "pixtral", "head_dim": 8})),
    }),
    "phi3": ("Phi3ForCausalLM", {**WITHOUT_HEAD_DIM, "hidden_size": 32, "pad_token_id": 0}, 40, {
        "plain-bf16": Case(dict(sliding_window=6, num_key_value_heads=4), style=version_4),
        "partial-bf16": Case(dict(tie_word_embeddings=True, original_max_position_embeddings=64, num_hidden_layers=2,
                                  rope_parameters=rope(1e4, "longrope", partial_rotary_factor=0.75,
                                                       short_factor=[1.0, 1.3, 2.5], long_factor=[1.0, 4.0, 9.0])),
                             style=version_4),
        "long-bf16": Case(dict(original_max_position_embeddings=96, num_hidden_layers=2,
                               rope_parameters=rope(1e4, "longrope", short_factor=[1.0, 1.1, 1.3, 2.5],
                                                    long_factor=[1.0, 4.0, 9.0, 20.0]))),
        "beyond-bf16": Case(dict(original_max_position_embeddings=16, num_hidden_layers=2,
                                 rope_parameters=rope(1e4, "longrope", short_factor=[1.0, 1.1, 1.3, 2.5],
                                                      long_factor=[1.0, 4.0, 9.0, 20.0]))),
        "far-bf16": Case(dict(original_max_position_embeddings=1024, max_position_embeddings=4096, num_hidden_layers=2,
                              rope_parameters=rope(1e4, "longrope", partial_rotary_factor=0.75,
                                                   short_factor=[1.0, 1.3, 2.5], long_factor=[1.0, 4.0, 9.0])),
                         style=version_4, long=True),
    }),
    "olmo2": ("Olmo2ForCausalLM", {**WITHOUT_HEAD_DIM, "rms_norm_eps": 1e-5, "pad_token_id": 0}, 40, {
        "grouped-bf16": Case(dict(rope_parameters=rope(5e5)), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, num_key_value_heads=4, tie_word_embeddings=True)),
    }),
    "olmo3": ("Olmo3ForCausalLM", {**WITHOUT_HEAD_DIM, "num_hidden_layers": 5, "sliding_window": 5, "pad_token_id": 0},
              40, {
        "scaled-bf16": Case(dict(rope_parameters={
            "full_attention": rope(5e5, "yarn", factor=8.0, original_max_position_embeddings=16, attention_factor=1.2),
            "sliding_attention": rope(5e5)})),
        "plain-bf16": Case(dict(num_hidden_layers=4, rope_parameters={"full_attention": rope(5e5),
                                                                      "sliding_attention": rope(5e5)}),
                           style=olmo_3_of_version_4),
    }),
    "smollm3": ("SmolLM3ForCausalLM", {**WITHOUT_HEAD_DIM, "num_hidden_layers": 4, "tie_word_embeddings": True}, 40, {
        "fourth-bf16": Case(dict(rope_parameters=rope(5e6)), style=version_4),
        "sliding-bf16": Case(dict(no_rope_layers=[1, 0, 1, 0], use_sliding_window=True, sliding_window=5,
                                  attention_bias=True, mlp_bias=True, tie_word_embeddings=False)),
    }),
    "granite": ("GraniteForCausalLM", WITHOUT_HEAD_DIM, 40, {
        "scaled-bf16": Case(dict(embedding_multiplier=1.7, residual_multiplier=0.6, attention_multiplier=0.31,
                                 logits_scaling=3.0, tie_word_embeddings=True), style=version_4),
        "biased-bf16": Case(dict(embedding_multiplier=2.0, residual_multiplier=0.7, attention_multiplier=0.5,
                                 logits_scaling=4.0, attention_bias=True, mlp_bias=True)),
    }),
    "qwen3_moe": ("Qwen3MoeForCausalLM", {**SMALL, "moe_intermediate_size": 8, "num_experts": 6,
                                          "num_experts_per_tok": 2, "num_hidden_layers": 2}, 40, {
        "normalised-bf16": Case(dict(norm_topk_prob=True, rope_parameters=rope(1e6)), style=version_4),
        "mixed-bf16": Case(dict(norm_topk_prob=False, num_experts_per_tok=3, mlp_only_layers=[1], num_hidden_layers=3,
                                num_experts=4, use_sliding_window=True, sliding_window=6)),
        "sparse-bf16": Case(dict(norm_topk_prob=True, decoder_sparse_step=2, tie_word_embeddings=True)),
    }),
    "mixtral": ("MixtralForCausalLM", {**SMALL, "num_hidden_layers": 2, "intermediate_size": 16,
                                       "num_local_experts": 4, "num_experts_per_tok": 2}, 40, {
        "full-bf16": Case(dict(rope_parameters=rope(1e6)), style=version_4),
        "sliding-bf16": Case(dict(sliding_window=5, num_experts_per_tok=1)),
    }),
    "ministral": ("MinistralForCausalLM", SMALL, 40, {
        "mixed-bf16": Case(dict(sliding_window=5, num_hidden_layers=3, rope_parameters=rope(1e8),
                                layer_types=["full_attention", "sliding_attention", "sliding_attention"])),
        "full-bf16": Case(dict(sliding_window=7, num_hidden_layers=2, head_dim=10, num_key_value_heads=4,
                               tie_word_embeddings=True, layer_types=["full_attention"] * 2), style=version_4),
    }),
    "ministral3": ("Ministral3ForCausalLM", {**SMALL, "rope_parameters": rope(
            1e6, "yarn", factor=8.0, original_max_position_embeddings=16, mscale=1.0, mscale_all_dim=1.0,
            llama_4_scaling_beta=0.4)}, 40, {
        "growing-bf16": Case(dict()),
        "far-bf16": Case(dict(max_position_embeddings=4096, head_dim=8, num_hidden_layers=2, rope_parameters=rope(
            1e6, "yarn", factor=8.0, original_max_position_embeddings=512, mscale=1.0, mscale_all_dim=1.0,
            llama_4_scaling_beta=0.1, type="yarn")), long=True),
    }),
    "seed_oss": ("SeedOssForCausalLM", SMALL, 40, {
        "inputs-bf16": Case(dict(rope_parameters=rope(1e7)), style=version_4),
        "all-bf16": Case(dict(attention_out_bias=True, mlp_bias=True, num_key_value_heads=1, num_hidden_layers=2)),
        "none-bf16": Case(dict(attention_bias=False, head_dim=10, tie_word_embeddings=True, num_hidden_layers=2)),
    }),
    "gemma": ("GemmaForCausalLM", {**SMALL, "tie_word_embeddings": True}, 40, {
        "shared-bf16": Case(dict(num_key_value_heads=1, head_dim=10), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, tie_word_embeddings=False, num_key_value_heads=4,
                                 num_hidden_layers=2)),
    }),
    "exaone4": ("Exaone4ForCausalLM", WITHOUT_HEAD_DIM, 40, {
        "hybrid-bf16": Case(dict(num_hidden_layers=5, sliding_window=5, sliding_window_pattern=4,
                                 rope_parameters=rope(1e6, "llama3", factor=16.0, low_freq_factor=1.0,
                                                      high_freq_factor=4.0, original_max_position_embeddings=16)),
                            style=exaone_of_version_4),
        "patterned-bf16": Case(dict(num_hidden_layers=4, sliding_window=7, sliding_window_pattern=2), style=version_4),
        "full-bf16": Case(dict(sliding_window=None, layer_types=["full_attention"] * 2, num_hidden_layers=2,
                               tie_word_embeddings=True, num_key_value_heads=4)),
    }),
    "olmoe": ("OlmoeForCausalLM", {**WITHOUT_HEAD_DIM, "intermediate_size": 16, "num_experts": 6,
                                   "num_experts_per_tok": 2, "num_hidden_layers": 2, "pad_token_id": 0}, 40, {
        "plain-bf16": Case(dict(num_key_value_heads=4), style=version_4),
        "normalised-bf16": Case(dict(norm_topk_prob=True, num_experts_per_tok=3, attention_bias=True, num_experts=4,
                                     tie_word_embeddings=True)),
    }),
    "glm": ("GlmForCausalLM", {**SMALL, "head_dim": 8, "pad_token_id": 0,
                               "rope_parameters": rope(1e4, partial_rotary_factor=0.5)}, 40, {
        "half-bf16": Case(dict(), style=version_4),
        "unbiased-bf16": Case(dict(attention_bias=False, head_dim=16, num_key_value_heads=1, num_hidden_layers=2,
                                   tie_word_embeddings=True, rope_parameters=rope(1e5, partial_rotary_factor=0.25))),
    }),
    "glm4": ("Glm4ForCausalLM", {**SMALL, "head_dim": 8, "pad_token_id": 0,
                                 "rope_parameters": rope(1e4, partial_rotary_factor=0.5)}, 40, {
        "biased-bf16": Case(dict(attention_bias=True, num_hidden_layers=2)),
        "yarn-bf16": Case(dict(attention_bias=False, head_dim=12, num_key_value_heads=1, rope_parameters=rope(
            1e4, "yarn", factor=4.0, original_max_position_embeddings=16, partial_rotary_factor=0.5)), style=version_4),
    }),
    "ernie4_5": ("Ernie4_5ForCausalLM", {**SMALL, "tie_word_embeddings": True}, 40, {
        "tied-bf16": Case(dict(rope_parameters=rope(5e5)), style=version_4),
        "biased-bf16": Case(dict(use_bias=True, head_dim=10, tie_word_embeddings=False, num_hidden_layers=2)),
    }),
    "granite4": ("GraniteMoeHybridForCausalLM", {
        **WITHOUT_HEAD_DIM, "embedding_multiplier": 1.7, "residual_multiplier": 0.6, "attention_multiplier": 0.31,
        "logits_scaling": 3.0, "num_local_experts": 0, "num_experts_per_tok": 0, "shared_intermediate_size": 20,
        "mamba_n_heads": 4, "layer_types": ["full_attention"] * 3, "position_embedding_type": "rope"}, 40, {
        "tied-bf16": Case(dict(tie_word_embeddings=True, rope_parameters=rope(1e7)), style=granite_4_of_version_4),
        "unturned-bf16": Case(dict(position_embedding_type="nope", attention_bias=True, num_key_value_heads=4)),
        "experts-bf16": Case(dict(num_local_experts=6, num_experts_per_tok=2, intermediate_size=8, num_hidden_layers=2,
                                  layer_types=["full_attention"] * 2, tie_word_embeddings=True),
                             style=granite_4_of_version_4),
    }),
    "gpt_oss": ("GptOssForCausalLM", {**SMALL, "intermediate_size": 16, "num_local_experts": 6, "num_experts_per_tok": 2,
                                      "num_hidden_layers": 2, "sliding_window": 5, "swiglu_limit": 1.5,
                                      "rope_parameters": rope(1.5e5, "yarn", factor=8.0, beta_fast=4.0, beta_slow=0.5,
                                                              original_max_position_embeddings=16,
                                                              truncate=False)}, 40, {
        "yarn-bf16": Case(dict(num_hidden_layers=3), style=version_4),
        "unbiased-bf16": Case(dict(attention_bias=False, sliding_window=7, num_key_value_heads=4, head_dim=10,
                                   tie_word_embeddings=True, layer_types=["full_attention", "sliding_attention"],
                                   num_local_experts=4, num_experts_per_tok=3, swiglu_alpha=1.3, swiglu_limit=0.8,
                                   rope_parameters=rope(1e4))),
        "far-bf16": Case(dict(max_position_embeddings=4096, head_dim=8, sliding_window=300, num_local_experts=2,
                              rope_parameters=rope(1.5e5, "yarn", factor=8.0, original_max_position_embeddings=512,
                                                   truncate=False)), style=version_4, long=True),
    }),
    "qwen2_moe": ("Qwen2MoeForCausalLM", {**WITHOUT_HEAD_DIM, "moe_intermediate_size": 8, "num_experts": 6,
                                          "num_experts_per_tok": 2, "shared_expert_intermediate_size": 10}, 40, {
        "stepped-bf16": Case(dict(decoder_sparse_step=2, rope_parameters=rope(1e6)), style=version_4),
        "sliding-bf16": Case(dict(use_sliding_window=True, sliding_window=5, max_window_layers=2, mlp_only_layers=[1],
                                  norm_topk_prob=True, qkv_bias=False, num_experts=4, num_experts_per_tok=3,
                                  tie_word_embeddings=True)),
    }),
    "glm4_moe": ("Glm4MoeForCausalLM", {**SMALL, "head_dim": 8, "moe_intermediate_size": 8, "n_routed_experts": 8,
                                        "num_experts_per_tok": 3, "pad_token_id": 0,
                                        "rope_parameters": rope(1e6, partial_rotary_factor=0.5)}, 40, {
        "grouped-bf16": Case(dict(n_group=4, topk_group=2, routed_scaling_factor=2.5, first_k_dense_replace=1,
                                  attention_bias=True), style=version_4),
        "normed-bf16": Case(dict(use_qk_norm=True, norm_topk_prob=False, n_routed_experts=6, n_shared_experts=2,
                                 num_experts_per_tok=2, first_k_dense_replace=0, num_hidden_layers=2,
                                 num_key_value_heads=1, tie_word_embeddings=True)),
    }),
    "dots1": ("Dots1ForCausalLM", {**SMALL, "moe_intermediate_size": 8, "n_routed_experts": 6, "num_experts_per_tok": 2,
                                   "n_shared_experts": 2, "first_k_dense_replace": 1}, 40, {
        "sliding-bf16": Case(dict(sliding_window=5, max_window_layers=1, norm_topk_prob=True,
                                  routed_scaling_factor=2.5)),
        "grouped-bf16": Case(dict(sliding_window=None, n_group=3, topk_group=2, n_shared_experts=1, head_dim=10,
                                  attention_bias=True, num_hidden_layers=2, tie_word_embeddings=True), style=version_4),
    }),
    "ernie4_5_moe": ("Ernie4_5_MoeForCausalLM", {**SMALL, "moe_intermediate_size": 8, "moe_num_experts": 6, "moe_k": 2,
                                                 "moe_num_shared_experts": 2, "tie_word_embeddings": True}, 40, {
        "tied-bf16": Case(dict(rope_parameters=rope(5e5)), style=version_4,
                          exact=("gate.weight", "e_score_correction_bias")),
        "stepped-bf16": Case(dict(moe_layer_interval=2, moe_layer_start_index=0, moe_layer_end_index=2,
                                  moe_num_shared_experts=1, moe_num_experts=4, moe_k=3, num_hidden_layers=4,
                                  head_dim=10, tie_word_embeddings=False)),
    }),
    "minimax_m2": ("MiniMaxM2ForCausalLM", {**SMALL, "head_dim": 8, "intermediate_size": 8, "num_local_experts": 6,
                                            "num_experts_per_tok": 2, "num_hidden_layers": 2,
                                            "rope_parameters": rope(5e6, partial_rotary_factor=0.5)}, 40, {
        "partial-bf16": Case(dict(), style=minimax_m2_of_version_4),
        "whole-bf16": Case(dict(head_dim=6, num_key_value_heads=1, num_local_experts=4, num_experts_per_tok=3,
                                tie_word_embeddings=True, rope_parameters=rope(1e4, partial_rotary_factor=1.0))),
    }),
    "exaone_moe": ("ExaoneMoeForCausalLM", {**WITHOUT_HEAD_DIM, "moe_intermediate_size": 8, "num_experts": 6,
                                            "num_experts_per_tok": 2}, 40, {
        "hybrid-bf16": Case(dict(num_hidden_layers=4, sliding_window=5, sliding_window_pattern=3, n_group=3,
                                 topk_group=2, first_k_dense_replace=2, num_shared_experts=2), style=version_4),
        "mixed-bf16": Case(dict(sliding_window=7, norm_topk_prob=False, tie_word_embeddings=True,
                                layer_types=["full_attention", "sliding_attention", "full_attention"],
                                mlp_layer_types=["sparse", "dense", "sparse"])),
    }),
    "solar_open": ("SolarOpenForCausalLM", {**SMALL, "moe_intermediate_size": 8, "n_routed_experts": 6,
                                            "num_experts_per_tok": 2, "num_hidden_layers": 2}, 40, {
        "yarn-bf16": Case(dict(attention_bias=True, routed_scaling_factor=1.8, rope_parameters=rope(
            1e6, "yarn", factor=2.0, original_max_position_embeddings=16)), style=version_4),
        "grouped-bf16": Case(dict(n_group=3, topk_group=2, n_shared_experts=2, norm_topk_prob=False, head_dim=10,
                                  num_key_value_heads=4, tie_word_embeddings=True)),
    }),
    "granite_moe": ("GraniteMoeForCausalLM", {**WITHOUT_HEAD_DIM, "intermediate_size": 8, "num_local_experts": 6,
                                              "num_experts_per_tok": 2, "num_hidden_layers": 2}, 40, {
        "scaled-bf16": Case(dict(embedding_multiplier=1.7, residual_multiplier=0.6, attention_multiplier=0.31,
                                 logits_scaling=3.0, tie_word_embeddings=True), style=version_4),
        "biased-bf16": Case(dict(embedding_multiplier=2.0, residual_multiplier=0.7, attention_multiplier=0.5,
                                 attention_bias=True, num_local_experts=4, num_experts_per_tok=3)),
    }),
    "granite_moe_shared": ("GraniteMoeSharedForCausalLM", {
        **WITHOUT_HEAD_DIM, "intermediate_size": 8, "num_local_experts": 6, "num_experts_per_tok": 2,
        "num_hidden_layers": 2, "embedding_multiplier": 1.7, "residual_multiplier": 0.6, "attention_multiplier": 0.31,
        "logits_scaling": 3.0, "shared_intermediate_size": 10}, 40, {
        "shared-bf16": Case(dict(tie_word_embeddings=True), style=version_4),
        "alone-bf16": Case(dict(shared_intermediate_size=0, attention_bias=True, num_key_value_heads=1)),
    }),
    "granite_swa": ("GraniteSWAForCausalLM", {
        **WITHOUT_HEAD_DIM, "sliding_window": 5, "embedding_multiplier": 1.7, "residual_multiplier": 0.6,
        "attention_multiplier": 0.31, "logits_scaling": 3.0}, 40, {
        "based-bf16": Case(dict(num_hidden_layers=5, layer_rope_theta=[1e4, 1e6, 0, 1e4, 0])),
        "biased-bf16": Case(dict(attention_bias=True, mlp_bias=True, sliding_window=7, num_key_value_heads=4,
                                 tie_word_embeddings=True,
                                 layer_types=["sliding_attention", "full_attention", "sliding_attention"]),
                            style=granite_swa_of_version_4),
    }),
    "granite_moe_swa": ("GraniteMoeSWAForCausalLM", {
        **WITHOUT_HEAD_DIM, "intermediate_size": 8, "num_local_experts": 6, "num_experts_per_tok": 2, "sliding_window": 5,
        "embedding_multiplier": 1.7, "residual_multiplier": 0.6, "attention_multiplier": 0.31, "logits_scaling": 3.0,
        "shared_intermediate_size": 10}, 40, {
        "shared-bf16": Case(dict(num_hidden_layers=2, layer_rope_theta=[0, 1e6], tie_word_embeddings=True)),
        "alone-bf16": Case(dict(num_hidden_layers=2, shared_intermediate_size=0, attention_bias=True,
                                num_key_value_heads=1, sliding_window=7, rope_parameters=rope(1e5)), style=version_4),
    }),
    "llama4": ("Llama4ForCausalLM", LLAMA_4, 40, {
        "chunked-bf16": Case(dict(rope_parameters=rope(5e5, "llama3", factor=8.0, low_freq_factor=1.0,
                                                       high_freq_factor=4.0, original_max_position_embeddings=16))),
        "mixed-bf16": Case(dict(num_hidden_layers=3, no_rope_layers=[1, 0, 1], moe_layers=[0, 2], use_qk_norm=False,
                                attention_bias=True, attn_temperature_tuning=False, attention_chunk_size=7,
                                num_key_value_heads=4, head_dim=10, tie_word_embeddings=True), style=version_4),
        "far-bf16": Case(dict(attention_chunk_size=300, floor_scale=256, max_position_embeddings=4096, head_dim=8,
                              num_local_experts=2, num_hidden_layers=2, no_rope_layers=[1, 0]), style=version_4,
                         long=True),
    }),
    "llama4-vision": ("Llama4ForConditionalGeneration", {}, 40, {
        "nested-bf16": Case(dict(text_config=LLAMA_4, vision_config=VISION_OF_LLAMA_4)),
        "published-bf16": Case(dict(text_config={**LLAMA_4, "num_local_experts": 4, "interleave_moe_layer_step": 1,
                                                 "num_hidden_layers": 2, "no_rope_layers": [1, 0]},
                                    vision_config=VISION_OF_LLAMA_4), style=llama_4_vision_of_version_4),
    }),
    "helium": ("HeliumForCausalLM", {**SMALL, "hidden_size": 24, "num_key_value_heads": 4, "rms_norm_eps": 1e-8,
                                     "pad_token_id": 3}, 40, {
        "plain-bf16": Case(dict(rope_parameters=rope(1e5)), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, mlp_bias=True, num_key_value_heads=1, num_hidden_layers=2,
                                 tie_word_embeddings=True)),
    }),
    "cwm": ("CwmForCausalLM", {**SMALL, "eos_token_id": [2, 3], "rope_parameters": rope(
            1e6, "llama3", factor=16.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=16)}, 40, {
        "patterned-bf16": Case(dict(num_hidden_layers=5, sliding_window=5), style=version_4),
        "listed-bf16": Case(dict(sliding_window=7, mlp_bias=True, head_dim=10, num_key_value_heads=1,
                                 tie_word_embeddings=True, layer_types=["sliding_attention", "full_attention"],
                                 num_hidden_layers=2)),
    }),
    "hyperclovax": ("HyperCLOVAXForCausalLM", {**SMALL, "embedding_multiplier": 3.0, "logits_scaling": 0.3,
                                               "residual_multiplier": 0.7, "attention_multiplier": 0.2}, 40, {
        "around-bf16": Case(dict(rope_parameters=rope(1e8)), style=version_4),
        "before-bf16": Case(dict(use_post_norm=False, attention_multiplier=None, attention_bias=True, mlp_bias=True,
                                 head_dim=10, num_hidden_layers=2, tie_word_embeddings=True)),
    }),
    "hunyuan_v1_dense": ("HunYuanDenseV1ForCausalLM", {**SMALL, "pad_token_id": 0}, 40, {
        "stretched-bf16": Case(dict(tie_word_embeddings=True, rope_parameters=rope(1e4, "dynamic", alpha=1000.0, factor=1.0)),
                               style=hunyuan_of_version_4),
        "plain-bf16": Case(dict(attention_bias=True, head_dim=10, num_key_value_heads=1, num_hidden_layers=2)),
    }),
    "arcee": ("ArceeForCausalLM", SMALL, 40, {
        "yarn-bf16": Case(dict(rope_parameters=rope(1e4, "yarn", factor=20.0, beta_slow=1.0, beta_fast=32.0,
                                                    original_max_position_embeddings=16)), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, mlp_bias=True, head_dim=10, num_key_value_heads=1,
                                 num_hidden_layers=2, tie_word_embeddings=True)),
    }),
    "apertus": ("ApertusForCausalLM", {**WITHOUT_HEAD_DIM, "pad_token_id": 0, "dtype": "bfloat16"}, 40, {
        "scaled-bf16": Case(dict(rope_parameters=rope(1.2e7, "llama3", factor=8.0, low_freq_factor=1.0,
                                                      high_freq_factor=4.0, original_max_position_embeddings=16)),
                            style=apertus_of_version_4),
        "biased-bf16": Case(dict(attention_bias=True, num_key_value_heads=1, hidden_size=24, num_hidden_layers=2,
                                 tie_word_embeddings=True, rope_parameters=rope(1e5))),
    }),
    "nanochat": ("NanoChatForCausalLM", {**WITHOUT_HEAD_DIM, "pad_token_id": 1, "hidden_size": 24}, 40, {
        "capped-bf16": Case(dict(num_key_value_heads=4)),
        "mild-bf16": Case(dict(attention_bias=True, num_key_value_heads=1, num_hidden_layers=2,
                               final_logit_softcapping=40.0, rope_parameters=rope(1e5), tie_word_embeddings=True),
                          style=version_4),
    }),
    "olmo": ("OlmoForCausalLM", {**LAYER_NORMED_WITHOUT_HEAD_DIM, "pad_token_id": 1}, 40, {
        "clipped-bf16": Case(dict(clip_qkv=0.8, num_key_value_heads=4), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, num_hidden_layers=2, tie_word_embeddings=True,
                                 rope_parameters=rope(1e5, "linear", factor=4.0))),
    }),
    "starcoder2": ("Starcoder2ForCausalLM", {**LAYER_NORMED, "norm_epsilon": 1e-5, "tie_word_embeddings": True}, 40, {
        "sliding-bf16": Case(dict(sliding_window=5, rope_parameters=rope(1e5)), style=starcoder_2_of_version_4),
        "full-bf16": Case(dict(use_bias=False, head_dim=10, num_key_value_heads=1, num_hidden_layers=2,
                               tie_word_embeddings=False)),
    }),
    "stablelm": ("StableLmForCausalLM", {**LAYER_NORMED_WITHOUT_HEAD_DIM, "hidden_size": 32, "layer_norm_eps": 1e-5,
                                         "rope_parameters": rope(1e4, partial_rotary_factor=0.25)}, 40, {
        "sequential-bf16": Case(dict(use_qkv_bias=True, num_key_value_heads=4), style=version_4),
        "parallel-bf16": Case(dict(use_parallel_residual=True, qk_layernorm=True, num_hidden_layers=2, num_key_value_heads=2,
                                   tie_word_embeddings=True,
                                   rope_parameters=rope(1e5, partial_rotary_factor=0.5))),
    }),
    "nemotron": ("NemotronForCausalLM", {**LAYER_NORMED, "norm_eps": 1e-5, "head_dim": 8,
                                         "rope_parameters": rope(1e4, partial_rotary_factor=0.5)}, 40, {
        "half-bf16": Case(dict(), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, mlp_bias=True, head_dim=12, num_key_value_heads=1,
                                 num_hidden_layers=2, tie_word_embeddings=True)),
    }),
    "cohere": ("CohereForCausalLM", {**LAYER_NORMED_WITHOUT_HEAD_DIM, "layer_norm_eps": 1e-5, "pad_token_id": 0, "logit_scale": 0.3,
                                     "tie_word_embeddings": True}, 40, {
        "plain-bf16": Case(dict(rope_parameters=rope(8e6), num_key_value_heads=4), style=version_4),
        "normalised-bf16": Case(dict(use_qk_norm=True, attention_bias=True, hidden_size=24, num_hidden_layers=2,
                                     tie_word_embeddings=False)),
    }),
    "cohere2": ("Cohere2ForCausalLM", {**LAYER_NORMED_WITHOUT_HEAD_DIM, "layer_norm_eps": 1e-5, "pad_token_id": 0, "logit_scale": 0.25,
                                       "tie_word_embeddings": True, "sliding_window": 5}, 40, {
        "patterned-bf16": Case(dict(num_hidden_layers=5, rope_parameters=rope(5e4)), style=cohere_2_of_version_4),
        "listed-bf16": Case(dict(attention_bias=True, hidden_size=24, num_key_value_heads=1, sliding_window=7,
                                 num_hidden_layers=2, layer_types=["full_attention", "sliding_attention"],
                                 tie_word_embeddings=False)),
    }),
    "phi": ("PhiForCausalLM", {**LAYER_NORMED_WITHOUT_HEAD_DIM, "hidden_size": 32, "layer_norm_eps": 1e-5,
                               "rope_parameters": rope(1e4, partial_rotary_factor=0.5)}, 40, {
        "half-bf16": Case(dict(num_key_value_heads=4), style=version_4),
        "grouped-bf16": Case(dict(num_hidden_layers=2, rope_parameters=rope(1e5, partial_rotary_factor=0.25))),
    }),
    "gpt_neox": ("GPTNeoXForCausalLM", {**{k: v for k, v in LAYER_NORMED_WITHOUT_HEAD_DIM.items()
                                           if k != "num_key_value_heads"},
                                        "hidden_size": 32, "layer_norm_eps": 1e-5,
                                        "rope_parameters": rope(1e4, partial_rotary_factor=0.25)}, 40, {
        "pythia-f16": Case(dict(), torch.float16, pythia, weights=lambda name: name.replace("lm_head", "embed_out")),
        "sequential-bf16": Case(dict(use_parallel_residual=False, attention_bias=False, num_hidden_layers=2, hidden_size=24,
                                     num_attention_heads=2, tie_word_embeddings=True, hidden_act="gelu_fast",
                                     rope_parameters=rope(1e5, "linear", factor=4.0, partial_rotary_factor=0.5))),
    }),
    "gpt2": ("GPT2LMHeadModel", {"vocab_size": 61, "n_embd": 16, "n_layer": 3, "n_head": 4, "n_positions": 80,
                                 "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": None}, 40, {
        "openai-f32": Case(dict(), torch.float32, gpt_2_of_version_2, weights=lambda name: name.removeprefix("transformer.")),
        "untied-bf16": Case(dict(n_head=2, n_layer=2, n_inner=24, activation_function="gelu", tie_word_embeddings=False)),
    }),
    "falcon": ("FalconForCausalLM", {"vocab_size": 61, "hidden_size": 24, "num_hidden_layers": 2,
                                     "num_attention_heads": 4, "max_position_embeddings": 128, "bos_token_id": 1,
                                     "eos_token_id": 2, "pad_token_id": None, "rope_parameters": ROTARY}, 40, {
        "one-bf16": Case(dict(num_hidden_layers=3, hidden_size=16), style=version_4),
        "grouped-bf16": Case(dict(new_decoder_architecture=True, num_kv_heads=2, ffn_hidden_size=40, bias=True,
                                  tie_word_embeddings=False, rope_parameters=rope(1e5))),
        "sharing-bf16": Case(dict(new_decoder_architecture=True, num_kv_heads=2, num_ln_in_parallel_attn=1,
                                  rope_parameters=rope(5e6))),
    }),
    "gptj": ("GPTJForCausalLM", {"vocab_size": 61, "n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 80,
                                 "rotary_dim": 4, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": None}, 40, {
        "part-f16": Case(dict(n_layer=3), torch.float16, version_4),
        "tied-bf16": Case(dict(rotary_dim=8, n_inner=40, tie_word_embeddings=True, activation_function="gelu")),
    }),
    "jais2": ("Jais2ForCausalLM", {**LAYER_NORMED, "layer_norm_eps": 1e-5}, 40, {
        "biased-bf16": Case(dict(rope_parameters=rope(5e5)), style=version_4),
        "unbiased-bf16": Case(dict(attention_bias=False, mlp_bias=False, head_dim=10, num_key_value_heads=1,
                                   num_hidden_layers=2, tie_word_embeddings=True)),
    }),
    "vaultgemma": ("VaultGemmaForCausalLM", {**SMALL, "hidden_size": 24, "sliding_window": 5, "query_pre_attn_scalar": 9,
                                             "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0,
                                             "tie_word_embeddings": True}, 40, {
        "capped-bf16": Case(dict(), style=version_4),
        "biased-bf16": Case(dict(attention_bias=True, head_dim=10, num_key_value_heads=1, num_hidden_layers=2,
                                 attn_logit_softcapping=50.0, final_logit_softcapping=30.0, sliding_window=3,
                                 tie_word_embeddings=False)),
    }),
}


def spread(model, case):
    """Random weights, rounded to what storage will keep."""
    kind = type(model).__name__
    for name, weight in model.named_parameters():
        vision = "vision" in name
        norm = name.endswith("norm.weight") or "layernorm" in name or (
            not vision and (".post_norm" in name or ".ln_" in name))
        if norm and (vision or not name.endswith("bias")):
            centred = "Nemotron" in kind or "Gemma" in kind and "Gemma4" not in kind
            weight.uniform_(-0.4, 0.4) if centred else weight.uniform_(0.6, 1.4)
        elif name.endswith("bias"):
            weight.normal_(0, 0.3)
        elif ".act_fn.alpha" in name:  # before softplus
            weight.uniform_(-1.0, 1.0)
        elif name.endswith(("mlp.gate.weight", "router.weight")):  # a router, to be decisive
            weight.normal_(0, 2.6 / weight.shape[-1] ** 0.5)
        elif "embed_tokens" in name or "embed_in" in name or "wte" in name or "wpe" in name or "word_embed" in name:
            weight.normal_(0, 0.7)
        elif name.endswith("sinks"):
            weight.normal_(0, 1)
        else:
            weight.normal_(0, 1.3 / weight.shape[-1] ** 0.5)
        if not name.endswith(case.exact):
            weight.copy_(weight.to(case.dtype).float())
    for name, buffer in model.named_buffers():
        if name.endswith("e_score_correction_bias"):
            buffer.normal_(0, 0.3)
        elif name.endswith("layer_scalar"):
            buffer.uniform_(0.6, 1.4)
            buffer.copy_(buffer.to(case.dtype).float())


def save(family, case, seed, out):
    """Writes the checkpoint directory."""
    kind, base, _, _ = FAMILIES[family]
    cls = getattr(transformers, kind)
    torch.manual_seed(seed)
    model = cls(cls.config_class(**{**base, **case.changes})).eval()
    with torch.no_grad():
        spread(model, case)
    stored = {name: tensor if name.endswith(case.exact) else tensor.to(case.dtype)
              for name, tensor in model.state_dict().items()}
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    options = {"max_shard_size": case.shard_size} if case.shard_size else {}
    model.to(case.dtype).save_pretrained(out, state_dict=stored, **options)
    (out / "generation_config.json").unlink(missing_ok=True)
    config = case.style(json.loads((out / "config.json").read_text()))
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    if case.weights:
        stored = out / "model.safetensors"
        save_file({case.weights(name): tensor for name, tensor in load_file(stored).items()}, stored,
                  metadata={"format": "pt"})


class Reference:
    """transformers' model of a directory, with hooks on its blocks and its routers."""

    def __init__(self, kind, directory, dtype):
        whole = getattr(transformers, kind).from_pretrained(
            directory, dtype=dtype, attn_implementation="eager").eval()
        # Transformers 5.24 cannot run the whole of Llama 4.
        self.model = whole if hasattr(whole, "model") or not hasattr(whole, "language_model") else whole.language_model
        text = getattr(self.model.base_model, "language_model", self.model.base_model)
        self.blocks, self.router_margin = [], float("inf")
        for layer in text.h if hasattr(text, "h") else text.layers:
            layer.register_forward_hook(lambda m, i, o: self.blocks.append(o[0] if isinstance(o, tuple) else o))
            for name, module in layer.named_modules():
                if hasattr(module, "top_k") and name.endswith(("gate", "router")):
                    module.register_forward_hook(self.note_router)

    def note_router(self, module, inputs, output):
        """How clear its choices were, of groups and of experts, in the unit of what it computes."""
        scores = output[1] if isinstance(module, torch.nn.Linear) else output[0]  # Llama 4 has another order
        merits, k = scores.float(), module.top_k
        statics = getattr(module, "moe_statics", module)
        bias = inputs[1] if len(inputs) > 1 else getattr(statics, "e_score_correction_bias", None)
        if bias is not None:  # the slope of what turns it into a score is at most 1/4
            merits = 4 * ((merits.softmax(-1) if statics is not module else merits.sigmoid()) + bias.float().flatten())
        groups = getattr(module, "num_group", 1)
        if groups > 1:
            grouped = merits.unflatten(-1, (groups, -1))
            best = grouped.topk(2).values.sum(-1)
            self.note_gap(best, module.topk_group)
            chosen = best >= best.topk(module.topk_group).values[:, -1:]
            merits = grouped.masked_fill(~chosen.unsqueeze(-1), -float("inf")).flatten(1)
        self.note_gap(merits, k)

    def note_gap(self, merits, k):
        ranked = merits.sort(-1, descending=True).values
        if k < merits.shape[-1]:
            self.router_margin = min(self.router_margin, (ranked[:, k - 1] - ranked[:, k]).min().item())

    def run(self, ids):
        with torch.no_grad():
            self.model(ids[:, :1])  # dynamic scaling would keep the frequencies of a longer text that came before
            self.blocks = []
            logits = self.model(ids).logits
        return torch.stack([b.reshape(ids.shape[1], -1) for b in self.blocks]), logits[0]


def of_prompts(reference, seed):
    """Random prompts, and what the reference makes of them."""
    vocabulary = reference.model.config.get_text_config().vocab_size
    generator = torch.Generator().manual_seed(seed)
    out = {}
    for n, prompt in enumerate(PROMPT_LENGTHS):
        ids = torch.randint(3, vocabulary, (1, prompt), generator=generator)
        residuals, logits = reference.run(ids)
        out |= {f"ids.{n}": ids[0], f"resid_post.{n}": residuals, f"logits.{n}": logits}
    return out


def golden(family, directory, seed):
    """What goes into golden.safetensors, and whether no choice was nearly a tie."""
    kind, _, length, _ = FAMILIES[family]
    reference = Reference(kind, directory, torch.float32)
    out, smallest = of_prompts(reference, seed), float("inf")
    if reference.router_margin <= ROUTER_MARGIN_OF_PROMPTS:
        return None, smallest
    for n, prompt in enumerate(PROMPT_LENGTHS):
        path = out[f"ids.{n}"].unsqueeze(0)
        for _ in range(length):
            last = reference.run(path)[1][-1]
            top = last.topk(2).values
            smallest = min(smallest, (top[0] - top[1]).item() / last.std().item())
            if smallest <= MARGIN or reference.router_margin <= ROUTER_MARGIN:
                return None, smallest
            path = torch.cat([path, last.argmax().view(1, 1)], 1)
        out[f"greedy.{n}"] = path[0, prompt:]
    return out, smallest


def error(pairs):
    """How far found residuals and logits are from expected ones, as the header tells of bf16_error."""
    differences = [], []
    for (residuals, logits), (exact_residuals, exact_logits) in pairs:
        rows = [(0, *pair) for pair in zip(residuals, exact_residuals)] + [(1, logits, exact_logits)]
        for row, found, expected in rows:
            differences[row].append(((found.float() - expected) / expected.square().mean().sqrt()).flatten())
    return torch.stack([torch.stack([d.square().mean().sqrt(), d.abs().max()]) for d in map(torch.cat, differences)])


def bf16_error(family, directory, exact):
    reference = Reference(FAMILIES[family][0], directory, torch.bfloat16)
    return error((reference.run(exact[f"ids.{n}"].unsqueeze(0)), (exact[f"resid_post.{n}"], exact[f"logits.{n}"]))
                 for n in range(len(PROMPT_LENGTHS)))


def long_text(family, directory):
    """A text that goes far beyond what the rotation was made for, and some of what becomes of it."""
    def run(dtype):
        reference = Reference(FAMILIES[family][0], directory, dtype)
        residuals, logits = reference.run(ids)
        return residuals[:, positions], logits[positions]

    positions = torch.tensor(LONG_POSITIONS)
    ids = torch.randint(3, SMALL["vocab_size"], (1, LONG_POSITIONS[-1] + 1), generator=torch.Generator().manual_seed(7))
    exact = run(torch.float32)
    return {"long.ids": ids[0], "long.positions": positions, "long.resid_post": exact[0], "long.logits": exact[1],
            "long.bf16_error": error([(run(torch.bfloat16), exact)])}


def main(root, families):
    logging.disable_progress_bar()
    for family in FAMILIES:
        for name, case in FAMILIES[family][3].items():
            if families and not {family, f"{family}/{name}"} & set(families):
                continue
            out, seed = root / family / name, 0
            while True:
                save(family, case, seed, out)
                values, smallest = golden(family, out, seed)
                if values:
                    break
                seed += 1
            values["bf16_error"] = bf16_error(family, out, values)
            if case.long:
                values |= long_text(family, out)
            save_file({k: v.contiguous() for k, v in values.items()}, out / "golden.safetensors")
            size = sum(f.stat().st_size for f in out.iterdir())
            print(f"{family:10} {name:14} seed {seed} margin {smallest:.4f} bytes {size} "
                  f"bf16 {values['bf16_error'].flatten().tolist()}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
