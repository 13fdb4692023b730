"""The loss of a network over a line and over a plane that gradient descent passed, on sklearn's digits."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says, paper

ANSWER = "13-1"
SEEDS = 10

INPUTS, WIDTH, CLASSES = 64, 32, 10
PARAMETERS = (INPUTS + 1) * WIDTH + (WIDTH + 1) * CLASSES
PICTURES, STEPS, RATE = 300, 300, 0.5
Array = NDArray[Any]


def unpack(theta: Array) -> tuple[Array, Array]:
    """Both layers' weights, the biases in the last row, as views of the flat vector."""
    first = (INPUTS + 1) * WIDTH
    return theta[:first].reshape(INPUTS + 1, WIDTH), theta[first:].reshape(WIDTH + 1, CLASSES)


def forward(theta: Array, x: Array) -> tuple[Array, Array]:
    """The hidden layer's tanh and the logarithms of the probabilities."""
    first, second = unpack(theta)
    hidden = np.tanh(x @ first[:-1] + first[-1])
    logits = hidden @ second[:-1] + second[-1]
    logits -= logits.max(axis=1, keepdims=True)
    return hidden, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def loss(theta: Array, x: Array, y: Array) -> float:
    """The mean cross-entropy against the one-hot ``y``."""
    return -float((y * forward(theta, x)[1]).sum() / len(x))


def gradient(theta: Array, x: Array, y: Array) -> Array:
    """The gradient of ``loss`` by back-propagation."""
    hidden, logs = forward(theta, x)
    delta = (np.exp(logs) - y) / len(x)
    back = (delta @ unpack(theta)[1][:-1].T) * (1 - hidden**2)
    parts = x.T @ back, back.sum(axis=0), hidden.T @ delta, delta.sum(axis=0)
    return np.concatenate([part.ravel() for part in parts])


@cache
def descend(seed: int, budget: int = 1) -> tuple[Array, Array, Array]:
    """Some pictures, their one-hot digits, and all points of full-batch gradient descent, a row each."""
    rng = np.random.default_rng(seed)
    pixels, digits = load_digits(return_X_y=True)
    rows = rng.permutation(len(pixels))[:PICTURES]
    x, y = pixels[rows] / 16, np.eye(CLASSES)[digits[rows]]
    start = np.zeros(PARAMETERS)
    for weights in unpack(start):
        weights[:-1] = rng.normal(0, 1 / np.sqrt(len(weights) - 1), weights[:-1].shape)
    points = [start]
    for _ in range(budget * STEPS):
        points.append(points[-1] - RATE * gradient(points[-1], x, y))
    return x, y, np.array(points)


def plane_of(points: Array) -> tuple[Array, Array, float]:
    """The middle of a path, its two main directions, and their share of its variance in percent."""
    centre = points.mean(axis=0)
    values, vectors = np.linalg.eigh((points - centre) @ (points - centre).T)  # far fewer points than axes
    directions = ((points - centre).T @ vectors[:, :-3:-1] / np.sqrt(values[:-3:-1])).T
    return centre, directions, 100 * float(values[-2:].sum() / values.sum())


def line_of(seed: int, budget: int = 1, low: float = 0, high: float = 1) -> tuple[Array, Array]:
    """Places on the line from the start (0) to the end (1), and the loss there."""
    x, y, points = descend(seed, budget)
    ways = np.linspace(low, high, 121)
    return ways, np.array([loss((1 - way) * points[0] + way * points[-1], x, y) for way in ways])


def measure(seed: int, budget: int = 1) -> Numbers:
    """What the plane through a path shows of it."""
    x, y, points = descend(seed, budget)
    centre, plane, share = plane_of(points)
    start = points[0]
    return {
        "share of the path's variance in the plane, percent": share,
        "loss at the start": loss(start, x, y),
        "loss at the start's projection": loss(centre + (start - centre) @ plane.T @ plane, x, y),
        "last loss": loss(points[-1], x, y),
        "rises on the way along the line": float((np.diff(line_of(seed, budget)[1]) > 0).sum()),
    }


SAYS = (
    Says("share of the path's variance in the plane, percent", "중앙값 99.6%"),
    Says("share of the path's variance in the plane, percent", "99.5~99.7%", "min"),
    Says("share of the path's variance in the plane, percent", "99.7%)", "max"),
    Says("loss at the start", "2.33(2.27~2.45)"),
    Says("loss at the start", "2.27~2.45)", "min"),
    Says("loss at the start", "2.45)", "max"),
    Says("loss at the start's projection", "2.08(2.03~2.16)"),
    Says("loss at the start's projection", "2.03~2.16)", "min"),
    Says("loss at the start's projection", "2.16)", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "along the line from the start to the end the loss never rises",
        lambda runs: (runs["rises on the way along the line"] == 0).all(),
    ),
    Conclusion(
        "the plane holds nearly all of the path's variance",
        lambda runs: (runs["share of the path's variance in the plane, percent"] > 99).all(),
    ),
    Conclusion(
        "and yet shows a lower loss than that at the start",
        lambda runs: (runs["loss at the start's projection"] < runs["loss at the start"] - 0.1).all(),
    ),
)


def draw() -> Figure:
    """The loss over the line from the start to the end, and over the plane, with the path's projection."""
    x, y, points = descend(0)
    centre, plane, _ = plane_of(points)
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 6), height_ratios=(2, 3))
    above.plot(*line_of(0, low=-0.25, high=1.5), color=ORANGE, lw=2.2)
    above.set(title="처음과 끝을 잇는 직선 위의 손실", ylabel="손실", ylim=(0, None))
    above.set_xticks([0, 0.5, 1, 1.5], ["처음", "0.5", "끝", "1.5"])
    projected = (points - centre) @ plane.T
    low, high = projected.min(axis=0), projected.max(axis=0)
    margin = 0.3 * (high - low).max()
    across, up = (np.linspace(a - margin, b + margin, 41) for a, b in zip(low, high, strict=True))
    heights = [[loss(centre + a * plane[0] + b * plane[1], x, y) for a in across] for b in up]
    contours = below.contour(
        across, up, heights, levels=[0.1, 0.3, 0.6, 1, 1.5, 2, 2.5], colors=INK, alpha=0.4
    )
    below.clabel(contours, [0.1, 0.3, 0.6, 1, 1.5, 2.5], fontsize=11)
    below.plot(*projected.T, color=BLUE, lw=2.5)
    for point, marker, size, name, place in (
        (projected[0], "s", 9, "처음", (9, -16)),
        (projected[-1], "*", 15, "끝", (0, -22)),
    ):
        below.plot(*point, marker, color=BLUE, ms=size, mec=paper())
        below.annotate(name, point, place, textcoords="offset points", color=BLUE)
    below.set(title="경로의 평면 위의 손실(등고선)", xlabel="첫째 주성분", ylabel="둘째 주성분")
    below.grid(visible=False)
    return figure
