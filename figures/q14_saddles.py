"""Critical points of a small network's loss on digits: how high they are, how many directions lead down."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from figures.common import BLUE, Measured, save

ANSWER = "14"
SLOW = "solves for critical points from many starts"

Array = NDArray[np.float64]
INPUTS, WIDTH, CLASSES = 6, 4, 4
FIRST = (INPUTS + 1) * WIDTH
PARAMETERS = FIRST + (WIDTH + 1) * CLASSES
STARTS = 42
WARM_UPS = (0, 10, 30, 100, 300, 1000)  # steps of gradient descent before the search, in turn
FLAT = 1e-3  # a point counts when its gradient's norm is smaller
DOWN = -1e-4  # an eigenvalue below leads down; those nearer to 0 may be rounding


def gradients(thetas: Array, x: Array, y: Array) -> tuple[Array, Array]:
    """Return half the mean squared error, and its gradient, for each row of parameters."""
    first = thetas[:, :FIRST].reshape(-1, INPUTS + 1, WIDTH)
    second = thetas[:, FIRST:].reshape(-1, WIDTH + 1, CLASSES)
    hidden = np.tanh(x @ first[:, :-1] + first[:, -1:])
    error = hidden @ second[:, :-1] + second[:, -1:] - y
    delta = error / len(x)
    back = delta @ second[:, :-1].transpose(0, 2, 1) * (1 - hidden**2)
    parts = [
        x.T @ back,
        back.sum(axis=1),
        hidden.transpose(0, 2, 1) @ delta,
        delta.sum(axis=1),
    ]
    flat = np.concatenate([part.reshape(len(thetas), -1) for part in parts], axis=1)
    return (error**2).sum(axis=(1, 2)) / 2 / len(x), flat


def hessian(theta: Array, x: Array, y: Array) -> Array:
    """Return the matrix of second derivatives, by central differences of the gradient."""
    steps = 1e-5 * np.eye(PARAMETERS)
    _, both = gradients(np.concatenate([theta + steps, theta - steps]), x, y)
    rows = (both[:PARAMETERS] - both[PARAMETERS:]) / 2e-5
    return np.asarray((rows + rows.T) / 2)


def critical_point(theta: Array, x: Array, y: Array) -> tuple[Array, float]:
    """Walk to where the gradient vanishes, uphill if need be; return the point and the gradient's norm.

    The method of Levenberg and Marquardt on the gradient's squared norm; it may end in a place where
    that norm has a minimum above zero.
    """
    damping = 1e-2
    _, (gradient,) = gradients(theta[None], x, y)
    for _ in range(200):
        curvature = hessian(theta, x, y)
        step = np.linalg.solve(curvature @ curvature + damping * np.eye(PARAMETERS), -curvature @ gradient)
        _, (ahead,) = gradients((theta + step)[None], x, y)
        if np.linalg.norm(ahead) < np.linalg.norm(gradient):
            theta, gradient, damping = theta + step, ahead, damping / 3
        else:
            damping *= 4
        if np.linalg.norm(gradient) < 1e-8:
            break
    return theta, float(np.linalg.norm(gradient))


def find(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Return the loss of all points found, the percentage of their directions that lead down, their norms."""
    rng = np.random.default_rng(0)
    rows = []
    for start in range(STARTS):
        theta = rng.normal(0, 0.5, PARAMETERS)
        for _ in range(WARM_UPS[start % len(WARM_UPS)]):
            theta = theta - 0.5 * gradients(theta[None], x, y)[1][0]
        theta, norm = critical_point(theta, x, y)
        down = np.linalg.eigvalsh(hessian(theta, x, y)) < DOWN
        rows.append((gradients(theta[None], x, y)[0][0], 100 * down.mean(), norm))
    losses, shares, norms = np.array(rows).T
    return losses, shares, norms


def main(path: Path) -> list[Measured]:
    """Draw the share of directions that lead down against the loss; most gradients are small, not quite 0."""
    pixels, digits = load_digits(return_X_y=True)
    few = digits < CLASSES
    x = PCA(INPUTS, whiten=True).fit_transform(pixels[few][:100])
    losses, shares, norms = find(x, np.eye(CLASSES)[digits[few][:100]])
    good = norms < FLAT
    losses, shares = losses[good], shares[good]
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    axes.plot(losses, shares, "o", color=BLUE, ms=8, alpha=0.6)
    axes.set(xlabel="loss where the gradient (nearly) vanishes", ylabel="directions that lead down (%)")
    figure.tight_layout()
    save(figure, path)
    high, bottom = losses > 0.1, shares == 0
    return [
        Measured("critical points found", float(len(losses)), "39곳을 찾았다", 3),
        Measured("of them with a loss above 0.1", float(high.sum()), "12곳은 모두", 3),
        Measured("least directions down above 0.1", float(shares[high].min()), "10~29%가", 4),
        Measured("most directions down above 0.1", float(shares[high].max()), "29%가 내려가는", 4),
        Measured("points without a direction down", float(bottom.sum()), "7곳은 손실이", 3),
        Measured("highest loss among those", float(losses[bottom].max()), "0.0001 아래였다", 1e-4),
    ]
