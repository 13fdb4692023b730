"""What a hidden layer is worth: ``examples/mlp_numpy.py`` against a linear classifier on Fashion-MNIST."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from examples.mlp_numpy import BATCH, EPOCHS, RATE, Array, Labels, accuracy, initialize, load, train_epoch
from matplotlib.figure import Figure

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "18"
SEEDS = 10
SLOW = "trains on 50,000 pictures"

TRAIN = 50_000  # pictures that a seed chooses out of 60,000
SIZES = (784, 128, 10)


@cache
def data() -> tuple[tuple[Array, Labels], tuple[Array, Labels]]:
    """Pictures and labels for training and for testing."""
    return load("train"), load("t10k")


def train_linear(w: Array, b: Array, x: Array, y: Labels, rng: np.random.Generator, rate: float) -> None:
    """One epoch as that of the program, without a hidden layer."""
    order = rng.permutation(len(x))
    for start in range(0, len(x), BATCH):
        chosen = order[start : start + BATCH]
        z = x[chosen] @ w + b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        dz = e / e.sum(axis=1, keepdims=True)
        dz[np.arange(len(chosen)), y[chosen]] -= 1
        dz /= len(chosen)
        w -= rate * (x[chosen].T @ dz)
        b -= rate * dz.sum(axis=0)


@cache
def history(seed: int, budget: int = 1) -> tuple[list[float], list[float]]:
    """Test accuracy in percent after each epoch, without and with the hidden layer.

    Both train at the rates of the program, which fall to a tenth.
    """
    (x, y), (x_test, y_test) = data()
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(x))[:TRAIN]
    x, y = x[chosen], y[chosen]
    parameters = initialize(SIZES, rng)
    w, b = np.zeros((SIZES[0], SIZES[-1]), np.float32), np.zeros(SIZES[-1], np.float32)
    linear, mlp = [], []
    epochs = budget * EPOCHS
    for epoch in range(epochs):
        rate = RATE * (1 - epoch / epochs)
        train_linear(w, b, x, y, rng, rate)
        train_epoch(parameters, x, y, rng, rate)
        linear.append(100 * float(((x_test @ w + b).argmax(axis=1) == y_test).mean()))
        mlp.append(100 * accuracy(parameters, x_test, y_test))
    return linear, mlp


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies after the last epoch, and the number of parameters."""
    linear, mlp = history(seed, budget)
    parameters = initialize(SIZES, np.random.default_rng(0))
    return {
        "test accuracy, linear": linear[-1],
        "test accuracy, MLP": mlp[-1],
        "gain": mlp[-1] - linear[-1],
        "parameters": float(sum(parameter.size for parameter in parameters)),
    }


SAYS = (
    Says("parameters", "101,770개"),
    Says("test accuracy, linear", "중앙값 83.9%"),
    Says("test accuracy, linear", "83.5~84.1%", "min"),
    Says("test accuracy, linear", "84.1%)", "max"),
    Says("test accuracy, MLP", "중앙값 87%"),
    Says("test accuracy, MLP", "87.0~87.5%", "min"),
    Says("test accuracy, MLP", "87.5%)", "max"),
    Says("gain", "적어도 3%p", "min"),
)
CONCLUSIONS = (
    Conclusion("the hidden layer gains accuracy in every run", lambda runs: (runs["gain"] >= 2.5).all()),
)


def draw() -> Figure:
    """Both accuracies by epoch in all runs, and their medians."""
    figure, axes = plt.subplots(figsize=(4.5, 3.3))
    runs = np.array([history(seed) for seed in range(SEEDS)])
    epochs = np.arange(1, EPOCHS + 1)
    for row, (style, colour, name, place) in enumerate(
        (
            ("--", ORANGE, "선형 분류기", (8.5, 79.6)),
            ("-", BLUE, "MLP: 은닉 유닛 128개", (4.6, 88.4)),
        )
    ):
        axes.plot(epochs, runs[:, row].T, style, color=colour, lw=0.8, alpha=0.5)
        axes.plot(epochs, np.median(runs[:, row], axis=0), style, color=colour, lw=2.5)
        axes.text(*place, name, color=colour)
    axes.set(xlabel="epoch", ylabel="test 정확도(%)", xticks=epochs, ylim=(76, 90))
    return figure
