"""How often all incoming weights of a unit get a gradient of one sign, by activation and batch size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import Measured, save

ANSWER = "5"

Array = NDArray[np.float64]
WIDTH, TRIALS = 64, 40
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)

# name: (function, its derivative as a function of its output, variance of the weights times fan-in)
ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array], float]] = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 1.0),
    "ReLU": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float), 2.0),
    "tanh": (np.tanh, lambda h: 1 - h**2, 1.0),
}


def one_signed(weight_gradient: Array) -> float:
    """The share of units (columns) whose gradient has no two weights of opposite sign."""
    positive, negative = (weight_gradient > 0).any(axis=0), (weight_gradient < 0).any(axis=0)
    return float((positive ^ negative).sum() / (positive | negative).sum())


def shares(name: str, rng: np.random.Generator) -> list[float]:
    """Per batch size, the mean share in the second layer of freshly initialised 64-64-64-10 networks."""
    function, slope, gain = ACTIVATIONS[name]
    pictures, digits = load_digits(return_X_y=True)
    result = []
    for batch in BATCHES:
        trials = []
        for _ in range(TRIALS):
            w1, w2 = rng.normal(0, np.sqrt(gain / WIDTH), (2, WIDTH, WIDTH))
            w3 = rng.normal(0, np.sqrt(gain / WIDTH), (WIDTH, 10))
            chosen = rng.choice(len(pictures), batch, replace=False)
            h1 = function(pictures[chosen] / 16 @ w1)
            h2 = function(h1 @ w2)
            odds = np.exp(h2 @ w3)
            delta3 = odds / odds.sum(axis=1, keepdims=True) - np.eye(10)[digits[chosen]]
            delta2 = delta3 @ w3.T * slope(h2)
            trials.append(one_signed(h1.T @ delta2))
        result.append(100 * float(np.mean(trials)))
    return result


def main(path: Path) -> list[Measured]:
    """Draw the share against the batch size."""
    rng = np.random.default_rng(0)
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    measured = {name: shares(name, rng) for name in ACTIVATIONS}
    for (name, values), marker in zip(measured.items(), "os^", strict=True):
        axes.semilogx(BATCHES, values, marker=marker, base=2, lw=2, label=name)
    axes.set(xlabel="batch size", ylabel="units with one-signed\ngradient (%)", ylim=(-3, 103))
    axes.set_xticks(BATCHES, [str(batch) for batch in BATCHES])
    axes.legend()
    figure.tight_layout()
    save(figure, path)
    of_32 = BATCHES.index(32)
    return [
        Measured("sigmoid, batch of 1", measured["sigmoid"][0], "둘 다 100%", 0.01),
        Measured("sigmoid, batch of 32", measured["sigmoid"][of_32], "sigmoid는 72%", 3),
        Measured("ReLU, batch of 32", measured["ReLU"][of_32], "ReLU는 13%", 3),
        Measured("tanh, batch of 1", measured["tanh"][0], "tanh는 0%", 0.5),
    ]
