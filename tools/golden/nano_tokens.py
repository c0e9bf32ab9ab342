"""Token ids of the bundled model's tokenizer, as Hugging Face's libraries give them.

Usage: nano_tokens.py CHECKPOINT_DIR OUT_DIR

Writes OUT_DIR/nano-tokens.json: texts with the ids of transformers' AutoTokenizer (no special tokens added), and
conversations with the text and ids that the checkpoint's own chat template renders. Deterministic.
"""

import json
import random
import sys
from pathlib import Path

from transformers import AutoTokenizer

TEXTS = [
    "",
    " ",
    "  \n\n\t x",
    "Tea warms the hands.",
    "I can't, don't and it's; WE'LL they've",
    "7 plus 15 = 22, 1234567890",
    "na\u00efve caf\u00e9 e\u0301 \u00c5ngstr\u00f6m",
    "\u4e2d\u6587\u5b57\u7b26 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u0928\u092e\u0938\u094d\u0924\u0947",
    "\U0001f680\U0001f469\u200d\U0001f52c \U0001d49c",
    "a\u00a0b\u2003c\u200bd",
    "line one\r\nline two\n\n  indented\ttab ",
    "x" * 50 + " " * 20 + "!?" * 10,
    "def f(x):\n    return {'a': x ** 2}  # ok",
    "\u00b2\u00bd\u2167 \u0663\u0664",
    "trailing spaces   ",
]

CONVERSATIONS = [
    [{"role": "user", "content": "Who are you?"}],
    [
        {"role": "system", "content": "You are a ghost."},
        {"role": "user", "content": "What is tea good for?"},
        {"role": "assistant", "content": "Hush, the wind has asked the same."},
        {"role": "user", "content": "\u00bfQu\u00e9? {{ 1 }}\n"},
    ],
]


def main():
    checkpoint, out = Path(sys.argv[1]), Path(sys.argv[2])
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    rng = random.Random(7)
    alphabet = "abcXYZ 019.,'\n\t\u00e9\u00df\u4e2d\u0416\u3042\U0001f600\u0301"
    texts = TEXTS + ["".join(rng.choice(alphabet) for _ in range(rng.randint(1, 40))) for _ in range(60)]
    golden = {
        "texts": [{"text": t, "ids": tokenizer(t, add_special_tokens=False)["input_ids"]} for t in texts],
        "conversations": [],
    }
    for messages in CONVERSATIONS:
        rendered = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        golden["conversations"].append(
            {
                "messages": messages,
                "rendered": rendered,
                "ids": tokenizer(rendered, add_special_tokens=False)["input_ids"],
            }
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / "nano-tokens.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
