"""Size of the weights' gradients through 20 hidden layers before training, by activation and weights."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "12"

Array = NDArray[np.float64]
HIDDEN, WIDTH, NETWORKS = 20, 128, 3

# name: (function, its derivative as a function of its output, variance of the weights times fan-in)
CASES: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array], float]] = {
    "tanh: 1/n": (np.tanh, lambda h: 1 - h**2, 1.0),
    "ReLU: 2/n (He)": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float), 2.0),
    "ReLU: 1/(3n)": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float), 1 / 3),
    "sigmoid: 16/n": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 16.0),
    "sigmoid: 1/n": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 1.0),
}
COLOURS = dict(zip(CASES, (BLUE, ORANGE, ORANGE, GREEN, GREEN), strict=True))


def gradient_sizes(name: str, x: Array, y: Array, rng: np.random.Generator) -> Array:
    """Per hidden layer, the norm of the cross-entropy's gradient by its weights in a fresh network."""
    function, slope, gain = CASES[name]
    sizes = [x.shape[1], *[WIDTH] * HIDDEN]
    hidden = [rng.normal(0, np.sqrt(gain / a), (a, b)) for a, b in pairwise(sizes)]
    last = rng.normal(0, np.sqrt(1 / WIDTH), (WIDTH, 10))
    activations = [x]
    for weights in hidden:
        activations.append(function(activations[-1] @ weights))
    logits = activations[-1] @ last
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    gradient = (odds / odds.sum(axis=1, keepdims=True) - y) @ last.T / len(x)
    norms = []
    for weights, before, after in zip(hidden[::-1], activations[-2::-1], activations[:0:-1], strict=True):
        delta = gradient * slope(after)
        norms.append(float(np.linalg.norm(before.T @ delta)))
        gradient = delta @ weights.T
    return np.array(norms[::-1])


def main(path: Path) -> list[Measured]:
    """Draw the norm against the layer, as the geometric mean of several networks."""
    pixels, digits = load_digits(return_X_y=True)
    x, y = pixels[:200] / 8 - 1, np.eye(10)[digits[:200]]
    figure, axes = plt.subplots(figsize=(6.4, 4.4))
    sizes = {}
    for name, style in zip(CASES, ("s-", "o-", "o--", "^--", "^-"), strict=True):
        rng = np.random.default_rng(0)
        networks = [gradient_sizes(name, x, y, rng) for _ in range(NETWORKS)]
        sizes[name] = np.exp(np.mean(np.log(networks), axis=0))
        axes.semilogy(range(1, HIDDEN + 1), sizes[name], style, ms=4, lw=1.5, color=COLOURS[name], label=name)
    axes.set(
        xlabel="hidden layer (1 = next to the input)", ylabel="‖∂L/∂W‖ before training", ylim=(1e-15, 10)
    )
    axes.set_xticks((1, 5, 10, 15, 20))
    axes.legend(title="variance of the weights", loc="lower right")
    figure.tight_layout()
    save(figure, path)
    ratios = {name: float(norms[0] / norms[-1]) for name, norms in sizes.items()}
    poor = float(sizes["ReLU: 1/(3n)"].max())
    return [
        Measured("sigmoid, 1/n: layer 1 / layer 20", ratios["sigmoid: 1/n"], r"$2\times10^{-12}$배", 1e-12),
        Measured("sigmoid, 16/n: layer 1 / layer 20", ratios["sigmoid: 16/n"], r"$2\times10^{-4}$배", 1e-4),
        Measured("ReLU, He: layer 1 / layer 20", ratios["ReLU: 2/n (He)"], "0.5배", 0.1),
        Measured("tanh: layer 1 / layer 20", ratios["tanh: 1/n"], "0.8배", 0.1),
        Measured("ReLU, 1/(3n): largest norm", poor, r"$3\times10^{-8}$쯤이었다", 1e-8),
    ]
