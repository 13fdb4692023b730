"""Gradient descent at the edge of stability, and how often the loss of SGD rises, on sklearn's digits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "13-2"
SLOW = "follows the curvature of the loss through training"

STEPS = 1000
SIZES = (64, 64, 64, 10)
KRYLOV = 10  # steps of the Lanczos method
Array = NDArray[np.float64]


def unpack(theta: Array) -> list[tuple[Array, Array]]:
    """Return the weights and biases of each layer, as views of the flat vector of all parameters."""
    layers = []
    start = 0
    for fan_in, fan_out in pairwise(SIZES):
        end = start + fan_in * fan_out
        layers.append((theta[start:end].reshape(fan_in, fan_out), theta[end : end + fan_out]))
        start = end + fan_out
    return layers


def initial(rng: np.random.Generator) -> Array:
    """Return weights and biases from U(±1/√fan_in), which is PyTorch's default, as one flat vector."""
    return np.concatenate(
        [rng.uniform(-1, 1, (a + 1) * b) / np.sqrt(a) for a, b in pairwise(SIZES)], dtype=np.float64
    )


def loss_and_gradient(theta: Array, x: Array, y: Array) -> tuple[float, Array]:
    """Return half the mean squared error of a tanh network, and its gradient by back-propagation."""
    *hidden, (weights, bias) = unpack(theta)
    activations = [x]
    for w, b in hidden:
        activations.append(np.tanh(activations[-1] @ w + b))
    error = activations[-1] @ weights + bias - y
    delta = error / len(x)
    gradients: list[Array] = []
    for (w, _), a in zip(reversed(unpack(theta)), reversed(activations), strict=True):
        gradients = [(a.T @ delta).ravel(), delta.sum(axis=0), *gradients]
        delta = (delta @ w.T) * (1 - a**2)
    return float((error**2).sum() / 2 / len(x)), np.concatenate(gradients)


def sharpness(theta: Array, x: Array, y: Array, direction: Array) -> tuple[float, Array]:
    """Return the Hessian's largest eigenvalue and its direction, by the Lanczos method from ``direction``.

    At the edge of stability several eigenvalues lie close together, where power iteration is slow and
    comes out too low.
    """
    basis = np.zeros((KRYLOV, theta.size))
    images = np.zeros_like(basis)
    for row in range(KRYLOV):
        for _ in range(2):  # once more, against rounding errors
            direction = direction - basis[:row].T @ (basis[:row] @ direction)
        basis[row] = direction / np.linalg.norm(direction)
        _, ahead = loss_and_gradient(theta + 1e-4 * basis[row], x, y)
        _, behind = loss_and_gradient(theta - 1e-4 * basis[row], x, y)
        direction = images[row] = (ahead - behind) / 2e-4
    projected = basis @ images.T
    eigenvalues, vectors = np.linalg.eigh((projected + projected.T) / 2)
    return float(eigenvalues[-1]), vectors[:, -1] @ basis


def descend(x: Array, y: Array, rate: float) -> tuple[Array, Array]:
    """Return the loss before each full-batch step, and rows of step and sharpness."""
    rng = np.random.default_rng(0)
    theta = initial(rng)
    direction = rng.normal(size=theta.size)
    losses = []
    curvature = []
    for step in range(STEPS + 1):
        if step % 20 == 0:
            eigenvalue, direction = sharpness(theta, x, y, direction)
            curvature.append((step, eigenvalue))
        loss, gradient = loss_and_gradient(theta, x, y)
        losses.append(loss)
        theta -= rate * gradient
    return np.array(losses), np.array(curvature)


def stochastic(x: Array, y: Array, rate: float, batch: int) -> Array:
    """Return the loss of all examples before each step on a random minibatch."""
    rng = np.random.default_rng(0)
    theta = initial(rng)
    full = []
    for _ in range(STEPS + 1):
        rows = rng.choice(len(x), batch, replace=False)
        full.append(loss_and_gradient(theta, x, y)[0])
        theta -= rate * loss_and_gradient(theta, x[rows], y[rows])[1]
    return np.array(full)


def rises(losses: Array) -> float:
    """Return in how many percent of the steps the loss is higher than one step before."""
    return 100 * float((np.diff(losses) > 0).mean())


def main(path: Path) -> list[Measured]:
    """Draw loss and sharpness of two learning rates, and count the rises of SGD with the smaller one."""
    pixels, digits = load_digits(return_X_y=True)
    x, y = pixels[:600] / 8 - 1, np.eye(10)[digits[:600]]
    smooth, smooth_curvature = descend(x, y, 0.05)
    edge, edge_curvature = descend(x, y, 0.2)
    full = stochastic(x, y, 0.05, batch=16)

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True, layout="constrained")
    for rate, losses, curvature, colour, style, offset in (
        (0.05, smooth, smooth_curvature, BLUE, "o-", 4),
        (0.2, edge, edge_curvature, ORANGE, "s-", -16),
    ):
        label = f"η = {rate}: rises in {rises(losses):.0f}% of steps"
        above.semilogy(losses, color=colour, lw=1.2, label=label)
        below.plot(*curvature.T, style, color=colour, ms=3, lw=1)
        below.axhline(2 / rate, color=colour, ls=":")
        below.annotate(
            f"2/η = {2 / rate:g}", (880, 2 / rate), (0, offset), textcoords="offset points", color=colour
        )
    above.set(ylabel="training loss", yticks=(0.03, 0.1, 0.3), yticklabels=("0.03", "0.1", "0.3"))
    above.minorticks_off()
    above.legend()
    below.set(xlabel="step of full-batch gradient descent", ylabel="sharpness λmax", ylim=(0, 45))
    save(figure, path)
    return [
        Measured("rises, full batch, η = 0.05", rises(smooth), "0%,", 0.2),
        Measured("rises, full batch, η = 0.2", rises(edge), "40%였는데", 4),
        Measured("last loss, η = 0.2", edge[-1], "0.03으로", 0.01),
        Measured("last loss, η = 0.05", smooth[-1], "0.09보다", 0.01),
        Measured("mean sharpness, second half, η = 0.2", edge_curvature[25:, 1].mean(), "10.6", 0.3),
        Measured("rises of the full loss under SGD", rises(full), "46%에서", 4),
        Measured("last full loss under SGD", full[-1], "0.10까지", 0.02),
    ]
