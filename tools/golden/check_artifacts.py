"""Checks that torch and safetensors load what Plumbline wrote. Run it whenever a golden of our own writers changes:

    python tools/golden/check_artifacts.py plumbline-core/src/test/resources/dev/plumbline/artifact

Fails loudly; prints one line per file that is good.
"""

import pathlib
import sys

import torch

folder = pathlib.Path(sys.argv[1])

DTYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16, "F64": torch.float64, "I64": torch.int64}


def check_pt(path):
    for options in ({"weights_only": True}, {"weights_only": False}, {"weights_only": True, "mmap": True}):
        value = torch.load(path, **options)
        assert list(value) == [*DTYPES, "scalar", "empty", "text", "list", "nested"], list(value)
        for name, dtype in DTYPES.items():
            assert value[name].dtype == dtype
            assert torch.equal(value[name], torch.arange(6).reshape(2, 3).to(dtype)), name
            assert value[name].is_contiguous() and not value[name].requires_grad
        assert value["scalar"].shape == () and value["scalar"].item() == 0
        assert value["empty"].shape == (0, 3)
        assert value["text"] == "naïve ☃"
        assert value["list"] == [0, 255, 256, -1, 2**40, -32.5, True, False, None, []]
        assert type(value["list"][6]) is bool
        assert list(value["nested"]) == [3] and torch.equal(value["nested"][3]["t"], torch.zeros(1))


check_pt(folder / "written_by_plumbline.pt")
print("written_by_plumbline.pt")

thirds = (torch.arange(6, dtype=torch.float32) / 3).reshape(3, 2)
axis = torch.load(folder / "axis_bf16_by_plumbline.pt", weights_only=True)
assert torch.equal(axis, thirds.bfloat16()) and axis.dtype == torch.bfloat16
print("axis_bf16_by_plumbline.pt")
role = torch.load(folder / "role_f16_by_plumbline.pt", weights_only=True)
assert torch.equal(role["vector"], thirds.half()) and role["vector"].dtype == torch.float16
assert role["type"] == "pos_3" and role["role"] == "poet"
print("role_f16_by_plumbline.pt")
