"""Size of the activations through 50 random layers, by activation and initialisation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import Measured, save

ANSWER = "8"

Array = NDArray[np.float64]
DEPTH, WIDTH, SAMPLES = 50, 256, 200


def relu(z: Array) -> Array:
    """max(0, z)"""
    return np.maximum(z, 0)


def tanh(z: Array) -> Array:
    """The hyperbolic tangent."""
    return np.tanh(z)


def through(activation: Callable[[Array], Array], variance: float) -> list[Array]:
    """The activations of each layer for standard normal input and weights of the given variance."""
    rng = np.random.default_rng(0)
    h = rng.normal(size=(SAMPLES, WIDTH))
    layers = []
    for _ in range(DEPTH):
        h = activation(h @ rng.normal(0, np.sqrt(variance), (WIDTH, WIDTH)))
        layers.append(h)
    return layers


def gradient_growth(variance: float) -> float:
    """How many times larger a random gradient gets per tanh layer on its way back, as a geometric mean."""
    rng = np.random.default_rng(0)
    h = rng.normal(size=(SAMPLES, WIDTH))
    passed = []
    for _ in range(DEPTH):
        weights = rng.normal(0, np.sqrt(variance), (WIDTH, WIDTH))
        h = np.tanh(h @ weights)
        passed.append((weights, h))
    gradient = start = rng.normal(size=h.shape)
    for weights, h in reversed(passed):
        gradient = (gradient * (1 - h**2)) @ weights.T
    return float((np.mean(gradient**2) / np.mean(start**2)) ** (0.5 / DEPTH))


def rms(layers: list[Array]) -> list[float]:
    """The root mean square of each layer."""
    return [float(np.sqrt(np.mean(h**2))) for h in layers]


def main(path: Path) -> list[Measured]:
    """Draw the root mean square of the activations against the layer, tanh above ReLU."""
    wide = through(tanh, 1.0)
    saturated = 100 * float(np.mean(np.abs(wide[-1]) > 0.99))
    tanh_layers = {
        f"N(0, 1): {saturated:.0f}% saturated": wide,
        "Xavier 1/n": through(tanh, 1 / WIDTH),
        "N(0, 0.01²)": through(tanh, 0.01**2),
    }
    relu_layers = {
        "He 2/n": through(relu, 2 / WIDTH),
        "Xavier 1/n": through(relu, 1 / WIDTH),
        "PyTorch weights 1/(3n)": through(relu, 1 / (3 * WIDTH)),
    }
    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6.4), sharex=True, sharey=True)
    for axes, title, runs in zip(panels, ("tanh", "ReLU"), (tanh_layers, relu_layers), strict=True):
        for (name, layers), style in zip(runs.items(), ("-", "--", "-."), strict=True):
            axes.semilogy(range(1, DEPTH + 1), rms(layers), style, lw=2, label=name)
        axes.set(title=title, ylabel="RMS of activations", ylim=(1e-21, 30))
    panels[0].legend(loc="center right")
    panels[1].legend(loc="lower left")
    panels[1].set_xlabel("layer")
    figure.tight_layout()
    save(figure, path)
    last = {name: rms(layers)[-1] for name, layers in relu_layers.items()}
    return [
        Measured("ReLU, Xavier, last layer", last["Xavier 1/n"], r"$2\times10^{-8}$", 1e-8),
        Measured("ReLU, He, last layer", last["He 2/n"], "He는 0.6", 0.1),
        Measured("tanh, N(0, 1): |h| > 0.99 in the last layer", saturated, "86%가 절댓값", 2),
        Measured("tanh, N(0, 1): gradient growth per layer", gradient_growth(1.0), "층마다 약 3배", 0.2),
    ]
