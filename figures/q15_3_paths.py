"""How the coefficients of a linear regression shrink under L1 and under L2, on sklearn's diabetes data."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes
from sklearn.linear_model import lasso_path

from figures.common import Measured, save

ANSWER = "15-3"

Array = NDArray[np.float64]


def ridge_path(x: Array, y: Array, strengths: Array) -> Array:
    """Return the coefficients that minimize ||y - xw||^2 / 2n + s ||w||^2 / 2, one column a strength s."""
    n, features = x.shape
    columns = [np.linalg.solve(x.T @ x / n + s * np.eye(features), x.T @ y / n) for s in strengths]
    return np.stack(columns, axis=1)


def main(path: Path) -> list[Measured]:
    """Draw the coefficients by the strength of the penalty: L1 above, L2 below."""
    x, y = load_diabetes(return_X_y=True)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = y - y.mean()
    strengths = np.geomspace(0.1, 100, 301)
    _, lasso, _ = lasso_path(x, y, alphas=strengths[::-1])
    lasso = lasso[:, ::-1]
    ridge = ridge_path(x, y, strengths)

    figure, (above, below) = plt.subplots(2, figsize=(6.4, 5.8), layout="constrained", sharex=True)
    for axes, paths, name in ((above, lasso, "L1"), (below, ridge, "L2")):
        axes.plot(strengths, paths.T, lw=1.8)
        axes.axhline(0, color="black", lw=0.8)
        axes.set_xscale("log")
        axes.set(ylabel=f"coefficients, {name}", ylim=(-38, 38))
    at_ten = int(np.abs(strengths - 10).argmin())
    zeros = int((lasso[:, at_ten] == 0).sum())
    above.axvline(strengths[at_ten], color="black", ls=":")
    above.text(strengths[at_ten] * 1.1, -30, f"{zeros} of {len(lasso)} are exactly 0")
    below.axvline(strengths[at_ten], color="black", ls=":")
    below.text(strengths[at_ten] * 1.1, -30, "none is 0")
    below.set(xlabel=r"strength of the penalty, $\lambda$")
    save(figure, path)
    return [
        Measured("coefficients that L1 makes zero at strength 10", zeros, "6개", 0.1),
        Measured("coefficients that L2 makes zero at any strength", int((ridge == 0).sum()), "0개였다", 0.1),
    ]
