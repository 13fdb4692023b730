"""Accuracy and computing time of both numpy programs of ``examples`` on 10,000 pictures of Fashion-MNIST."""

from __future__ import annotations

import time
from functools import cache
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from examples import cnn_numpy, mlp_numpy
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "18-3"
SEEDS = 10
SLOW = "trains a convolutional network in numpy"

TRAIN = 10_000  # pictures that a seed chooses out of 60,000
RATE, EPOCHS = 0.1, 5


@cache
def data() -> tuple[NDArray[Any], ...]:
    """Pictures and labels for training, then for testing."""
    return *mlp_numpy.load("train"), *mlp_numpy.load("t10k")


def initialize(model: ModuleType, rng: np.random.Generator) -> list[NDArray[Any]]:
    """The untrained parameters of a program."""
    if model is mlp_numpy:
        return mlp_numpy.initialize((784, 128, 10), rng)
    return cnn_numpy.initialize(28, 8, 10, rng)


@cache
def run(model: ModuleType, seed: int, budget: int = 1) -> tuple[list[float], list[float]]:
    """Seconds of training and test accuracy in percent after each epoch, at a rate that falls.

    The seconds are those that the processor worked, so that other programs disturb them less.
    """
    x, y, x_test, y_test = data()
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(x))[:TRAIN]
    x, y = x[chosen], y[chosen]
    parameters = initialize(model, rng)
    seconds, scores = [], []
    spent = 0.0
    epochs = budget * EPOCHS
    for epoch in range(epochs):
        began = time.process_time()
        model.train_epoch(parameters, x, y, rng, RATE * (1 - epoch / epochs))
        spent += time.process_time() - began
        seconds.append(spent)
        scores.append(100 * model.accuracy(parameters, x_test, y_test))
    return seconds, scores


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies after the last epoch, their difference, how much longer the CNN took, both sizes."""
    mlp_seconds, mlp_scores = run(mlp_numpy, seed, budget)
    cnn_seconds, cnn_scores = run(cnn_numpy, seed, budget)
    rng = np.random.default_rng(0)
    return {
        "test accuracy, MLP": mlp_scores[-1],
        "test accuracy, CNN": cnn_scores[-1],
        "CNN ahead by": cnn_scores[-1] - mlp_scores[-1],
        "time ratio": cnn_seconds[-1] / mlp_seconds[-1],
        "parameters, MLP": float(sum(p.size for p in initialize(mlp_numpy, rng))),
        "parameters, CNN": float(sum(p.size for p in initialize(cnn_numpy, rng))),
    }


SAYS = (
    Says("test accuracy, CNN", "중앙값 84.3%"),
    Says("test accuracy, CNN", "83~85%", "min"),
    Says("test accuracy, CNN", "85%)로", "max"),
    Says("test accuracy, MLP", "MLP의 81.9%"),
    Says("test accuracy, MLP", "78~83%", "min"),
    Says("test accuracy, MLP", "83%)보다", "max"),
    Says("CNN ahead by", "1.0~6.8%p로", "min"),
    Says("CNN ahead by", "6.8%p로", "max"),
    Says("CNN ahead by", "1.7~1.8%p였다", "min", budget=3),
    Says("CNN ahead by", "1.8%p였다", "max", budget=3),
    Says("time ratio", "CPU 시간이 13배"),
    Says("time ratio", "11~15배", "min"),
    Says("time ratio", "15배)", "max"),
    Says("parameters, MLP", "101,770개에서"),
    Says("parameters, CNN", "11,738개로"),
)
CONCLUSIONS = (
    Conclusion(
        "the CNN is more accurate by the median",
        lambda runs: np.median(runs["CNN ahead by"]) > 0.5,
    ),
    Conclusion("it takes many times as long", lambda runs: (runs["time ratio"] > 4).all()),
)


def draw() -> Figure:
    """Accuracy over computing time at the end of each run."""
    figure, axes = plt.subplots(figsize=(4.5, 3.2))
    for model, marker, colour, place, label in (
        (mlp_numpy, "s", ORANGE, (0.25, 83.5), "MLP\n매개변수 101,770개"),
        (cnn_numpy, "o", BLUE, (3.3, 85.5), "CNN\n매개변수 11,738개"),
    ):
        runs = [run(model, seed) for seed in range(SEEDS)]
        ends = [(seconds[-1], scores[-1]) for seconds, scores in runs]
        axes.plot(*zip(*ends, strict=True), marker, color=colour, ms=5)
        axes.text(*place, label, color=colour)
    axes.set(xscale="log", xlim=(0.2, 20), ylim=(76, 88))
    axes.set(xlabel="학습에 쓴 CPU 시간(초, 로그 축)", ylabel="test 정확도(%)")
    axes.set_xticks([0.3, 1, 3, 10], ["0.3", "1", "3", "10"])
    axes.minorticks_off()
    return figure
