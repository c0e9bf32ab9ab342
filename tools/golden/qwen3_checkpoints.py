"""Makes the tiny Qwen3 checkpoints, and what transformers computes with them, that FamilyContractTest reads.

    python qwen3_checkpoints.py <output dir>      (plumbline-core/src/test/resources/checkpoints/qwen3)

Needs torch, transformers (5.x), safetensors. Deterministic on one machine and version of torch. Every directory is a
Hugging Face checkpoint plus golden.safetensors, computed in fp32 with eager attention on the CPU:

    ids.<n>         [T]        prompt n
    resid_post.<n>  [L, T, D]  raw output of every block, taken by forward hooks
    logits.<n>      [T, V]
    greedy.<n>      [64]       greedy continuation

Weights are random, but spread so that the model is no near-identity; a seed is passed over if some choice of the greedy
path is nearly a tie, because rounding could then decide it.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import Qwen3Config, Qwen3ForCausalLM

PROMPT_LENGTHS = (1, 6, 19)
GREEDY = 64
MARGIN = 2e-3

BASE = dict(
    vocab_size=149, hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
    num_key_value_heads=2, head_dim=12, max_position_embeddings=128, rms_norm_eps=1e-6, tie_word_embeddings=False,
    rope_parameters={"rope_type": "default", "rope_theta": 10000.0}, bos_token_id=1, eos_token_id=2,
)


def rope(theta, kind="default", **more):
    return {"rope_type": kind, "rope_theta": theta, **more}


# name: (config changes, storage dtype, shard size, style of config.json)
CHECKPOINTS = {
    "tied-f32": (dict(hidden_size=20, intermediate_size=28, num_attention_heads=2, num_key_value_heads=2, head_dim=10,
                      tie_word_embeddings=True), torch.float32, None, 4),
    "grouped-bf16": (dict(rope_parameters=rope(1e6)), torch.bfloat16, None, 5),
    "biased-f16": (dict(attention_bias=True, num_attention_heads=6, head_dim=8, rope_parameters=rope(5e5)),
                   torch.float16, None, 5),
    "sharded-bf16": (dict(num_hidden_layers=5, tie_word_embeddings=True, rope_parameters=rope(1e6)),
                     torch.bfloat16, "16KB", 4),
    "odd-f32": (dict(vocab_size=101, hidden_size=21, intermediate_size=27, num_attention_heads=3, num_key_value_heads=1,
                     head_dim=14, num_hidden_layers=2, rms_norm_eps=1e-5), torch.float32, None, 5),
    "sliding-bf16": (dict(num_hidden_layers=4, use_sliding_window=True, sliding_window=5, max_window_layers=2),
                     torch.bfloat16, None, 5),
    "yarn-bf16": (dict(rope_parameters=rope(1e4, "yarn", factor=4.0, original_max_position_embeddings=32)),
                  torch.bfloat16, None, 4),
    "llama3-bf16": (dict(rope_parameters=rope(1e4, "llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                              original_max_position_embeddings=64)), torch.bfloat16, None, 5),
    "linear-bf16": (dict(rope_parameters=rope(1e4, "linear", factor=2.5)), torch.bfloat16, None, 4),
}


def build(changes, dtype, seed):
    torch.manual_seed(seed)
    config = Qwen3Config(**{**BASE, **changes})
    config._attn_implementation = "eager"
    model = Qwen3ForCausalLM(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("norm.weight"):
                weight.uniform_(0.6, 1.4)
            elif name.endswith("bias"):
                weight.normal_(0, 0.3)
            elif "embed_tokens" in name:
                weight.normal_(0, 0.7)
            else:
                weight.normal_(0, 1.3 / weight.shape[1] ** 0.5)
            weight.copy_(weight.to(dtype).float())  # what storage will keep
    return model


def golden(model, seed):
    generator = torch.Generator().manual_seed(seed)
    out, smallest = {}, float("inf")
    for n, length in enumerate(PROMPT_LENGTHS):
        ids = torch.randint(3, model.config.vocab_size, (1, length), generator=generator)
        seen = []
        hooks = [layer.register_forward_hook(lambda m, i, o: seen.append(o[0] if isinstance(o, tuple) else o))
                 for layer in model.model.layers]
        with torch.no_grad():
            logits = model(ids).logits
            for hook in hooks:
                hook.remove()
            path = ids
            for _ in range(GREEDY):
                last = model(path).logits[0, -1]
                top = last.topk(2).values
                smallest = min(smallest, (top[0] - top[1]).item() / last.std().item())
                path = torch.cat([path, last.argmax().view(1, 1)], 1)
        out[f"ids.{n}"] = ids[0]
        out[f"resid_post.{n}"] = torch.stack([h.reshape(length, -1) for h in seen])
        out[f"logits.{n}"] = logits[0]
        out[f"greedy.{n}"] = path[0, length:]
    return out, smallest


def version_4(config):
    """The layout that transformers 4 wrote, as in most published checkpoints."""
    parameters = dict(config.pop("rope_parameters"))
    config["rope_theta"] = parameters.pop("rope_theta")
    kind = parameters.pop("rope_type")
    config["rope_scaling"] = None if kind == "default" else {"rope_type": kind, **parameters}
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.51.0"
    del config["layer_types"]
    return config


def main(root):
    for name, (changes, dtype, shard_size, style) in CHECKPOINTS.items():
        seed = 0
        while True:
            model = build(changes, dtype, seed)
            values, smallest = golden(model, seed)
            if smallest > MARGIN:
                break
            seed += 1
        out = root / name
        out.mkdir(parents=True, exist_ok=True)
        for old in out.iterdir():
            old.unlink()
        model.to(dtype).save_pretrained(out, **({"max_shard_size": shard_size} if shard_size else {}))
        (out / "generation_config.json").unlink(missing_ok=True)
        config = json.loads((out / "config.json").read_text())
        if style == 4:
            config = version_4(config)
        (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        reread = Qwen3ForCausalLM.from_pretrained(out, dtype=torch.float32, attn_implementation="eager").eval()
        with torch.no_grad():
            assert torch.equal(reread(values["ids.2"][None]).logits[0], values["logits.2"]), name
        save_file({k: v.contiguous() for k, v in values.items()}, out / "golden.safetensors")
        size = sum(f.stat().st_size for f in out.iterdir())
        weights = sum(f.stat().st_size for f in out.glob("model*.safetensors"))
        print(f"{name:14} seed {seed} margin {smallest:.4f} weights {weights} total {size}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
