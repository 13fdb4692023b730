"""Decision boundaries of three layers with and without ReLU between them, on sklearn's two moons."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "12-1"

Array = NDArray[np.float64]
Layers = list[tuple[Array, Array]]
SIZES = (2, 16, 16, 1)
STEPS, RATE, MOMENTUM = 1000, 0.1, 0.9


def forward(layers: Layers, x: Array, bend: bool) -> list[Array]:
    """Return the input and each layer's output; the hidden ones go through ReLU if ``bend``."""
    values = [x]
    for number, (weights, bias) in enumerate(layers, start=1):
        z = values[-1] @ weights + bias
        values.append(np.maximum(z, 0) if bend and number < len(layers) else z)
    return values


def train(x: Array, y: Array, bend: bool) -> Layers:
    """Return the layers after gradient descent with momentum on the cross-entropy of all examples."""
    rng = np.random.default_rng(0)
    layers = [(rng.normal(0, np.sqrt(2 / a), (a, b)), np.zeros(b)) for a, b in pairwise(SIZES)]
    speeds = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    for _ in range(STEPS):
        values = forward(layers, x, bend)
        delta = (1 / (1 + np.exp(-values[-1])) - y[:, None]) / len(x)
        for number in reversed(range(len(layers))):
            weights, _ = layers[number]
            gradients = values[number].T @ delta, delta.sum(axis=0)
            delta = delta @ weights.T * ((values[number] > 0) if bend and number else 1)
            for parameter, speed, gradient in zip(layers[number], speeds[number], gradients, strict=True):
                speed *= MOMENTUM
                speed -= RATE * gradient
                parameter += speed
    return layers


def accuracy(layers: Layers, x: Array, y: Array, bend: bool) -> float:
    """Return the percentage of examples on the right side of the boundary."""
    return 100 * float(((forward(layers, x, bend)[-1][:, 0] > 0) == y).mean())


def main(path: Path) -> list[Measured]:
    """Draw both boundaries over the test examples."""
    x, y = make_moons(500, noise=0.2, random_state=0)
    test_x, test_y = make_moons(2000, noise=0.2, random_state=1)
    straight, bent = train(x, y, bend=False), train(x, y, bend=True)
    across, up = np.meshgrid(np.linspace(-1.8, 2.8, 300), np.linspace(-1.4, 1.9, 300))
    plane = np.column_stack([across.ravel(), up.ravel()])
    figure, panels = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
    scores = []
    for axes, layers, bend, title in zip(
        panels, (straight, bent), (False, True), ("no activation", "ReLU"), strict=True
    ):
        scores.append(accuracy(layers, test_x, test_y, bend))
        logits = forward(layers, plane, bend)[-1].reshape(across.shape)
        axes.contourf(across, up, logits > 0, levels=[-0.5, 0.5, 1.5], colors=[BLUE, ORANGE], alpha=0.2)
        for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
            axes.plot(*test_x[:400][test_y[:400] == label].T, marker, ms=3, color=colour, alpha=0.7)
        axes.set(title=f"{title}: {scores[-1]:.1f}%", xticks=[], yticks=[], xlabel="$x_1$")
        axes.grid(visible=False)
    panels[0].set(ylabel="$x_2$")
    figure.tight_layout()
    save(figure, path)
    logistic = 100 * LogisticRegression(C=1e6).fit(x, y).score(test_x, test_y)
    return [
        Measured("three layers without activation", scores[0], "86.8%", 0.3),
        Measured("three layers with ReLU", scores[1], "96.4%", 0.5),
        Measured("logistic regression", logistic, "똑같이 86.8%", 0.3),
    ]
