"""What a ReLU network with two hidden layers learns of a cosine, with and without biases."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "12-4"
SEEDS = 30

SIZES = (1, 32, 32, 1)
STEPS, RATE = 1500, 0.01
Array = NDArray[Any]

X = np.linspace(-np.pi, np.pi, 201)[:, None]
Y = np.cos(X)


def forward(weights: list[Array], biases: list[Array]) -> list[Array]:
    """The input, the hidden layers' outputs and the prediction."""
    values = [X]
    for number, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        z = values[-1] @ weight + bias
        values.append(np.maximum(z, 0) if number < len(weights) else z)
    return values


@cache
def prediction(seed: int, biased: bool, budget: int = 1) -> Array:
    """What Adam makes of the squared error; unless ``biased``, the biases stay 0."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
    biases = [np.zeros(b) for b in SIZES[1:]]
    trained = [*weights, *biases] if biased else weights
    means, squares = ([np.zeros_like(p) for p in trained] for _ in range(2))
    for step in range(1, budget * STEPS + 1):
        values = forward(weights, biases)
        delta = 2 * (values[-1] - Y) / len(X)
        weight_gradients: list[Array] = []
        bias_gradients: list[Array] = []
        for weight, before in zip(reversed(weights), reversed(values[:-1]), strict=True):
            weight_gradients.insert(0, before.T @ delta)
            bias_gradients.insert(0, delta.sum(axis=0))
            delta = delta @ weight.T * (before > 0)
        gradients = [*weight_gradients, *bias_gradients][: len(trained)]
        for parameter, gradient, mean, square in zip(trained, gradients, means, squares, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            scale = np.sqrt(square / (1 - 0.999**step)) + 1e-8
            parameter -= RATE * mean / (1 - 0.9**step) / scale
    return forward(weights, biases)[-1]


def error(y: Array) -> float:
    """The root of the mean squared distance from the cosine."""
    return float(np.sqrt(np.mean((y - Y) ** 2)))


def best_rays() -> Array:
    """The best that two rays from the origin can do: a least-squares slope, the same on both sides."""
    half = X[X > 0]
    return np.asarray(half @ np.cos(half) / (half @ half) * np.abs(X))


def measure(seed: int, budget: int = 1) -> Numbers:
    """The errors of both networks, and of the best two rays."""
    return {
        "RMSE with biases": error(prediction(seed, True, budget)),
        "RMSE without biases": error(prediction(seed, False, budget)),
        "RMSE of the best two rays": error(best_rays()),
    }


SAYS = (
    Says("RMSE with biases", "중앙값이 0.021"),
    Says("RMSE with biases", "0.010~0.072", "min"),
    Says("RMSE with biases", "0.072), 없", "max"),
    Says("RMSE without biases", "모두 0.613"),
)
CONCLUSIONS = (
    Conclusion(
        "without biases training finds the best two rays, and nothing better",
        lambda runs: np.allclose(runs["RMSE without biases"], runs["RMSE of the best two rays"], rtol=1e-3),
    ),
    Conclusion(
        "with biases the error is less than a fifth of that",
        lambda runs: (runs["RMSE with biases"] < runs["RMSE without biases"] / 5).all(),
    ),
)


def draw() -> Figure:
    """The cosine and both networks."""
    figure, axes = plt.subplots(figsize=(4.5, 3.4))
    axes.plot(X, Y, color=GREY, lw=7, alpha=0.5)
    axes.plot(X, prediction(0, True), color=BLUE, lw=2.2)
    axes.plot(X, prediction(0, False), "--", color=ORANGE, lw=2.2)
    axes.text(-1.3, 0.75, "편향이 있다", color=BLUE, ha="right")
    axes.text(0, -0.75, "편향이 없다", color=ORANGE, ha="center")
    axes.annotate("코사인", (2.6, -0.86), (1.9, 0.3), arrowprops={"arrowstyle": "-", "color": GREY})
    axes.set(xlabel="x", ylabel="출력", ylim=(-1.5, 1.3))
    axes.set_xticks([-np.pi, 0, np.pi], ["-π", "0", "π"])
    return figure
