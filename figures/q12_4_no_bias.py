"""What a ReLU network with two hidden layers learns of a cosine, with and without biases."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "12-4"

Array = NDArray[np.float64]
SIZES = (1, 32, 32, 1)
STEPS, RATE = 1500, 0.01


def forward(weights: list[Array], biases: list[Array], x: Array) -> list[Array]:
    """Return the input, the hidden layers' outputs and the prediction."""
    values = [x]
    for number, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        z = values[-1] @ weight + bias
        values.append(np.maximum(z, 0) if number < len(weights) else z)
    return values


def train(x: Array, y: Array, biased: bool) -> tuple[list[Array], list[Array]]:
    """Return weights and biases after Adam on the squared error; unless ``biased``, the biases stay 0."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
    biases = [np.zeros(b) for b in SIZES[1:]]
    trained = [*weights, *biases] if biased else weights
    means, squares = ([np.zeros_like(p) for p in trained] for _ in range(2))
    for step in range(1, STEPS + 1):
        values = forward(weights, biases, x)
        delta = 2 * (values[-1] - y) / len(x)
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
    return weights, biases


def main(path: Path) -> list[Measured]:
    """Draw the cosine and both networks."""
    x = np.linspace(-np.pi, np.pi, 201)[:, None]
    y = np.cos(x)
    figure, axes = plt.subplots(figsize=(6.4, 3.6))
    axes.plot(x, y, color="black", lw=5, alpha=0.3, label="cos x")
    errors = []
    for biased, style, colour, label in (
        (True, "-", BLUE, "with biases"),
        (False, "--", ORANGE, "without biases"),
    ):
        prediction = forward(*train(x, y, biased), x)[-1]
        errors.append(float(np.sqrt(np.mean((prediction - y) ** 2))))
        axes.plot(x, prediction, style, lw=2, color=colour, label=f"{label}: RMSE {errors[-1]:.2g}")
    axes.set(xlabel="x", ylim=(-1.2, 2.3))
    axes.legend(loc="upper center")
    figure.tight_layout()
    save(figure, path)
    # The best that two rays from the origin can do is a least-squares slope on each side.
    positive = x[x > 0]
    slope = positive @ np.cos(positive) / (positive @ positive)
    rays = float(np.sqrt(np.mean((slope * np.abs(x) - y) ** 2)))
    return [
        Measured("RMSE with biases", errors[0], "RMSE가 0.016", 0.008),
        Measured("RMSE without biases", errors[1], "없으면 0.61", 0.01),
        Measured("RMSE of the best two rays", rays, "없으면 0.61이다", 0.01),
    ]
