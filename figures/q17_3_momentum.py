"""Gradient descent with momentum in a narrow valley: the steps of some β, and the fewest possible."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, ORANGE, Measured, save

ANSWER = "17-3"

STEPS, NEAR = 2000, 1e-3
VALLEY = np.array([1.0, 100.0])  # the curvatures; the condition number is their ratio
START = np.array([10.0, 1.0])
RATE = 0.015
BETAS = {0.0: GREY, 0.5: ORANGE, 0.9: BLUE, 0.99: GREEN}

Array = NDArray[np.float64]


def descend(rate: float, beta: float, curvatures: Array, start: Array) -> Array:
    """Return the places of heavy-ball momentum on the quadratic bowl with these curvatures."""
    theta, v = start, np.zeros_like(start)
    places = [theta]
    for _ in range(STEPS):
        v = beta * v + curvatures * theta
        theta = theta - rate * v
        places.append(theta)
    return np.array(places)


def steps_needed(places: Array) -> int:
    """Return after how many steps the distance stays below a thousandth of the first."""
    distances = np.linalg.norm(places, axis=1)
    return int(np.flatnonzero(distances >= NEAR * distances[0])[-1]) + 1


def best_possible(condition: float) -> tuple[int, int]:
    """Return the steps that plain gradient descent and momentum need at their best rate and β."""
    curvatures = np.array([1.0, condition])
    start = np.array([1.0, 1.0])
    plain = steps_needed(descend(2 / (1 + condition), 0, curvatures, start))
    root = np.sqrt(condition)
    rate, beta = (2 / (1 + root)) ** 2, ((root - 1) / (root + 1)) ** 2
    return plain, steps_needed(descend(rate, beta, curvatures, start))


def main(path: Path) -> list[Measured]:
    """Draw the distance to the minimum by step for some β at one learning rate."""
    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    needed = {}
    for beta, colour in BETAS.items():
        places = descend(RATE, beta, VALLEY, START)
        needed[beta] = steps_needed(places)
        label = f"β = {beta:g}: {needed[beta]} steps"
        axes.semilogy(np.linalg.norm(places, axis=1)[:801], color=colour, label=label)
    axes.axhline(NEAR * float(np.linalg.norm(START)), color="k", ls=":", lw=1)
    axes.set(xlabel="step", ylabel="distance to the minimum", ylim=(1e-3, 30))
    axes.legend()
    save(figure, path)
    plain, momentum = best_possible(100)
    plain_400, momentum_400 = best_possible(400)
    return [
        Measured("β = 0", needed[0.0], "457걸음", 3),
        Measured("β = 0.5", needed[0.5], "221걸음", 3),
        Measured("β = 0.9", needed[0.9], "122걸음", 3),
        Measured("β = 0.99", needed[0.99], "1,360걸음", 10),
        Measured("plain, condition number 100", plain, "346걸음", 3),
        Measured("momentum, condition number 100", momentum, "56걸음", 2),
        Measured("plain, condition number 400", plain_400, "1,382걸음", 10),
        Measured("momentum, condition number 400", momentum_400, "120걸음으로", 3),
    ]
