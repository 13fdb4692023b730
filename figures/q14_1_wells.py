"""How often descent on a line with two wells ends in the deeper one, by the noise of its gradient."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "14-1"
SEEDS = 10

Array = NDArray[np.float64]
RATE, STEPS, STARTS = 0.02, 1500, 500
RIDGE = 0.0754  # where the slope between the wells is 0
NOISES = (0, 2, 4, 6, 8, 10, 14, 18)
SHOWN = (2, 8, 18)  # whose numbers are recorded


def loss(x: Array) -> Array:
    """Two wells of almost equal width, the left one deeper."""
    return x**4 - 2 * x**2 + 0.3 * x


@cache
def descend(seed: int, noise: float, momentum: float = 0.0, decay: bool = True, budget: int = 1) -> Array:
    """Where random starts in [-2, 2] end.

    Args:
        seed: Draws the starts and the noise.
        noise: Standard deviation of what is added to the slope in each step.
        momentum: Share of the last step's speed that is kept.
        decay: Whether the learning rate falls to 0 in a straight line.
        budget: Multiplies the steps.
    """
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2, 2, STARTS)
    speed = np.zeros(STARTS)
    steps = STEPS * budget
    for step in range(steps):
        rate = RATE * (1 - step / steps) if decay else RATE
        slope = 4 * x**3 - 4 * x + 0.3
        if noise:
            slope = slope + noise * rng.normal(size=STARTS)
        speed = momentum * speed - rate * slope
        x = x + speed
    return x


def deeper(ends: Array) -> float:
    """The percentage of ends in the left well, which is the deeper one."""
    return 100 * float((ends < RIDGE).mean())


def measure(seed: int, budget: int = 1) -> Numbers:
    """One choice of starts and noise."""
    constant = descend(seed, 6, decay=False, budget=budget)
    return {
        "plain": deeper(descend(seed, 0, budget=budget)),
        "momentum": deeper(descend(seed, 0, 0.9, budget=budget)),
        **{f"noise {noise}": deeper(descend(seed, noise, budget=budget)) for noise in SHOWN},
        "loss, noise 8": float(loss(descend(seed, 8, budget=budget)).mean()),
        "constant rate, noise 6": deeper(constant),
        "constant rate, loss, noise 6": float(loss(constant).mean()),
    }


SAYS = (
    Says("plain", "GD가 52%"),
    Says("plain", "46~55%", "min"),
    Says("plain", "55%)로 그 골", "max"),
    Says("momentum", "는 56%(52"),
    Says("momentum", "52~58%", "min"),
    Says("momentum", "58%)이다", "max"),
    Says("noise 8", "더하면 77%"),
    Says("noise 8", "75~78%", "min"),
    Says("noise 8", "78%)이다", "max"),
    Says("noise 18", "65%(62"),
    Says("noise 18", "62~68%", "min"),
    Says("noise 18", "68%)로 두 골을", "max"),
    Says("constant rate, noise 6", "81%(78"),
    Says("constant rate, noise 6", "78~84%", "min"),
    Says("constant rate, noise 6", "84%)가 깊은", "max"),
    Says("constant rate, loss, noise 6", "$-0.96$"),
    Says("loss, noise 8", "$-1.14$"),
)
CONCLUSIONS = (
    Conclusion(
        "without noise each well catches its basin, which is what [-2, 2] has of it",
        lambda runs: abs(np.median(runs["plain"]) - 100 * (2 + RIDGE) / 4) < 5,
    ),
    Conclusion(
        "noise that can leave a well and fades ends in the deeper one more often",
        lambda runs: (runs["noise 8"] > runs["plain"] + 10).all(),
    ),
    Conclusion(
        "too little noise stays where it starts",
        lambda runs: (abs(runs["noise 2"] - runs["plain"]) < 5).all(),
    ),
    Conclusion(
        "too much tells the wells apart less well", lambda runs: (runs["noise 18"] < runs["noise 8"]).all()
    ),
    Conclusion(
        "a constant rate hovers above the floor",
        lambda runs: (runs["constant rate, loss, noise 6"] > runs["loss, noise 8"] + 0.05).all(),
    ),
)


def draw() -> Figure:
    """The wells, above the share of the deeper one by noise."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.8), height_ratios=(2, 3))
    x = np.linspace(-1.75, 1.75, 300)
    above.plot(x, loss(x), color=INK, lw=2)
    above.axvspan(-1.75, RIDGE, color=GREY, alpha=0.15, lw=0)
    above.text(-0.75, 1.2, "더 깊은 골의 유역", ha="center")
    above.set(ylabel="손실", xlabel="θ", ylim=(-1.5, 2.5))
    ways = ((True, BLUE, "o-", "학습률을 0으로"), (False, GREEN, "^--", "학습률 그대로"))
    for decay, colour, style, label in ways:
        shares = [[deeper(descend(seed, noise, decay=decay)) for noise in NOISES] for seed in range(SEEDS)]
        below.plot(NOISES, np.median(shares, axis=0), style, color=colour, label=label)
        below.fill_between(
            NOISES, np.min(shares, axis=0), np.max(shares, axis=0), color=colour, alpha=0.2, lw=0
        )
    inertia = float(np.median([deeper(descend(seed, 0, 0.9)) for seed in range(SEEDS)]))
    below.axhline(inertia, ls=":", lw=2, color=ORANGE, label="잡음 없이 모멘텀 0.9")
    below.set(
        xlabel="기울기 잡음의 표준편차",
        ylabel="더 깊은 골에서 끝남(%)",
        ylim=(40, 108),
        xticks=(0, 5, 10, 15),
    )
    below.legend(loc="upper right")
    return figure
