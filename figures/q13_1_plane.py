"""A network's loss over the plane of its path, and what a gradient saves over random search, on digits."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "13-1"
SLOW = "tries 4500 random steps"

Array = NDArray[np.float64]
INPUTS, WIDTH, CLASSES = 64, 32, 10
PARAMETERS = (INPUTS + 1) * WIDTH + (WIDTH + 1) * CLASSES
STEPS, RATE = 300, 0.5
COST = 3  # a gradient costs about as much as three forward passes, the one of its own included
TRIES, SCALES = 1500, (0.003, 0.01, 0.03)


def unpack(theta: Array) -> tuple[Array, Array]:
    """Return both layers' weights, the biases in the last row, as views of the flat vector."""
    first = (INPUTS + 1) * WIDTH
    return theta[:first].reshape(INPUTS + 1, WIDTH), theta[first:].reshape(WIDTH + 1, CLASSES)


def forward(theta: Array, x: Array) -> tuple[Array, Array]:
    """Return the hidden layer's tanh and the logarithms of the probabilities."""
    first, second = unpack(theta)
    hidden = np.tanh(x @ first[:-1] + first[-1])
    logits = hidden @ second[:-1] + second[-1]
    logits -= logits.max(axis=1, keepdims=True)
    return hidden, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def loss(theta: Array, x: Array, y: Array) -> float:
    """Return the mean cross-entropy against the one-hot ``y``."""
    return -float((y * forward(theta, x)[1]).sum() / len(x))


def gradient(theta: Array, x: Array, y: Array) -> Array:
    """Return the gradient of ``loss`` by back-propagation."""
    hidden, logs = forward(theta, x)
    delta = (np.exp(logs) - y) / len(x)
    back = (delta @ unpack(theta)[1][:-1].T) * (1 - hidden**2)
    parts = x.T @ back, back.sum(axis=0), hidden.T @ delta, delta.sum(axis=0)
    return np.concatenate([part.ravel() for part in parts])


def descend(theta: Array, x: Array, y: Array) -> Array:
    """Return all points of full-batch gradient descent, a row each."""
    points = [theta]
    for _ in range(STEPS):
        points.append(points[-1] - RATE * gradient(points[-1], x, y))
    return np.array(points)


def search(theta: Array, x: Array, y: Array, scale: float) -> list[float]:
    """Return the best loss so far of random steps that are kept only when they help."""
    rng = np.random.default_rng(1)
    best = [loss(theta, x, y)]
    for _ in range(TRIES):
        candidate = theta + rng.normal(0, scale, theta.size)
        reached = loss(candidate, x, y)
        if reached < best[-1]:
            theta = candidate
        best.append(min(reached, best[-1]))
    return best


def main(path: Path) -> list[Measured]:
    """Draw the plane through the path's two main directions above the loss by cost."""
    pixels, digits = load_digits(return_X_y=True)
    x, y = pixels[:300] / 16, np.eye(CLASSES)[digits[:300]]
    rng = np.random.default_rng(0)
    start = np.zeros(PARAMETERS)
    for weights in unpack(start):
        weights[:-1] = rng.normal(0, 1 / np.sqrt(len(weights) - 1), weights[:-1].shape)
    points = descend(start, x, y)
    centre = points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(points - centre, full_matrices=False)
    plane, share = directions[:2], 100 * float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    shadow = (points - centre) @ plane.T
    low, high = shadow.min(axis=0), shadow.max(axis=0)
    margin = 0.3 * (high - low).max()
    across, up = (np.linspace(a - margin, b + margin, 31) for a, b in zip(low, high, strict=True))
    heights = [[loss(centre + a * plane[0] + b * plane[1], x, y) for a in across] for b in up]
    descent = [loss(point, x, y) for point in points]
    searches = {scale: search(start, x, y, scale) for scale in SCALES}
    best = min(searches.values(), key=lambda losses: losses[-1])

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6.8), height_ratios=(4, 3))
    contours = above.contourf(across, up, heights, levels=np.arange(0, 3.3, 0.2), cmap="viridis")
    figure.colorbar(contours, ax=above, label="loss", ticks=range(4), shrink=0.8)
    above.plot(*shadow.T, "-", lw=2, color="white")
    above.plot(*shadow[0], "s", color="white", ms=8)
    above.plot(*shadow[-1], "*", color="white", ms=14)
    above.set(xlabel="main direction of the path", ylabel="second direction", aspect="equal")
    above.grid(visible=False)
    below.semilogx(
        COST * np.arange(1, STEPS + 1), descent[1:], lw=2, color=BLUE, label="gradient by back-propagation"
    )
    below.semilogx(np.arange(1, TRIES + 1), best[1:], "--", lw=2, color=ORANGE, label="random search")
    below.semilogx(
        (PARAMETERS + 1) * np.arange(1, STEPS + 1),
        descent[1:],
        ":",
        lw=2,
        color=GREEN,
        label="gradient by finite differences",
    )
    below.set(xlabel="forward passes (back-propagation counts as 3)", ylabel="training loss", ylim=(0, 3.8))
    below.legend(loc="upper right")
    figure.tight_layout()
    save(figure, path)
    enough = 0.5
    steps = int(np.argmax(np.array(descent) < enough))
    tries = int(np.argmax(np.array(best) < enough))
    return [
        Measured("share of the path's variance in the plane", share, "99.6%", 0.3),
        Measured("loss at the start", descent[0], "2.31인데", 0.01),
        Measured(
            "loss at the start's shadow in the plane",
            loss(centre + shadow[0] @ plane, x, y),
            "2.13이다",
            0.02,
        ),
        Measured("passes to a loss of 0.5, back-propagation", COST * steps, "72번", 3),
        Measured("passes to a loss of 0.5, random search", tries, "857번", 100),
        Measured("passes to a loss of 0.5, finite differences", (PARAMETERS + 1) * steps, "57,864번", 2500),
    ]
