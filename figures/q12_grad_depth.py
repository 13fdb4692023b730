"""Size of the weights' gradients through 20 hidden layers before training, by activation and weights."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Conclusion, Numbers, Says

ANSWER = "12"
SEEDS = 10

Array = NDArray[Any]
HIDDEN, WIDTH, EXAMPLES = 20, 128, 200

# name: (function, its derivative as a function of its output, variance of the weights times fan-in)
CASES: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array], float]] = {
    "tanh, 1/n": (np.tanh, lambda h: 1 - h**2, 1.0),
    "ReLU, 2/n": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float), 2.0),
    "ReLU, 1/(3n)": (lambda z: np.maximum(z, 0), lambda h: (h > 0).astype(float), 1 / 3),
    "sigmoid, 16/n": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 16.0),
    "sigmoid, 1/n": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h), 1.0),
}


@cache
def gradient_sizes(name: str, seed: int) -> Array:
    """Per hidden layer, the norm of the cross-entropy's gradient by its weights in a fresh network."""
    pixels, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(pixels))[:EXAMPLES]
    x, y = pixels[chosen] / 8 - 1, np.eye(10)[digits[chosen]]
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


def measure(seed: int) -> Numbers:
    """The first hidden layer's gradient divided by the last one's; where all are small, the largest."""
    sizes = {name: gradient_sizes(name, seed) for name in CASES}
    ratios = {name: float(norms[0] / norms[-1]) for name, norms in sizes.items()}
    return {**ratios, "largest, ReLU, 1/(3n)": float(sizes["ReLU, 1/(3n)"].max())}


SAYS = (
    Says("sigmoid, 1/n", r"$2\times10^{-12}$배"),
    Says("sigmoid, 1/n", r"망마다 $1.0\times10^{-12}$", "min"),
    Says("sigmoid, 1/n", r"$2.0\times10^{-12}$", "max"),
    Says("sigmoid, 16/n", r"$1\times10^{-4}$배"),
    Says("sigmoid, 16/n", r"$0.8\times10^{-4}$에서", "min"),
    Says("sigmoid, 16/n", r"$1.8\times10^{-4}$)", "max"),
    Says("ReLU, 2/n", "0.5배"),
    Says("ReLU, 2/n", "0.26~0.88", "min"),
    Says("ReLU, 2/n", "0.88)", "max"),
    Says("tanh, 1/n", "0.8배"),
    Says("tanh, 1/n", "0.56~1.22", "min"),
    Says("tanh, 1/n", "1.22)", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "with the right weights, ReLU and tanh keep the gradient within a factor of five",
        lambda runs: all(
            ((runs[name] > 0.2) & (runs[name] < 5)).all() for name in ("ReLU, 2/n", "tanh, 1/n")
        ),
    ),
    Conclusion(
        "before training tanh keeps about as much as ReLU",
        lambda runs: np.median(runs["tanh, 1/n"]) > 0.8 * np.median(runs["ReLU, 2/n"]),
    ),
    Conclusion("sigmoid loses it", lambda runs: (runs["sigmoid, 1/n"] < 1e-10).all()),
    Conclusion(
        "larger weights help sigmoid, but not enough",
        lambda runs: ((runs["sigmoid, 16/n"] > 1e-6) & (runs["sigmoid, 16/n"] < 1e-2)).all(),
    ),
    Conclusion(
        "ReLU with small weights loses it, too", lambda runs: (runs["largest, ReLU, 1/(3n)"] < 1e-7).all()
    ),
)


def draw() -> Figure:
    """The norm against the layer: the median of the networks, and all of them as a band."""
    figure, axes = plt.subplots(figsize=(4.5, 4.4))
    layers = np.arange(1, HIDDEN + 1)
    looks = (
        ("tanh, 1/n", "tanh, 1/n", BLUE, "-", (1, 1.5e-2)),
        ("ReLU, 2/n", "ReLU, 2/n(He)", ORANGE, "--", (8, 20)),
        ("ReLU, 1/(3n)", "ReLU, 1/(3n)", ORANGE, ":", (11.5, 6e-10)),
        ("sigmoid, 16/n", "sigmoid, 16/n", GREEN, "-.", (2.5, 3e-6)),
        ("sigmoid, 1/n", "sigmoid, 1/n", GREEN, "-", (7.5, 5e-12)),
    )
    for name, label, colour, style, (x, y) in looks:
        sizes = np.array([gradient_sizes(name, seed) for seed in range(SEEDS)])
        axes.fill_between(layers, sizes.min(axis=0), sizes.max(axis=0), color=colour, alpha=0.25, lw=0)
        axes.semilogy(layers, np.median(sizes, axis=0), style, color=colour, lw=2)
        axes.text(x, y, label, color=colour)
    axes.set(xlabel="은닉층(1이 입력 쪽)", ylabel="가중치 기울기의 크기", ylim=(1e-15, 1e3))
    axes.set_xticks((1, 5, 10, 15, 20))
    powers = (-15, -10, -5, 0)
    axes.set_yticks([10.0**power for power in powers], [f"$10^{{{power}}}$" for power in powers])
    axes.minorticks_off()
    return figure
