"""How often descent on a line with two wells ends in the deeper one, by the noise of its gradient."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, ORANGE, Measured, save

ANSWER = "14-1"

Array = NDArray[np.float64]
RATE, STEPS, STARTS = 0.02, 1500, 1500
RIDGE = 0.0754  # where the slope between the wells is 0
NOISES = (0, 2, 4, 6, 8, 10, 14, 18)


def loss(x: Array) -> Array:
    """Two wells of almost equal width, the left one deeper."""
    return x**4 - 2 * x**2 + 0.3 * x


def descend(noise: float = 0.0, momentum: float = 0.0, decay: bool = True) -> Array:
    """Return where even starts in [-2, 2] end.

    Args:
        noise: Standard deviation of what is added to the slope in each step.
        momentum: Share of the last step's speed that is kept.
        decay: Whether the learning rate falls to 0 in a straight line.
    """
    rng = np.random.default_rng(0)
    x = np.linspace(-2, 2, STARTS)
    speed = np.zeros(STARTS)
    for step in range(STEPS):
        rate = RATE * (1 - step / STEPS) if decay else RATE
        slope = 4 * x**3 - 4 * x + 0.3 + noise * rng.normal(size=STARTS)
        speed = momentum * speed - rate * slope
        x = x + speed
    return x


def deeper(ends: Array) -> float:
    """Return the percentage of ends in the left well, which is the deeper one."""
    return 100 * float((ends < RIDGE).mean())


def main(path: Path) -> list[Measured]:
    """Draw the wells above the share of the deeper one by noise."""
    plain, inertia = deeper(descend()), deeper(descend(momentum=0.9))
    decaying = {noise: descend(noise) for noise in NOISES}
    constant = {noise: descend(noise, decay=False) for noise in NOISES}
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5.6), height_ratios=(2, 3))
    x = np.linspace(-1.75, 1.75, 300)
    above.plot(x, loss(x), color="black", lw=2)
    above.axvspan(-1.75, RIDGE, color=GREY, alpha=0.15, lw=0)
    above.set(ylabel="loss", xlabel="θ (shaded: slopes down to the deeper well)", ylim=(-1.5, 2.5))
    below.plot(
        NOISES,
        [deeper(ends) for ends in decaying.values()],
        "o-",
        lw=2,
        color=BLUE,
        label="noise, learning rate falls to 0",
    )
    below.plot(
        NOISES,
        [deeper(ends) for ends in constant.values()],
        "^-",
        lw=2,
        color=GREEN,
        label="noise, constant learning rate",
    )
    below.axhline(inertia, ls="--", lw=2, color=ORANGE, label="momentum 0.9, no noise")
    below.axhline(plain, ls=":", lw=2, color=GREY, label="plain GD")
    below.set(xlabel="standard deviation of the noise", ylabel="ends in deeper well (%)", ylim=(45, 100))
    below.legend(loc="upper right")
    figure.tight_layout()
    save(figure, path)
    return [
        Measured("plain GD", plain, "GD가 52%로", 1),
        Measured("momentum", inertia, "56%이다", 2),
        Measured("noise 2, decaying", deeper(decaying[2]), "52%로 둔덕", 1.5),
        Measured("noise 8, decaying", deeper(decaying[8]), "더하면 77%", 3),
        Measured("noise 18, decaying", deeper(decaying[18]), "64%로 골", 3),
        Measured("mean loss, noise 8, decaying", float(loss(decaying[8]).mean()), "$-1.14$이다", 0.03),
        Measured("noise 6, constant", deeper(constant[6]), "82%가 왼쪽", 3),
        Measured("mean loss, noise 6, constant", float(loss(constant[6]).mean()), "$-1.0$에", 0.05),
    ]
