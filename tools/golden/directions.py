"""Makes the numbers that dev.plumbline.direction is tested against: principal components by scikit-learn.

    python tools/golden/directions.py plumbline-core/src/test/resources/dev/plumbline/direction

Seeded. One JSON file with a list of cases: rows as fp32 values, what sklearn.decomposition.PCA (full SVD, fp64) finds in them.
"""

import json
import pathlib
import sys

import numpy as np
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(20260120)


def rows_of(name):
    wide = rng.normal(size=(6, 20))
    if name == "fewer rows than columns":
        return wide
    if name == "more rows than columns":
        return rng.normal(size=(30, 5)) * [3, 1, 1, 0.5, 0.1]
    if name == "square":
        return rng.normal(size=(7, 7))
    if name == "repeated rows":
        return np.concatenate([wide[:3, :8], wide[:3, :8], wide[:2, :8]])
    if name == "constant columns":
        rows = rng.normal(size=(9, 6))
        rows[:, [1, 4]] = 7.25
        return rows
    if name == "a mean far larger than the differences":
        return 300 + 0.01 * rng.normal(size=(8, 12))
    if name == "one dominant direction":
        return rng.normal(size=(12, 1)) @ rng.normal(size=(1, 16)) * 10 + 0.1 * rng.normal(size=(12, 16))
    raise ValueError(name)


def rounded(values):
    return np.round(values, 10).tolist()


cases = []
for name in (
    "fewer rows than columns", "more rows than columns", "square", "repeated rows", "constant columns",
    "a mean far larger than the differences", "one dominant direction",
):
    rows = rows_of(name).astype(np.float32)
    exact = rows.astype(np.float64)
    pca = PCA(svd_solver="full").fit(exact)
    rank = int(np.linalg.matrix_rank(exact - exact.mean(0), tol=1e-9 * np.abs(exact).max()))
    cumulative = np.cumsum(pca.explained_variance_ratio_)
    cases.append({
        "name": name,
        "rows": [[float(x) for x in row] for row in rows],
        "rank": rank,
        "explainedVariance": rounded(pca.explained_variance_[:rank]),
        "explainedVarianceRatio": rounded(pca.explained_variance_ratio_[:rank]),
        "components": rounded(pca.components_[:rank]),
        "scores": rounded(pca.transform(exact)[:, :rank]),
        "needed": {str(f): int(np.searchsorted(cumulative, f) + 1) for f in (0.7, 0.8, 0.9, 0.95)},
        "cosines": rounded(cosine_similarity(exact)),
        "centredCosines": rounded(cosine_similarity(exact - exact.mean(0))),
    })

(out / "pca.json").write_text(json.dumps(cases) + "\n")
