"""Which coefficients of a linear regression become zero: by L1 and L2, and by the way L1 is minimized."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes
from sklearn.linear_model import lasso_path

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "15-3"
SEEDS = 30

STRENGTH, SAMPLE = 10.0, 300
STEPS, RATE = 3000, 0.1

Array = NDArray[np.float64]


def data(rows: NDArray[np.int64]) -> tuple[Array, Array]:
    """The standardized features and the centred target of some patients."""
    x, y = load_diabetes(return_X_y=True)
    x, y = x[rows], y[rows]
    return (x - x.mean(axis=0)) / x.std(axis=0), y - y.mean()


def lasso(x: Array, y: Array, strengths: Array) -> Array:
    """Minimize ||y - xw||^2 / 2n + s ||w||_1 by coordinate descent, a column for each s."""
    _, path, _ = lasso_path(x, y, alphas=strengths[::-1])
    return np.asarray(path)[:, ::-1]


def ridge(x: Array, y: Array, strengths: Array) -> Array:
    """Minimize ||y - xw||^2 / 2n + s ||w||^2 / 2, a column for each s."""
    n, features = x.shape
    columns = [np.linalg.solve(x.T @ x / n + s * np.eye(features), x.T @ y / n) for s in strengths]
    return np.stack(columns, axis=1)


def descended(x: Array, y: Array, proximal: bool, steps: int) -> Array:
    """Minimize with L1 by gradient steps: the penalty as a subgradient, or as a threshold after the step."""
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        loss = x.T @ (x @ w - y) / len(x)
        if proximal:
            w = w - RATE * loss
            w = np.sign(w) * np.maximum(np.abs(w) - RATE * STRENGTH, 0)
        else:
            w = w - RATE * (loss + STRENGTH * np.sign(w))
    return w


def zeros(w: Array) -> float:
    """How many coefficients are exactly zero."""
    return float(np.count_nonzero(w == 0))


def measure(seed: int, budget: int = 1) -> Numbers:
    """Zeros among ten coefficients, on a sample of the patients."""
    rng = np.random.default_rng(seed)
    x, y = data(rng.permutation(442)[:SAMPLE])
    at = np.array([STRENGTH])
    return {
        "coordinate descent": zeros(lasso(x, y, at)),
        "subgradient steps": zeros(descended(x, y, False, budget * STEPS)),
        "proximal steps": zeros(descended(x, y, True, budget * STEPS)),
        "L2": zeros(ridge(x, y, np.geomspace(0.1, 100, 31))),
    }


SAYS = (
    Says("proximal steps", "중앙값 6개(5"),
    Says("proximal steps", "5~6개)가 정확히", "min"),
    Says("proximal steps", "6개)가 정확히 0이었고", "max"),
    Says("subgradient steps", "부분기울기로는 매번 0개", "max"),
    Says("L2", "L2도 매번 0개", "max"),
)
CONCLUSIONS = (
    Conclusion("no subgradient step ends at zero", lambda runs: (runs["subgradient steps"] == 0).all()),
    Conclusion(
        "proximal steps find the zeros of coordinate descent",
        lambda runs: (runs["proximal steps"] == runs["coordinate descent"]).all(),
    ),
    Conclusion("L1 makes some zero", lambda runs: (runs["coordinate descent"] >= 3).all()),
    Conclusion("L2 makes none zero", lambda runs: (runs["L2"] == 0).all()),
)


def draw() -> Figure:
    """The coefficients by the strength of the penalty, of all patients: L1 above, L2 below."""
    x, y = data(np.arange(442))
    strengths = np.geomspace(0.1, 100, 301)
    at = int(np.abs(strengths - STRENGTH).argmin())
    by_l1, by_l2 = lasso(x, y, strengths), ridge(x, y, strengths)
    gone = by_l1[:, at] == 0
    figure, panels = plt.subplots(2, figsize=(4.5, 5.0), sharex=True)
    for axes, path, title in zip(
        panels, (by_l1, by_l2), ("L1: 하나씩 0에 닿는다", "L2: 작아질 뿐 0이 아니다"), strict=True
    ):
        axes.plot(strengths, path[gone].T, "--", color=ORANGE, lw=1.6)
        axes.plot(strengths, path[~gone].T, "-", color=BLUE, lw=1.8)
        axes.axhline(0, color=INK, lw=0.8)
        axes.axvline(STRENGTH, color=INK, lw=1, ls=":")
        axes.set_xscale("log")
        axes.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
        axes.minorticks_off()
        axes.set(ylabel="계수", ylim=(-40, 40), title=title)
    panels[0].text(11, -36, f"점선 {gone.sum()}개는\n여기서 0이다", color=ORANGE, va="bottom")
    panels[1].set(xlabel="벌점의 세기 λ")
    return figure
