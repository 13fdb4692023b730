"""The edge of stability: loss and curvature of gradient descent on sklearn's digits, step by step."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "13-2"
SLOW = "follows the curvature of the loss through training"
SEEDS = 10

RATE = 0.1
LIMIT = 2 / RATE
STEPS = 1000
SHORT = 200  # steps of SGD
EVERY = 20  # steps between two measurements of the curvature
PICTURES, BATCH = 300, 16
SIZES = (64, 64, 64, 10)
KRYLOV = 8  # steps of the Lanczos method
Array = NDArray[Any]


def unpack(theta: Array) -> list[tuple[Array, Array]]:
    """The weights and biases of each layer, as views of the flat vector of all parameters."""
    layers = []
    start = 0
    for fan_in, fan_out in pairwise(SIZES):
        end = start + fan_in * fan_out
        layers.append((theta[start:end].reshape(fan_in, fan_out), theta[end : end + fan_out]))
        start = end + fan_out
    return layers


def loss_and_gradient(theta: Array, x: Array, y: Array) -> tuple[float, Array]:
    """Half the mean squared error of a tanh network, and its gradient by back-propagation."""
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
    """The Hessian's largest eigenvalue and its direction, by the Lanczos method from ``direction``.

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


def begin(seed: int) -> tuple[Array, Array, Array, np.random.Generator]:
    """Weights by PyTorch's default, U(±1/√fan_in), and some of the pictures with their one-hot digits."""
    rng = np.random.default_rng(seed)
    pixels, digits = load_digits(return_X_y=True)
    rows = rng.permutation(len(pixels))[:PICTURES]
    theta = np.concatenate([rng.uniform(-1, 1, (a + 1) * b) / np.sqrt(a) for a, b in pairwise(SIZES)])
    return theta, pixels[rows] / 8 - 1, np.eye(10)[digits[rows]], rng


@cache
def descend(seed: int, budget: int = 1) -> tuple[Array, Array]:
    """The loss before each step of full-batch gradient descent, and rows of step and sharpness."""
    theta, x, y, rng = begin(seed)
    direction = rng.normal(size=theta.size)
    losses, curvature = [], []
    for step in range(budget * STEPS + 1):
        if step % EVERY == 0:
            eigenvalue, direction = sharpness(theta, x, y, direction)
            curvature.append((step, eigenvalue))
        loss, gradient = loss_and_gradient(theta, x, y)
        losses.append(loss)
        theta -= RATE * gradient
    return np.array(losses), np.array(curvature)


def stochastic(seed: int) -> Array:
    """The loss of all pictures before each of the first steps, each of them on a random minibatch."""
    theta, x, y, rng = begin(seed)
    losses = []
    for _ in range(SHORT + 1):
        rows = rng.choice(len(x), BATCH, replace=False)
        losses.append(loss_and_gradient(theta, x, y)[0])
        theta -= RATE * loss_and_gradient(theta, x[rows], y[rows])[1]
    return np.array(losses)


def rises(losses: Array) -> float:
    """In how many percent of the steps the loss is higher than before."""
    return 100 * float((np.diff(losses) > 0).mean())


def measure(seed: int, budget: int = 1) -> Numbers:
    """Where the sharpness begins and stays, and when and how often the loss rises."""
    losses, curvature = descend(seed, budget)
    steps, sharp = curvature.T
    arrival = int(steps[np.argmax(sharp > LIMIT)])
    return {
        "sharpness at the start": float(sharp[0]),
        "highest sharpness": float(sharp.max()),
        "mean sharpness in the last half": float(sharp[len(sharp) // 2 :].mean()),
        "step at which the limit is passed": float(arrival),
        "rises before, percent": rises(losses[: arrival + 1]),
        "rises after, percent": rises(losses[arrival:]),
        "loss where the limit is passed": float(losses[arrival]),
        "last loss": float(losses[-1]),
        "rises in the first steps of SGD, percent": rises(stochastic(seed)),
    }


SAYS = (
    Says("sharpness at the start", "중앙값 11.5(시드 10개에서 9.5~14.3)"),
    Says("sharpness at the start", "9.5~14.3)", "min"),
    Says("sharpness at the start", "14.3)에서", "max"),
    Says("step at which the limit is passed", "260~400스텝", "min"),
    Says("step at which the limit is passed", "400스텝 만에", "max"),
    Says("highest sharpness", "중앙값 23.9(23.3~25.1)까지"),
    Says("highest sharpness", "23.3~25.1)", "min"),
    Says("highest sharpness", "25.1)까지", "max"),
    Says("mean sharpness in the last half", "평균이 20.7(20.6~21.1)"),
    Says("mean sharpness in the last half", "20.6~21.1)", "min"),
    Says("mean sharpness in the last half", "21.1)이었다", "max"),
    Says("rises after, percent", "27%(21~31%)"),
    Says("rises after, percent", "21~31%)", "min"),
    Says("rises after, percent", "31%)에서", "max"),
    Says("loss where the limit is passed", "0.108에서"),
    Says("last loss", "0.056으로"),
    Says("rises in the first steps of SGD, percent", "41%(37.5~43%)"),
    Says("rises in the first steps of SGD, percent", "37.5~43%)", "min"),
    Says("rises in the first steps of SGD, percent", "43%)에서", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "the sharpness begins below the limit and rises past it",
        lambda runs: (
            (runs["sharpness at the start"] < LIMIT) & (runs["highest sharpness"] > 1.1 * LIMIT)
        ).all(),
    ),
    Conclusion(
        "then it stays close to the limit",
        lambda runs: (np.abs(runs["mean sharpness in the last half"] / LIMIT - 1) < 0.1).all(),
    ),
    Conclusion("the loss never rises before", lambda runs: (runs["rises before, percent"] == 0).all()),
    Conclusion(
        "it often rises after that, and ends lower all the same",
        lambda runs: (
            (runs["rises after, percent"] > 10) & (runs["last loss"] < runs["loss where the limit is passed"])
        ).all(),
    ),
    Conclusion(
        "with minibatches the loss of all pictures often rises below the limit too",
        lambda runs: (
            (runs["rises in the first steps of SGD, percent"] > 20)
            & (runs["step at which the limit is passed"] > SHORT)
        ).all(),
    ),
)


def draw() -> Figure:
    """Loss of one run above the sharpness of all."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5), sharex=True, height_ratios=(2, 3))
    losses, _ = descend(0)
    above.semilogy(losses, color=BLUE, lw=1.2)
    above.set(ylabel="손실", title="한계를 넘은 뒤 손실이 오르내린다")
    above.set_yticks([0.05, 0.1, 0.2, 0.5], ["0.05", "0.1", "0.2", "0.5"])
    above.minorticks_off()
    for seed in reversed(range(SEEDS)):
        style = {"color": GREY, "lw": 0.8, "alpha": 0.5} if seed else {"color": BLUE, "lw": 2.2}
        below.plot(*descend(seed)[1].T, **style)
    below.axhline(LIMIT, color=ORANGE, ls="--", lw=2)
    below.text(STEPS, LIMIT - 1, f"한계 2/η = {LIMIT:g}", color=ORANGE, ha="right", va="top")
    below.set(xlabel="전체 배치 경사 하강법의 스텝", ylabel="최대 곡률 λmax", ylim=(0, None))
    return figure
