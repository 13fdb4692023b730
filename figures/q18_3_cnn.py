"""Accuracy over computing time of both programs of ``examples`` on Fashion-MNIST."""

from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType

import matplotlib.pyplot as plt
import numpy as np
from examples import cnn_numpy, mlp_numpy
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "18-3"
SLOW = "trains a convolutional network on all of Fashion-MNIST"

RATE, EPOCHS = 0.1, 5


def run(
    model: ModuleType, parameters: list[NDArray[np.floating]], rng: np.random.Generator
) -> tuple[list[float], list[float]]:
    """Train as the programs do and return, after each epoch, the seconds of training and the test accuracy.

    The seconds are those that the processor worked, so that other programs disturb them less.
    """
    x, y = model.load("train")
    x_test, y_test = model.load("t10k")
    seconds, scores = [], []
    spent = 0.0
    for epoch in range(EPOCHS):
        began = time.process_time()
        model.train_epoch(parameters, x, y, rng, RATE * (1 - epoch / EPOCHS))
        spent += time.process_time() - began
        seconds.append(spent)
        scores.append(100 * model.accuracy(parameters, x_test, y_test))
    return seconds, scores


def main(path: Path) -> list[Measured]:
    """Draw both runs, each of five epochs with a falling learning rate."""
    rng = np.random.default_rng(0)
    mlp = mlp_numpy.initialize((784, 128, 10), rng)
    mlp_seconds, mlp_scores = run(mlp_numpy, mlp, rng)
    rng = np.random.default_rng(0)
    cnn = cnn_numpy.initialize(28, 8, 10, rng)
    cnn_seconds, cnn_scores = run(cnn_numpy, cnn, rng)

    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    axes.semilogx(mlp_seconds, mlp_scores, "s--", color=ORANGE, label="MLP: 101,770 parameters")
    axes.semilogx(cnn_seconds, cnn_scores, "o-", color=BLUE, label="CNN: 11,738 parameters")
    axes.set(xlabel="processor seconds, 5 epochs (log scale)", ylabel="test accuracy (%)")
    axes.set_xticks([1, 3, 10, 30], ["1", "3", "10", "30"])
    axes.minorticks_off()
    axes.legend()
    save(figure, path)
    return [
        Measured("test accuracy of the MLP", mlp_scores[-1], "86.2%", 1),
        Measured("test accuracy of the CNN", cnn_scores[-1], "87.9%", 1),
        Measured("parameters of the MLP", sum(p.size for p in mlp), "101,770개", 0),
        Measured("parameters of the CNN", sum(p.size for p in cnn), "11,738개", 0),
        Measured("CNN's time over the MLP's", cnn_seconds[-1] / mlp_seconds[-1], "13배", 6),
    ]
