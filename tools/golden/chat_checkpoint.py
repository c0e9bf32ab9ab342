"""Makes a tiny Qwen3 checkpoint with a tokenizer of single ASCII characters and a chat template that trims messages.

    python chat_checkpoint.py <output dir>      (plumbline-core/src/test/resources/checkpoints/chat)

Needs torch, transformers (5.x), tokenizers. Every sampled text is tokenised again as it was sampled, except where the
template trims it, so both ways of averaging a response are exercised. Weights are random.
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models
from transformers import Qwen3Config, Qwen3ForCausalLM

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CHARACTERS = ["\n"] + [chr(c) for c in range(32, 127)]
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role + '\n' + message.content | trim + '<|im_end|>\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    vocabulary = {token: i for i, token in enumerate(CHARACTERS)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.decoder = decoders.Fuse()
    (out / "tokenizer.json").write_text(tokenizer.to_str())
    (out / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "chat_template": TEMPLATE}, indent=2) + "\n")

    torch.manual_seed(0)
    model = Qwen3ForCausalLM(Qwen3Config(
        vocab_size=len(CHARACTERS) + len(SPECIAL), hidden_size=24, intermediate_size=32, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=2, head_dim=8, max_position_embeddings=512, tie_word_embeddings=True,
        eos_token_id=tokenizer.token_to_id("<|im_end|>")))
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if not name.endswith("norm.weight"):
                weight.normal_(0, 0.35 if "embed_tokens" in name else 1.3 / weight.shape[1] ** 0.5)
    model.to(torch.bfloat16).save_pretrained(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
