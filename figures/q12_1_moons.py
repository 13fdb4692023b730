"""Decision boundaries of three layers with and without ReLU between them, on sklearn's two moons."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "12-1"
SEEDS = 10

Array = NDArray[Any]
Layers = list[tuple[Array, Array]]
SIZES = (2, 16, 16, 1)
TRAIN, TEST, NOISE = 500, 2000, 0.2
STEPS, RATE, MOMENTUM = 1000, 0.1, 0.9


def points(seed: int) -> tuple[Array, Array, Array, Array]:
    """Points to train on and their classes, points to test with and theirs."""
    x, y = make_moons(TRAIN, noise=NOISE, random_state=seed)
    return x, y, *make_moons(TEST, noise=NOISE, random_state=seed + 100_000)


def forward(layers: Layers, x: Array, bend: bool) -> list[Array]:
    """The input and each layer's output; the hidden ones go through ReLU if ``bend``."""
    values = [x]
    for number, (weights, bias) in enumerate(layers, start=1):
        z = values[-1] @ weights + bias
        values.append(np.maximum(z, 0) if bend and number < len(layers) else z)
    return values


@cache
def train(seed: int, budget: int, bend: bool) -> Layers:
    """The layers after gradient descent with momentum on the cross-entropy of all examples."""
    x, y, _, _ = points(seed)
    rng = np.random.default_rng(seed)
    layers = [(rng.normal(0, np.sqrt(2 / a), (a, b)), np.zeros(b)) for a, b in pairwise(SIZES)]
    speeds = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    for _ in range(budget * STEPS):
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
    """The percentage of examples on the right side of the boundary."""
    return 100 * float(((forward(layers, x, bend)[-1][:, 0] > 0) == y).mean())


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies in percent of both networks and of logistic regression."""
    x, y, test_x, test_y = points(seed)
    straight = accuracy(train(seed, budget, False), test_x, test_y, False)
    logistic = 100 * float(LogisticRegression(C=1e6).fit(x, y).score(test_x, test_y))
    return {
        "straight": straight,
        "bent": accuracy(train(seed, budget, True), test_x, test_y, True),
        "logistic": logistic,
        "apart": abs(straight - logistic),
    }


SAYS = (
    Says("straight", "활성화가 없는 망은 87.0%"),
    Says("straight", "86.8~88.2", "min"),
    Says("straight", "88.2)", "max"),
    Says("logistic", "로지스틱 회귀도 87.0%"),
    Says("apart", "0.1%p", "max"),
    Says("bent", "96.9%"),
    Says("bent", "96.0~97.6", "min"),
    Says("bent", "97.6)", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "without activation three layers are a logistic regression",
        lambda runs: (runs["apart"] < 0.5).all(),
    ),
    Conclusion("ReLU bends the boundary", lambda runs: (runs["bent"] > runs["straight"] + 5).all()),
)


def draw() -> Figure:
    """Both boundaries over the test examples, one run."""
    _, _, test_x, test_y = points(0)
    across, up = np.meshgrid(np.linspace(-1.8, 2.8, 300), np.linspace(-1.4, 1.9, 300))
    plane = np.column_stack([across.ravel(), up.ravel()])
    figure, panels = plt.subplots(2, figsize=(4.5, 5.6), sharex=True)
    for axes, bend, title in zip(panels, (False, True), ("활성화 없음", "ReLU"), strict=True):
        layers = train(0, 1, bend)
        logits = forward(layers, plane, bend)[-1].reshape(across.shape)
        axes.contourf(across, up, logits > 0, levels=[-0.5, 0.5, 1.5], colors=[BLUE, ORANGE], alpha=0.2)
        axes.contour(across, up, logits, levels=[0], colors=[INK], linewidths=2)
        for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
            axes.plot(*test_x[:300][test_y[:300] == label].T, marker, ms=4, color=colour, alpha=0.7)
        axes.set(title=title, xticks=[], yticks=[], ylabel="$x_2$")
        axes.grid(visible=False)
    panels[1].set(xlabel="$x_1$")
    return figure
