"""Size of the activations through 50 random layers, by activation and initialisation."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Conclusion, Numbers, Says

ANSWER = "8"
SEEDS = 10

Array = NDArray[np.float64]
DEPTH, WIDTH, SAMPLES = 50, 256, 100


def relu(z: Array) -> Array:
    """max(0, z)"""
    return np.maximum(z, 0)


def tanh(z: Array) -> Array:
    """The hyperbolic tangent."""
    return np.tanh(z)


def through(activation: Callable[[Array], Array], variance: float, seed: int) -> list[tuple[Array, Array]]:
    """The weights and the activations of each layer, for standard normal input."""
    rng = np.random.default_rng(seed)
    h = rng.normal(size=(SAMPLES, WIDTH))
    layers = []
    for _ in range(DEPTH):
        weights = rng.normal(0, np.sqrt(variance), (WIDTH, WIDTH))
        h = activation(h @ weights)
        layers.append((weights, h))
    return layers


def gradient_growth(layers: list[tuple[Array, Array]], seed: int) -> float:
    """How many times larger a random gradient gets per tanh layer on its way back, as a geometric mean."""
    gradient = start = np.random.default_rng((seed, 1)).normal(size=(SAMPLES, WIDTH))
    for weights, h in reversed(layers):
        gradient = (gradient * (1 - h**2)) @ weights.T
    return float((np.mean(gradient**2) / np.mean(start**2)) ** (0.5 / DEPTH))


def rms(layers: list[tuple[Array, Array]]) -> list[float]:
    """The root mean square of the activations of each layer."""
    return [float(np.sqrt(np.mean(h**2))) for _, h in layers]


def measure(seed: int) -> Numbers:
    """Sizes after the last layer; of the saturated tanh network also the gradient's growth."""
    wide = through(tanh, 1.0, seed)
    return {
        "He": rms(through(relu, 2 / WIDTH, seed))[-1],
        "Xavier": rms(through(relu, 1 / WIDTH, seed))[-1],
        "saturated": 100 * float(np.mean(np.abs(wide[-1][1]) > 0.99)),
        "growth": gradient_growth(wide, seed),
    }


SAYS = (
    Says("Xavier", r"$2\times10^{-8}$"),
    Says("He", "0.4~2.1", "min"),
    Says("He", "2.1이었다", "max"),
    Says("saturated", "86~87%", "min"),
    Says("saturated", "87%가", "max"),
    Says("growth", "약 2.9배"),
)
CONCLUSIONS = (
    Conclusion("He keeps the size", lambda runs: (runs["He"] > 0.1).all() and (runs["He"] < 5).all()),
    Conclusion("Xavier loses it", lambda runs: (runs["Xavier"] < 1e-6).all()),
    Conclusion("a wide tanh saturates", lambda runs: (np.abs(runs["saturated"] - 86) < 2).all()),
    Conclusion("and its gradient explodes", lambda runs: (runs["growth"] > 2.5).all()),
)


def draw() -> Figure:
    """The root mean square of the activations against the layer, ReLU above tanh."""
    he, xavier = (2.0, "He: 2/n", 38, 1e-2), (1.0, "Xavier: 1/n", 32, 1e-8)
    default = (1 / 3, "PyTorch 기본값: 1/(3n)", 3, 1e-17)
    wide, small = (float(WIDTH), "분산 1: 포화", 32, 1e2), (WIDTH * 1e-4, "분산 0.0001", 19, 1e-12)
    panels = (
        ("ReLU", relu, (he, xavier, default)),
        ("tanh", tanh, (wide, (1.0, "Xavier: 1/n", 32, 1e-3), small)),
    )
    figure, axes = plt.subplots(2, 1, figsize=(4.5, 5.2), sharex=True, sharey=True)
    for panel, (title, activation, runs) in zip(axes, panels, strict=True):
        for (gain, name, x, y), style, colour in zip(
            runs, ("-", "--", "-."), (BLUE, ORANGE, GREEN), strict=True
        ):
            sizes = rms(through(activation, gain / WIDTH, 0))
            panel.semilogy(range(1, DEPTH + 1), sizes, style, lw=2, color=colour)
            panel.text(x, y, name, color=colour, va="center")
        panel.set(title=title, ylabel="활성값의 크기(RMS)", ylim=(1e-21, 1e4), xlim=(1, DEPTH))
        panel.set_yticks([1e-20, 1e-10, 1], ["$10^{-20}$", "$10^{-10}$", "1"])
        panel.minorticks_off()
    axes[1].set_xlabel("층")
    return figure
