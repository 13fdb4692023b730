"""What a gradient check says about mistakes in back-propagation, and how well they learn digits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from examples.mlp_numpy import Array, Labels, accuracy, backward, forward, initialize
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "18-2"

RATE, BATCH, EPOCHS, STEP = 0.1, 64, 30, 1e-5
Backward = Callable[[Array, Labels, Array, Array, Array], list[Array]]


def updated_first(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Send the error back through weights that already took their step."""
    dw1, db1, _, _ = backward(x, y, h, p, w2 - RATE * backward(x, y, h, p, w2)[2])
    return [dw1, db1, *backward(x, y, h, p, w2)[2:]]


def without_biases(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Forget the biases."""
    dw1, db1, dw2, db2 = backward(x, y, h, p, w2)
    return [dw1, 0 * db1, dw2, 0 * db2]


def without_mask(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Treat the ReLU as if it were the identity."""
    _, _, dw2, db2 = backward(x, y, h, p, w2)
    dh = (p - np.eye(10)[y]) / len(y) @ w2.T
    return [x.T @ dh, dh.sum(axis=0), dw2, db2]


def summed(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Forget to divide by the size of the batch."""
    return [len(y) * gradient for gradient in backward(x, y, h, p, w2)]


WAYS: dict[str, Backward] = {
    "correct": backward,
    "w2 updated before dh": updated_first,
    "biases forgotten": without_biases,
    "ReLU mask forgotten": without_mask,
    "not divided by batch": summed,
}


def relative_errors(x: Array, y: Labels) -> dict[str, float]:
    """Compare every way with central differences; return its worst error over the parameters."""
    rng = np.random.default_rng(1)
    parameters: list[Array] = [p.astype(np.float64) for p in initialize((64, 32, 10), rng)]
    for bias in parameters[1::2]:
        bias += rng.normal(0, 0.1, bias.shape)

    def loss() -> float:
        return float(-np.log(forward(x, parameters)[1][np.arange(len(y)), y]).mean())

    numeric = [np.zeros_like(parameter) for parameter in parameters]
    for parameter, differences in zip(parameters, numeric, strict=True):
        for index in np.ndindex(parameter.shape):
            kept = parameter[index]
            parameter[index] = kept + STEP
            above = loss()
            parameter[index] = kept - STEP
            differences[index] = (above - loss()) / (2 * STEP)
            parameter[index] = kept
    errors = {}
    for name, way in WAYS.items():
        gradients = way(x, y, *forward(x, parameters), parameters[2])
        errors[name] = max(
            float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))
            for a, b in zip(numeric, gradients, strict=True)
        )
    return errors


def learn(way: Backward, x: Array, y: Labels) -> float:
    """Train on the first 1,200 examples and return the accuracy in percent on the others."""
    rng = np.random.default_rng(0)
    parameters: list[Array] = [p.astype(np.float64) for p in initialize((64, 32, 10), rng)]
    for _ in range(EPOCHS):
        order = rng.permutation(1200)
        for start in range(0, 1200, BATCH):
            rows = order[start : start + BATCH]
            h, p = forward(x[rows], parameters)
            gradients = way(x[rows], y[rows], h, p, parameters[2])
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= RATE * gradient
    return 100 * accuracy(parameters, x[1200:], y[1200:])


def main(path: Path) -> list[Measured]:
    """Draw the error of the check as bars, with the accuracy reached beside them."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(pixels))
    x, y = pixels[order] / 16, digits[order]
    errors = relative_errors(x[:16], y[:16])
    scores = {name: learn(way, x, y) for name, way in WAYS.items()}

    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    colours = [BLUE if name == "correct" else ORANGE for name in WAYS]
    bars = axes.barh(list(WAYS), list(errors.values()), color=colours, left=1e-12, height=0.6)
    axes.bar_label(bars, [f" {score:.1f}%" for score in scores.values()])
    axes.set(xscale="log", xlim=(1e-12, 3e2), xlabel="relative error of the check (label: test accuracy)")
    axes.set_xticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    save(figure, path)
    return [
        Measured("error, correct", errors["correct"], "$1.1\\times10^{-10}$", 3e-10),
        Measured("error, w2 updated before dh", errors["w2 updated before dh"], "0.07부터", 0.01),
        Measured("error, biases forgotten", errors["biases forgotten"], "1까지", 1e-6),
        Measured("accuracy, correct", scores["correct"], "96.3%를", 0.7),
        Measured("accuracy, w2 updated before dh", scores["w2 updated before dh"], "96.3%,", 0.7),
        Measured("accuracy, biases forgotten", scores["biases forgotten"], "96.3%,", 0.7),
        Measured("accuracy, ReLU mask forgotten", scores["ReLU mask forgotten"], "96.0%였다", 1),
        Measured("accuracy, not divided by batch", scores["not divided by batch"], "11%로", 5),
    ]
