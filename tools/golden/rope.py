"""Makes rope.json and rope.safetensors: queries that transformers turned to positions far from the start of a text.

usage: python rope.py OUTPUT_DIR      (plumbline-core/src/test/resources/dev/plumbline/model)

Needs torch, transformers (5.x), safetensors. Nothing is random but the query, which has a seed. For each configuration the
reference's own rotary module and its own function turn one query of a head in fp32 on the CPU, as the last token of a text
that ends there, for some scalings change with the length of the text. rope.json has, for each case, the configuration and
the layer whose rotation it is; rope.safetensors:

    positions     [P]
    query.<case>  [E]
    turned.<case> [P, E]
"""

import importlib
import json
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file

POSITIONS = (0, 1, 4095, 8191, 32767, 131071)


def rope(theta, kind="default", **more):
    return {"rope_type": kind, "rope_theta": theta, **more}


def grown(count, most):
    """Factors of LongRoPE: the slower a pair turns, the larger."""
    return [round(most ** (i / (count - 1)), 3) for i in range(count)]


WIDE = dict(hidden_size=256, intermediate_size=256, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            max_position_embeddings=131072)

# name: (architecture, module under transformers.models, changes of the configuration, layer)
CASES = {
    "plain-1e4": ("LlamaForCausalLM", "llama", {**WIDE, "rope_parameters": rope(1e4)}, 0),
    "plain-5e6": ("SmolLM3ForCausalLM", "smollm3", {**WIDE, "rope_parameters": rope(5e6), "pad_token_id": None}, 0),
    "plain-1e8": ("MinistralForCausalLM", "ministral", {**WIDE, "rope_parameters": rope(1e8)}, 0),
    "linear": ("LlamaForCausalLM", "llama", {**WIDE, "rope_parameters": rope(1e4, "linear", factor=8.0)}, 0),
    "dynamic": ("LlamaForCausalLM", "llama",
                {**WIDE, "max_position_embeddings": 8192, "rope_parameters": rope(1e4, "dynamic", factor=4.0)}, 0),
    "llama31": ("LlamaForCausalLM", "llama", {**WIDE, "rope_parameters": rope(
        5e5, "llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192)}, 0),
    "llama32": ("LlamaForCausalLM", "llama", {**WIDE, "head_dim": 64, "rope_parameters": rope(
        5e5, "llama3", factor=32.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192)}, 0),
    "yarn": ("Qwen2ForCausalLM", "qwen2", {**WIDE, "rope_parameters": rope(
        1e6, "yarn", factor=4.0, original_max_position_embeddings=32768)}, 0),
    "yarn-fractional": ("LlamaForCausalLM", "llama", {**WIDE, "head_dim": 64, "rope_parameters": rope(
        1.5e5, "yarn", factor=32.0, beta_fast=32.0, beta_slow=1.0, truncate=False,
        original_max_position_embeddings=4096)}, 0),
    "longrope": ("Phi3ForCausalLM", "phi3", {**WIDE, "original_max_position_embeddings": 4096, "pad_token_id": 0,
                                             "rope_parameters": rope(1e4, "longrope", short_factor=grown(64, 2.8),
                                                                     long_factor=grown(64, 65.0))}, 0),
    "longrope-partial": ("Phi3ForCausalLM", "phi3", {**WIDE, "original_max_position_embeddings": 4096, "pad_token_id": 0,
                                                     "rope_parameters": rope(
                                                         1e4, "longrope", partial_rotary_factor=0.75,
                                                         short_factor=grown(48, 2.8), long_factor=grown(48, 65.0))}, 0),
    "gemma3-full": ("Gemma3ForCausalLM", "gemma3", {**WIDE, "sliding_window_pattern": 2, "rope_parameters": {
        "full_attention": rope(1e6, "linear", factor=8.0), "sliding_attention": rope(1e4)}}, 1),
    "gemma3-sliding": ("Gemma3ForCausalLM", "gemma3", {**WIDE, "sliding_window_pattern": 2, "rope_parameters": {
        "full_attention": rope(1e6, "linear", factor=8.0), "sliding_attention": rope(1e4)}}, 0),
}


def turned(modeling, config, layer, query, position):
    """The query at a position, by a module that has seen no other text."""
    rotary = next(c for name, c in vars(modeling).items() if name.endswith("RotaryEmbedding"))(config)
    kinds = {"layer_type": config.layer_types[layer]} if hasattr(rotary, "layer_types") else {}
    cos, sin = rotary(query, torch.tensor([[position]]), **kinds)
    head = query.view(1, 1, 1, -1)
    return modeling.apply_rotary_pos_emb(head, head, cos, sin)[0].flatten()


def main(out):
    generator = torch.Generator().manual_seed(0)
    cases, tensors = [], {"positions": torch.tensor(POSITIONS, dtype=torch.float32)}
    for name, (architecture, module, changes, layer) in CASES.items():
        modeling = importlib.import_module(f"transformers.models.{module}.modeling_{module}")
        config = getattr(transformers, architecture).config_class(**changes)
        config.architectures = [architecture]
        width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        query = torch.randn(width, generator=generator)
        cases.append({"name": name, "layer": layer, "config": config.to_dict()})
        tensors[f"query.{name}"] = query
        tensors[f"turned.{name}"] = torch.stack([turned(modeling, config, layer, query, p) for p in POSITIONS])
    text = ",\n".join(json.dumps(case, separators=(",", ":"), sort_keys=True) for case in cases)
    (out / "rope.json").write_text(f"[\n{text}\n]\n")
    save_file(tensors, out / "rope.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
