"""Makes what dev.plumbline.steer, .statistics and the capping configuration of .artifact are tested against.

    python tools/golden/steering.py plumbline-core/src/test/resources/dev/plumbline

Seeded. Interventions are computed by torch in fp64 from the formulas of the papers, quantiles by numpy, Wilson intervals by
scipy; the capping configuration is saved as the published ones are: bf16, vectors along the negated axis, half-open windows.
"""

import json
import pathlib
import sys

import numpy as np
import torch
from scipy.stats import binomtest

out = pathlib.Path(sys.argv[1])
for package in ("steer", "statistics", "artifact"):
    (out / package).mkdir(parents=True, exist_ok=True)
torch.manual_seed(20260121)


def dump(path, value):
    path.write_text(json.dumps(value) + "\n")


# ---- Interventions

h = (torch.randn(9, 12, dtype=torch.float64) * 6).float().double()
h[4] = 0
v = (torch.randn(12, dtype=torch.float64) * 3).float().double()
mean = torch.randn(12, dtype=torch.float64).float().double()
unit = v / v.norm()
p = h @ unit
along = torch.outer
norms = h.norm(dim=1, keepdim=True)
tilt = (1 - 0.3**2) ** 0.5 * h + 0.3 * norms * unit
tilted = torch.where(norms > 0, tilt / tilt.norm(dim=1, keepdim=True).clamp_min(1e-300) * norms, 0)
ablated = h - along(p, unit)
expected = {
    "addition": h - 1.75 * v,
    "normPreserving": tilted,
    "ablation": ablated,
    "meanAblation": ablated + (mean @ unit) * unit,
    "referenceAblation": ablated + 0.5 * v,
    "referenceMeanAblation": ablated + mean,
    "floor": h - along((p - 1.5).clamp(max=0), unit),
    "ceiling": h - along((p + 2.5).clamp(min=0), unit),
    "between": h + along(p.clamp(-1, 2) - p, unit),
}
dump(
    out / "steer" / "interventions.json",
    {"activations": h.tolist(), "vector": v.tolist(), "mean": mean.tolist(),
     "expected": {name: rows.tolist() for name, rows in expected.items()}},
)

# ---- Statistics

rng = np.random.default_rng(20260121)
fractions = [0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.99, 1]
populations = {
    "one": [3.25],
    "two": [2.0, -1.0],
    "ties": [1.0, 1.0, 1.0, 5.0, 5.0, -2.0],
    "normal": rng.normal(size=101).tolist(),
    "heavy tails": rng.standard_t(1.5, size=250).tolist(),
    "large mean": (5000 + rng.normal(size=64)).tolist(),
}
dump(
    out / "statistics" / "quantiles.json",
    [{"name": name, "values": values, "fractions": fractions, "expected": np.quantile(values, fractions).tolist()}
     for name, values in populations.items()],
)


def wilson(k, n):
    interval = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return {"successes": k, "n": n, "low": interval.low, "high": interval.high}


dump(
    out / "statistics" / "wilson.json",
    [wilson(k, n) for k, n in [(0, 1), (1, 1), (0, 12), (3, 10), (12, 12), (50, 100), (1, 1000), (653, 1100), (1099, 1100)]],
)

# ---- A capping configuration in the published form

layers, width = 8, 16
axis = torch.randn(layers, width) * torch.arange(1, layers + 1)[:, None]
name = "layer_{}/contrast_role_pos3_default1".format
torch.save(
    {
        "vectors": {name(i): {"vector": (-axis[i]).to(torch.bfloat16), "layer": i} for i in range(layers)},
        "experiments": [
            {
                "id": f"layers_{start}:{start + 3}-p{fraction}",
                "interventions": [
                    {"vector": name(i), "cap": np.float64(-1.25 * i + fraction)} for i in range(start, start + 3)
                ],
            }
            for start in (2, 5)
            for fraction in (0.01, 0.25, 0.5)
        ]
        + [{"id": "toward the assistant", "interventions": [{"vector": name(4), "coeff": -2}]}],
    },
    out / "artifact" / "capping_published_form.pt",
)
