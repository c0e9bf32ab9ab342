"""Makes two small models' vectors in the layout of the data set lu-christina/assistant-axis-vectors, and what numpy and
scikit-learn find in them: what dev.plumbline.report.VectorAnalysis is tested against.

    python tools/golden/published_vectors.py plumbline-core/src/test/resources/dev/plumbline/report/published

Seeded. Under each model: assistant_axis.pt, default_vector.pt, role_vectors/*.pt and trait_vectors/*.pt, all [L, D] in
bf16, bare tensors as published; the second model's are dicts, as the reference's fourth and fifth step write them, but for
its traits. expected.json holds the numbers, from the values as bf16 has them, in fp64.

For a look at pages of the published size:

    python tools/golden/published_vectors.py /tmp/published --roles 275 --traits 240 --layers 8 --width 64
"""

import argparse
import itertools
import json
import pathlib

import numpy as np
import torch
from sklearn.decomposition import PCA

arguments = argparse.ArgumentParser()
arguments.add_argument("out", type=pathlib.Path)
arguments.add_argument("--roles", type=int, default=9)
arguments.add_argument("--traits", type=int, default=6)
arguments.add_argument("--layers", type=int, default=3)
arguments.add_argument("--width", type=int, default=8)
arguments = arguments.parse_args()
random = np.random.default_rng(20260120)

ADJECTIVES = "old devils wandering night absurdist data quiet unhinged street ancient grief vigilant".split()
NOUNS = (
    "advocate bard collector detective engineer fool ghost hermit interpreter jester keeper librarian mentor nomad oracle"
    " pirate quartermaster robot shaman trickster undertaker virologist witness zealot"
).split()
QUALITIES = "calm bitter concise dramatic earnest flippant guarded humble ironic jovial kind literal mystical nihilistic".split()
DEGREES = ["", "hyper", "under", "quasi_", "deeply_", "barely_", "outwardly_", "secretly_", "rarely_", "once_", "too_",
           "never_", "ever_", "self_", "over_", "half_", "semi_", "pan_"]


def names(first, second, count):
    pairs = [a + b for a, b in itertools.product(first, second)]
    return sorted(random.permutation(pairs)[:count].tolist())


ROLES = names([a + "_" for a in ADJECTIVES], NOUNS, arguments.roles)
TRAITS = names(DEGREES, QUALITIES, arguments.traits)
FACTORS = 6
# Where each role and trait lies, the same in both models; the first factor is how far it is from the Assistant.
role_factors = random.normal(size=(len(ROLES), FACTORS)) * [2.2, 1.1, 0.8, 0.5, 0.4, 0.3]
role_factors[:, 0] = -np.abs(role_factors[:, 0]) - 0.5
trait_factors = random.normal(size=(len(TRAITS), FACTORS)) * [1.0, 0.9, 0.7, 0.5, 0.4, 0.3]


def model(first_factors_kept):
    """Vectors [L, D] by name: a large common part, what the factors do, and noise, all growing with depth."""
    depth = np.linspace(0.2, 3, arguments.layers)[:, None]
    common = random.normal(size=(arguments.layers, arguments.width)) * 5
    basis = random.normal(size=(FACTORS, arguments.width))
    turning = random.normal(size=(FACTORS, arguments.width)) * 0.3
    layers = np.stack([np.linalg.qr((basis + turning * i).T)[0].T for i in range(arguments.layers)])

    def vectors(factors, about):
        own = factors.copy()
        own[:, first_factors_kept:] += random.normal(size=own[:, first_factors_kept:].shape) * 0.8
        values = np.einsum("nf,lfd->nld", own, layers) + random.normal(size=(len(own), *about.shape)) * 0.12
        return torch.from_numpy(about + values * depth).to(torch.bfloat16)

    roles = vectors(role_factors, common)
    traits = vectors(trait_factors, np.zeros_like(common))
    assistant = vectors(np.array([[1.5, 0.3, -0.2, 0, 0, 0]]), common)[0]
    axis = (assistant.float() - roles.float().mean(0)).to(torch.bfloat16)
    return {"axis": axis, "default": assistant, "roles": roles, "traits": traits}


def save(folder, vectors, dicts):
    (folder / "role_vectors").mkdir(parents=True, exist_ok=True)
    (folder / "trait_vectors").mkdir(exist_ok=True)

    def role(name, kind, tensor):
        # A clone: a view would drag the storage of all into the file.
        return {"vector": tensor.clone(), "type": kind, "role": name} if dicts else tensor.clone()

    axis = vectors["axis"]
    torch.save({"axis": axis, "metadata": {"model": folder.name}} if dicts else axis, folder / "assistant_axis.pt")
    torch.save(role("default", "mean", vectors["default"]), folder / "default_vector.pt")
    for name, tensor in zip(ROLES, vectors["roles"]):
        torch.save(role(name, "pos_3", tensor), folder / "role_vectors" / f"{name}.pt")
    for name, tensor in zip(TRAITS, vectors["traits"]):
        torch.save(tensor.clone(), folder / "trait_vectors" / f"{name}.pt")


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


class Space:
    """The notebooks' PCA at the middle layer: StandardScaler's mean, or the mean and then length 1."""

    def __init__(self, vectors, population, scaling):
        self.layer = arguments.layers // 2
        rows = self.at(vectors[population])
        self.mean = rows.mean(0)
        self.axis = self.at(vectors["axis"])
        self.scaling = scaling
        self.pca = PCA(svd_solver="full").fit(self.scaled(rows))
        self.scores = self.pca.transform(self.scaled(rows))
        # PC1 points to the Assistant; the sign of the others is fixed nowhere.
        self.sign = np.sign(self.pca.components_[0] @ self.axis)
        self.scores[:, 0] *= self.sign

    def at(self, tensor):
        return tensor.double().numpy()[..., self.layer, :]

    def scaled(self, rows):
        return unit(rows - self.mean) if self.scaling == "l2-mean" else rows - self.mean

    def numbers(self, labels, other=None):
        ratios = self.pca.explained_variance_ratio_
        shown = min(3, len(ratios))
        numbers = {
            "explained_variance_ratio": ratios[:shown].tolist(),
            "components_for": {str(f): int(np.searchsorted(np.cumsum(ratios), f) + 1) for f in (0.7, 0.8, 0.9, 0.95)},
            "pc1_axis_cosine": float(self.sign * unit(self.pca.components_[0]) @ unit(self.axis)),
            "scores": {n: s[:shown].tolist() for n, s in zip(labels, self.scores)},
        }
        if other is not None:
            placed = self.pca.transform(self.scaled(self.at(other))[None])[0]
            placed[0] *= self.sign
            numbers["assistant"] = placed[:shown].tolist()
        return numbers

    def cosines(self, vectors):
        """Roles and the Assistant about the mean of the roles, traits as they are."""
        result = {}
        directions = {"axis": self.axis, "pc1": self.sign * self.pca.components_[0]}
        directions |= {f"pc{i + 1}": self.pca.components_[i] for i in (1, 2)}
        for name, direction in directions.items():
            direction = unit(direction)
            result[name] = {
                "roles": dict(zip(ROLES, (unit(self.at(vectors["roles"]) - self.mean) @ direction).tolist())),
                "traits": dict(zip(TRAITS, (unit(self.at(vectors["traits"])) @ direction).tolist())),
                "assistant": float(unit(self.at(vectors["default"]) - self.mean) @ direction),
            }
        return result


def correlations(first, second):
    r = np.corrcoef(first.scores[:, :3].T, second.scores[:, :3].T)[:3, 3:]
    margin = 1.959963984540054 / np.sqrt(len(first.scores) - 3)
    return {
        "r": r.tolist(),
        "low": np.tanh(np.arctanh(r) - margin).tolist(),
        "high": np.tanh(np.arctanh(r) + margin).tolist(),
    }


models = {"first": model(FACTORS), "second": model(2)}
expected = {}
for name, vectors in models.items():
    save(arguments.out / name, vectors, dicts=name == "second")
for scaling in ("mean", "l2-mean"):
    first = models["first"]
    roles, traits = Space(first, "roles", scaling), Space(first, "traits", scaling)
    expected[scaling] = {
        "roles": roles.numbers(ROLES, first["default"]),
        "traits": traits.numbers(TRAITS),
        "similarity": roles.cosines(first),
        "compare": {
            population: correlations(Space(first, population, scaling), Space(models["second"], population, scaling))
            for population in ("roles", "traits")
        },
    }
axis = models["first"]["axis"].double().numpy()
expected["layers"] = {
    "norms": np.linalg.norm(axis, axis=1).tolist(),
    "cosines_with_target": (unit(axis) @ unit(axis[arguments.layers // 2])).tolist(),
}
(arguments.out / "expected.json").write_text(json.dumps(expected) + "\n")
