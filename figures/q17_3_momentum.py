"""Gradient descent with momentum in a narrow valley: the steps of some β, and the fewest possible."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "17-3"

STEPS, NEAR = 2000, 1e-3
VALLEY = np.array([1.0, 100.0])  # the curvatures; the condition number is their ratio
START = np.array([10.0, 1.0])
RATE = 0.015
BETAS = {0.0: (GREY, "--"), 0.5: (ORANGE, "-."), 0.9: (BLUE, "-"), 0.99: (GREEN, ":")}

Array = NDArray[np.float64]


def descend(rate: float, beta: float, curvatures: Array, start: Array) -> Array:
    """The places of heavy-ball momentum on the quadratic bowl with these curvatures."""
    theta, v = start, np.zeros_like(start)
    places = [theta]
    for _ in range(STEPS):
        v = beta * v + curvatures * theta
        theta = theta - rate * v
        places.append(theta)
    return np.array(places)


def steps_needed(places: Array) -> int:
    """After how many steps the distance stays below a thousandth of the first."""
    distances = np.linalg.norm(places, axis=1)
    return int(np.flatnonzero(distances >= NEAR * distances[0])[-1]) + 1


def best_possible(condition: float) -> tuple[int, int]:
    """The steps that plain gradient descent and momentum need at their best rate and β."""
    curvatures = np.array([1.0, condition])
    start = np.array([1.0, 1.0])
    plain = steps_needed(descend(2 / (1 + condition), 0, curvatures, start))
    root = np.sqrt(condition)
    rate, beta = (2 / (1 + root)) ** 2, ((root - 1) / (root + 1)) ** 2
    return plain, steps_needed(descend(rate, beta, curvatures, start))


def measure() -> Numbers:
    """Steps for each β at one rate, and the fewest for two condition numbers."""
    numbers: Numbers = {f"β = {b}": steps_needed(descend(RATE, b, VALLEY, START)) for b in BETAS}
    for condition in (100, 400):
        numbers[f"plain, {condition}"], numbers[f"momentum, {condition}"] = best_possible(condition)
    return numbers


SAYS = (
    Says("β = 0.0", "457스텝"),
    Says("β = 0.5", "221스텝"),
    Says("β = 0.9", "122스텝"),
    Says("β = 0.99", "1,360스텝"),
    Says("plain, 100", "346스텝"),
    Says("momentum, 100", "56스텝"),
    Says("plain, 400", "1,382스텝"),
    Says("momentum, 400", "120스텝"),
)
CONCLUSIONS = (
    Conclusion(
        "a larger β is faster up to 0.9, and slower than none at 0.99",
        lambda runs: (
            (runs["β = 0.9"] < runs["β = 0.5"])
            & (runs["β = 0.5"] < runs["β = 0.0"])
            & (runs["β = 0.0"] < runs["β = 0.99"])
        ).all(),
    ),
    Conclusion(
        "four times the condition number: four times the steps without momentum, some two with it",
        lambda runs: (
            (abs(runs["plain, 400"] / runs["plain, 100"] - 4) < 0.1)
            & (abs(runs["momentum, 400"] / runs["momentum, 100"] - 2) < 0.3)
        ).all(),
    ),
)


def draw() -> Figure:
    """The distance to the minimum by step for some β at one learning rate."""
    figure, axes = plt.subplots(figsize=(4.5, 3.8))
    for beta, (colour, line) in BETAS.items():
        distances = np.linalg.norm(descend(RATE, beta, VALLEY, START), axis=1)
        axes.semilogy(distances[:601], line, lw=1.8, color=colour)
    for text, place, beta in (
        ("β = 0", (305, 0.019), 0.0),
        ("0.5", (210, 0.019), 0.5),
        ("0.9", (12, 0.02), 0.9),
        ("0.99", (420, 6), 0.99),
    ):
        axes.annotate(text, place, color=BETAS[beta][0])
    axes.axhline(NEAR * float(np.linalg.norm(START)), color=INK, ls=":", lw=1)
    axes.set(xlabel="스텝", ylabel="최소점까지의 거리", ylim=(3e-3, 30), xlim=(-5, 600))
    axes.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    axes.minorticks_off()
    return figure
