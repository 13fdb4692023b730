"""Two spirals as they are given, and as the last hidden layer of a trained network sees them."""

from __future__ import annotations

import warnings
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "1"
SEEDS = 10

Array = NDArray[np.float64]
HIDDEN = (20, 20, 2)  # two units at last, so that their values can be drawn
POINTS, NOISE, TURNS = 1000, 0.04, 1.5
ALPHA, ITERATIONS = 0.3, 500  # weight decay, and the most steps of L-BFGS


def spirals(rng: np.random.Generator) -> tuple[Array, Array]:
    """Points on two arms that wind around each other, and which arm each point is on."""
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


@cache
def learnt(seed: int, budget: int = 1) -> tuple[MLPClassifier, Array, Array, Array, Array]:
    """A network, the points that it learnt from, and new ones."""
    rng = np.random.default_rng(seed)
    x, arm = spirals(rng)
    x_test, test_arm = spirals(rng)
    network = MLPClassifier(
        HIDDEN, "tanh", solver="lbfgs", alpha=ALPHA, max_iter=budget * ITERATIONS, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the budget ends it
        network.fit(x, arm)
    return network, x, arm, x_test, test_arm


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies in percent of logistic regression."""
    network, x, arm, x_test, test_arm = learnt(seed, budget)
    found = {
        "input": linear_accuracy(x, arm, x_test, test_arm),
        "designed": linear_accuracy(designed(x), arm, designed(x_test), test_arm),
    }
    for number, (train, test) in enumerate(zip(layers(network, x), layers(network, x_test), strict=True)):
        found[f"layer {number + 1}"] = linear_accuracy(train, arm, test, test_arm)
    return found


SAYS = (
    Says("input", "중앙값 61%"),
    Says("input", "58~63%)에", "min"),
    Says("input", "63%)에", "max"),
    Says("designed", "늘 99.9% 이상", "min"),
    Says("layer 1", "중앙값 76%"),
    Says("layer 1", "68~81%)인데", "min"),
    Says("layer 1", "81%)인데", "max"),
    Says("layer 2", "둘째 층에서는 중앙값 99.9%"),
    Says("layer 2", "95~100%)이고", "min"),
    Says("layer 2", "100%)이고", "max"),
    Says("layer 3", "마지막 층에서는 99.7% 이상", "min"),
)
CONCLUSIONS = (
    Conclusion("a line does not tell the arms apart", lambda runs: runs["input"].max() < 70),
    Conclusion("the designed feature does", lambda runs: runs["designed"].min() > 99),
    Conclusion("the first layer does not suffice", lambda runs: np.median(runs["layer 1"]) < 90),
    Conclusion("the second layer does more", lambda runs: (runs["layer 2"] > runs["layer 1"]).all()),
    Conclusion("and as a rule enough", lambda runs: np.median(runs["layer 2"]) > 95),
    Conclusion("the last layer does it", lambda runs: runs["layer 3"].min() > 98),
)


def draw() -> Figure:
    """The test points before and after the hidden layers."""
    network, _, _, x_test, test_arm = learnt(0)
    figure, panels = plt.subplots(2, figsize=(4.5, 7.4))
    for axes, points in zip(panels, (x_test, layers(network, x_test)[-1]), strict=True):
        for value, color, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
            axes.scatter(
                *points[test_arm == value].T, s=14, color=color, marker=marker, alpha=0.6, linewidths=0
            )
        axes.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), xticks=(-1, 0, 1), yticks=(-1, 0, 1), aspect="equal")
    panels[0].set(title="입력: 직선으로 가를 수 없다", xlabel="$x_1$", ylabel="$x_2$")
    panels[1].set(title="마지막 은닉층: 직선 하나로 갈린다", xlabel="$h_1$", ylabel="$h_2$")
    (w1,), (w2,) = network.coefs_[-1]
    line = np.linspace(-1.1, 1.1, 2)
    panels[1].plot(line, -(network.intercepts_[-1][0] + w1 * line) / w2, color=GREY, ls="--", lw=2)
    return figure
