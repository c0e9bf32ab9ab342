"""Logits of the bundled model, as transformers computes them in fp32.

Usage: nano_logits.py CHECKPOINT_DIR OUT_DIR

Writes OUT_DIR/nano-logits.json (the token ids of one conversation, and how many of the last positions follow) and
OUT_DIR/nano-logits.bin (their logits, fp32 little-endian, row by row). Deterministic.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

POSITIONS = 6


def main():
    checkpoint, out = Path(sys.argv[1]), Path(sys.argv[2])
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    rendered = tokenizer.apply_chat_template(
        [
            {"role": "system", "content": "You are a sailor and you cross the grey sea."},
            {"role": "user", "content": "What is tea good for?"},
            {"role": "assistant", "content": "Well now. Old hands say that tea warms the hands."},
        ],
        tokenize=False,
    )
    ids = tokenizer(rendered, add_special_tokens=False)["input_ids"]
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0, -POSITIONS:]
    out.mkdir(parents=True, exist_ok=True)
    (out / "nano-logits.json").write_text(json.dumps({"ids": ids, "positions": POSITIONS}) + "\n")
    (out / "nano-logits.bin").write_bytes(logits.contiguous().numpy().astype("<f4").tobytes())


main()
