"""Steps down a narrow valley as it is turned against the axes: SGD, momentum, and Adam at four rates."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, SKY, Conclusion, Numbers, Says

ANSWER = "17"
SEEDS = 10

STARTS, DISTANCE = 32, 4.0
CURVATURES = np.array([1.0, 100.0])
NEAR = 0.01  # the value that counts as being there
LONGEST = 1000
ANGLES = tuple(range(0, 46, 5))  # degrees
RATES = {"SGD": 0.01, "momentum": 0.005}  # half of what diverges without momentum, and less
ADAM_RATES = (0.1, 0.3, 1.0, 3.0)
SLOWER = (0.1, 0.3, 1.0)  # those that lose by the turn

Array = NDArray[np.float64]


def steps_needed(method: str, rate: float, angle: int, directions: Array) -> float:
    """Steps until the value is below ``NEAR``, the median over starts in these directions of the valley."""
    turn = np.deg2rad(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    hessian = axes.T @ np.diag(CURVATURES) @ axes
    p = DISTANCE * np.stack([np.cos(directions), np.sin(directions)], axis=1) @ axes
    m, v = np.zeros_like(p), np.zeros_like(p)
    needed = np.full(len(p), LONGEST)
    for t in range(1, LONGEST):
        g = p @ hessian
        if method == "Adam":
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            p = p - rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        else:
            m = (0.9 if method == "momentum" else 0) * m + g
            p = p - rate * m
        value = (p @ hessian * p).sum(axis=1) / 2
        needed[(value < NEAR) & (needed == LONGEST)] = t
        if (needed < LONGEST).all():
            break
    return float(np.median(needed))


@cache
def steps(seed: int, method: str, rate: float) -> tuple[float, ...]:
    """Steps needed at each of ``ANGLES``, from the same starts in the valley."""
    directions = np.random.default_rng(seed).uniform(0, 2 * np.pi, STARTS)
    return tuple(steps_needed(method, rate, angle, directions) for angle in ANGLES)


def measure(seed: int) -> Numbers:
    """Steps along an axis, and with the valley turned by 45 degrees."""
    numbers: Numbers = {}
    for method, rate in (*RATES.items(), *(("Adam", rate) for rate in ADAM_RATES)):
        needed = steps(seed, method, rate)
        name = f"Adam {rate}" if method == "Adam" else method
        numbers[f"{name}, along"], numbers[f"{name}, turned"] = needed[0], needed[-1]
    return numbers


SAYS = (
    Says("Adam 0.3, along", "56스텝(출발점을 달리 뽑은 10번에서 51~57스텝)"),
    Says("Adam 0.3, along", "51~57스텝)", "min"),
    Says("Adam 0.3, along", "57스텝)에서", "max"),
    Says("Adam 0.3, turned", "257스텝(196~298스텝)"),
    Says("Adam 0.3, turned", "196~298스텝)", "min"),
    Says("Adam 0.3, turned", "298스텝)으로", "max"),
    Says("Adam 3.0, along", "60스텝(53~64스텝)과"),
    Says("Adam 3.0, along", "53~64스텝)과", "min"),
    Says("Adam 3.0, along", "64스텝)과", "max"),
    Says("Adam 3.0, turned", "66스텝(64~69스텝)"),
    Says("Adam 3.0, turned", "64~69스텝)으로", "min"),
    Says("Adam 3.0, turned", "69스텝)으로", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "SGD and momentum do not notice that the valley is turned",
        lambda runs: all((runs[f"{name}, along"] == runs[f"{name}, turned"]).all() for name in RATES),
    ),
    Conclusion(
        "Adam does at rates up to 1, the more the smaller its rate",
        lambda runs: (
            all((runs[f"Adam {rate}, turned"] > 1.3 * runs[f"Adam {rate}, along"]).all() for rate in SLOWER)
            and (runs["Adam 0.1, turned"] > runs["Adam 0.3, turned"]).all()
            and (runs["Adam 0.3, turned"] > runs["Adam 1.0, turned"]).all()
        ),
    ),
    Conclusion(
        "at 3 it hardly does",
        lambda runs: (
            abs(np.median(runs["Adam 3.0, turned"]) / np.median(runs["Adam 3.0, along"]) - 1) < 0.25
            and (runs["Adam 3.0, turned"] < runs["Adam 1.0, turned"]).all()
        ),
    ),
)


def draw() -> Figure:
    """Steps by angle: medians over the runs, in bands from the least to the most."""
    figure, axes = plt.subplots(figsize=(4.5, 3.9))
    curves = (
        ("SGD", RATES["SGD"], "SGD", 1.06, GREY, "--", "."),
        ("momentum", RATES["momentum"], "모멘텀", 0.88, GREEN, ":", "^"),
        ("Adam", 0.1, "Adam η = 0.1", 1.0, BLUE, "-", "o"),
        ("Adam", 0.3, "Adam η = 0.3", 0.97, SKY, "-", "s"),
        ("Adam", 1.0, "Adam η = 1", 1.0, ORANGE, "-", "D"),
        ("Adam", 3.0, "Adam η = 3", 1.13, PINK, "-", "v"),
    )
    for method, rate, label, lift, colour, line, marker in curves:
        runs = np.array([steps(seed, method, rate) for seed in range(SEEDS)])
        middle = np.median(runs, axis=0)
        axes.fill_between(ANGLES, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, lw=0)
        axes.plot(ANGLES, middle, line, marker=marker, ms=4, color=colour)
        axes.annotate(label, (46, lift * middle[-1]), color=colour, va="center")
    axes.set(yscale="log", xlim=(-1, 66), ylim=(40, 900), xticks=range(0, 46, 15))
    axes.set_yticks([50, 100, 200, 400, 800], ["50", "100", "200", "400", "800"])
    axes.minorticks_off()
    axes.set(xlabel="골짜기를 돌린 각도(°)", ylabel="바닥에 닿기까지의 스텝")
    return figure
