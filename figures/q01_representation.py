"""Two spirals as they are given, and as the last hidden layer of a trained network sees them."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "1"

Array = NDArray[np.float64]
HIDDEN = (20, 20, 2)  # two units at last, so that their values can be drawn
POINTS, NOISE, TURNS = 1000, 0.04, 1.5
ALPHA = 0.3  # weight decay


def spirals(seed: int) -> tuple[Array, Array]:
    """Points on two arms that wind around each other, and which arm each point is on."""
    rng = np.random.default_rng(seed)
    arm = rng.integers(0, 2, POINTS)
    radius = rng.uniform(0.15, 1, POINTS)
    angle = 2 * np.pi * TURNS * radius + np.pi * arm
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return x + NOISE * rng.normal(size=x.shape), arm.astype(float)


def designed(x: Array) -> Array:
    """The feature that an expert would make: the points turned back by the angle of the spiral."""
    radius = np.hypot(x[:, 0], x[:, 1])
    angle = np.arctan2(x[:, 1], x[:, 0]) - 2 * np.pi * TURNS * radius
    return np.column_stack([np.cos(angle), np.sin(angle)])


def layers(network: MLPClassifier, x: Array) -> list[Array]:
    """The activations of each hidden layer."""
    found = []
    for weights, bias in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        x = np.tanh(x @ weights + bias)
        found.append(x)
    return found


def linear_accuracy(train: Array, arm: Array, test: Array, test_arm: Array) -> float:
    """The test accuracy in percent of logistic regression on the given features."""
    return 100 * float(LogisticRegression(C=100, max_iter=2000).fit(train, arm).score(test, test_arm))


def main(path: Path) -> list[Measured]:
    """Draw the test points before and after the hidden layers."""
    (x, arm), (x_test, test_arm) = spirals(0), spirals(1)
    network = MLPClassifier(HIDDEN, "tanh", solver="lbfgs", alpha=ALPHA, max_iter=1000, random_state=0)
    network.fit(x, arm)
    seen = layers(network, x_test)
    probes = [linear_accuracy(a, arm, b, test_arm) for a, b in zip(layers(network, x), seen, strict=True)]
    raw = linear_accuracy(x, arm, x_test, test_arm)
    expert = linear_accuracy(designed(x), arm, designed(x_test), test_arm)

    figure, panels = plt.subplots(2, 1, figsize=(4.6, 8), layout="constrained")
    for axes, points in zip(panels, (x_test, seen[-1]), strict=True):
        for value, color, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
            axes.scatter(
                *points[test_arm == value].T, s=16, color=color, marker=marker, alpha=0.6, linewidths=0
            )
    panels[0].set(
        title=f"input: a line gets {raw:.0f}% right", xlabel="$x_1$", ylabel="$x_2$", aspect="equal"
    )
    panels[1].set(title=f"last hidden layer: a line gets {probes[-1]:.0f}%", xlabel="$h_1$", ylabel="$h_2$")
    (w1,), (w2,) = network.coefs_[-1]
    line = np.linspace(-1.1, 1.1, 2)
    panels[1].plot(line, -(network.intercepts_[-1][0] + w1 * line) / w2, color=GREY, ls="--")
    for axes in panels:
        axes.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), xticks=(-1, 0, 1), yticks=(-1, 0, 1), aspect="equal")
    save(figure, path)
    return [
        Measured("logistic regression on the input", raw, "60%", 3),
        Measured("logistic regression on the designed features", expert, "100%가 되지만", 0.5),
        Measured("logistic regression on the first hidden layer", probes[0], "70%", 12),
        Measured("logistic regression on the second hidden layer", probes[1], "94%", 6),
        Measured("logistic regression on the last hidden layer", probes[2], "100%로", 1),
    ]
