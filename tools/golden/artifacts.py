"""Makes the .pt, .safetensors and .npy files that dev.plumbline.artifact is tested against.

    python tools/golden/artifacts.py plumbline-core/src/test/resources/dev/plumbline/artifact

Deterministic for one version of torch (made with torch 2.15), but for legacy.pt, which names its storage by a memory address. The numbers in the files are small multiples of a power of two,
which every floating-point type here holds exactly; the tests know them as literals.
"""

import io
import os
import pathlib
import pickle
import sys
import zipfile
from collections import OrderedDict

import numpy as np
import torch
from safetensors.torch import save_file

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)


def counting(*shape, dtype=torch.float32, start=0.0):
    """start, start + 0.5, start + 1, ... in row-major order."""
    n = int(np.prod(shape))
    return (torch.arange(n, dtype=torch.float64) * 0.5 + start).reshape(shape).to(dtype)


def save(name, value, **options):
    torch.save(value, out / name, **options)


# What the reference writes.
save("axis_raw.pt", counting(3, 4, dtype=torch.bfloat16))
save("axis_dict.pt", {"axis": counting(3, 4), "metadata": {"model": "gemma", "layers": 3, "scale": 0.25, "note": None}})
save("role_vector.pt", {"vector": counting(3, 4, dtype=torch.bfloat16), "type": "pos_3", "role": "poet"})
save("role_vector_raw.pt", counting(3, 4, dtype=torch.bfloat16))
save(
    "role_activations.pt",
    {f"pos_p{p}_q{q}": counting(2, 4, dtype=torch.bfloat16, start=10 * p + q) for p in range(2) for q in range(3)},
)
save(
    "capping_config.pt",
    {
        "vectors": {
            f"layer_{layer}/contrast": {"vector": counting(4, dtype=torch.bfloat16, start=layer), "layer": layer}
            for layer in range(2)
        },
        "experiments": [
            {"id": "layers_0:2-p0.25", "interventions": [{"vector": "layer_0/contrast", "cap": np.float64(-32.5)}]},
            {"id": 7, "interventions": [{"vector": "layer_1/contrast", "cap": np.float32(1.5)}, {"coeff": -2}]},
        ],
    },
)
save("persona_diff.pt", counting(4, 4))

# What torch may do besides.
base = counting(4, 6)
save("views.pt", {"transposed": base[1:3, 2:5].T, "row": base[2], "all": base, "scalar": base[3, 5], "empty": base[:0]})
save(
    "dtypes.pt",
    OrderedDict(
        (str(dtype).removeprefix("torch."), torch.tensor([0, 1, 2], dtype=dtype))
        for dtype in (
            torch.float64, torch.float32, torch.float16, torch.bfloat16,
            torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool,
        )
    ),
)
save("protocol_5.pt", {"t": counting(2, 2), "n": [1, -1, 2**40, -(2**40), 1.5, True, False, None, (1, 2, 3, 4), ()]}, pickle_protocol=5)
save("parameter.pt", torch.nn.Parameter(counting(2, 2)))
save("module.pt", torch.nn.Linear(2, 1, bias=False).state_dict() | {"weight": counting(1, 2)})
save("meta.pt", {"dtype": torch.bfloat16, "size": torch.Size([2, 3]), "device": torch.device("cpu"), 3: "three"})

torch.serialization.set_crc32_options(False)
save("no_checksum.pt", counting(2, 2))
torch.serialization.set_crc32_options(True)

deflated = zipfile.ZipFile(out / "deflated.pt", "w", zipfile.ZIP_DEFLATED)
for entry in zipfile.ZipFile(out / "axis_raw.pt").infolist():
    deflated.writestr(zipfile.ZipInfo(entry.filename), zipfile.ZipFile(out / "axis_raw.pt").read(entry), zipfile.ZIP_DEFLATED)
deflated.close()

# What must be refused.
save("legacy.pt", counting(2, 2), _use_new_zipfile_serialization=False)
save("expanded.pt", torch.ones(1).expand(1 << 40))
save("complex.pt", torch.zeros(2, dtype=torch.complex64))
save("numpy_array.pt", {"a": np.zeros(2)})


class Hostile:
    def __reduce__(self):
        return os.system, ("echo harmless",)


save("os_system.pt", {"vector": counting(2, 2), "extra": Hostile()})

big = zipfile.ZipFile(out / "big_endian.pt", "w")
for entry in zipfile.ZipFile(out / "axis_raw.pt").infolist():
    data = zipfile.ZipFile(out / "axis_raw.pt").read(entry)
    big.writestr(zipfile.ZipInfo(entry.filename), b"big" if entry.filename.endswith("byteorder") else data)
big.close()

# The other formats.
save_file({"axis": counting(3, 4, dtype=torch.bfloat16), "count": torch.tensor([3])}, out / "tensors.safetensors", metadata={"model": "nano"})
np.save(out / "matrix_f4.npy", counting(3, 4).numpy())
np.save(out / "matrix_f8_fortran.npy", np.asfortranarray(counting(3, 4).double().numpy()))
np.save(out / "objects.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
