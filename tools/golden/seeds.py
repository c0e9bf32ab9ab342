"""Makes checkpoints that differ in nothing but their random weights and prompts, for ManySeedsTest.

usage: python seeds.py OUTPUT_DIR SEEDS <family>/<name> ...

Needs what checkpoints.py needs. Each OUTPUT_DIR/<family>-<name>/<seed> is a checkpoint of that name of checkpoints.py with a
golden.safetensors that has no greedy continuations. Nothing of it is committed.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers.utils import logging

from checkpoints import FAMILIES, Reference, bf16_error, of_prompts, save


def main(root, seeds, names):
    logging.disable_progress_bar()
    for name in names:
        family, case = name.split("/")
        for seed in range(1000, 1000 + seeds):
            out = root / f"{family}-{case}" / str(seed)
            save(family, FAMILIES[family][3][case], seed, out)
            values = of_prompts(Reference(FAMILIES[family][0], out, torch.float32), seed)
            values["bf16_error"] = bf16_error(family, out, values)
            save_file({k: v.contiguous() for k, v in values.items()}, out / "golden.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
