"""What a gradient check says about mistakes in back-propagation, and how well they learn digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from examples.mlp_numpy import Array, Labels, accuracy, backward, forward, initialize
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "18-2"
SEEDS = 10

RATE, BATCH, EPOCHS = 0.1, 64, 30
STEP = 1e-5  # of the central differences
TRAIN = 1200  # of 1,797 pictures
SIZES = (64, 32, 10)
Backward = Callable[[Array, Labels, Array, Array, Array], list[Array]]


def updated_first(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Send the error back through weights that already took their step."""
    dw1, db1, _, _ = backward(x, y, h, p, w2 - RATE * backward(x, y, h, p, w2)[2])
    return [dw1, db1, *backward(x, y, h, p, w2)[2:]]


def without_biases(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Forget the biases."""
    dw1, db1, dw2, db2 = backward(x, y, h, p, w2)
    return [dw1, 0 * db1, dw2, 0 * db2]


def without_mask(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Treat the ReLU as if it were the identity."""
    _, _, dw2, db2 = backward(x, y, h, p, w2)
    dh = (p - np.eye(10)[y]) / len(y) @ w2.T
    return [x.T @ dh, dh.sum(axis=0), dw2, db2]


def summed(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Forget to divide by the size of the batch."""
    return [len(y) * gradient for gradient in backward(x, y, h, p, w2)]


WAYS: dict[str, Backward] = {
    "correct": backward,
    "w2 updated before dh": updated_first,
    "biases forgotten": without_biases,
    "ReLU mask forgotten": without_mask,
    "not divided by batch": summed,
}


def parameters_of(rng: np.random.Generator) -> list[Array]:
    """Untrained parameters in float64."""
    return [parameter.astype(np.float64) for parameter in initialize(SIZES, rng)]


@cache
def relative_errors(seed: int) -> dict[str, float]:
    """Each way's worst error over the parameters against central differences, before training."""
    x, y = pictures(seed)
    x, y = x[:16], y[:16]
    rng = np.random.default_rng(seed)
    parameters = parameters_of(rng)
    for bias in parameters[1::2]:
        bias += rng.normal(0, 0.1, bias.shape)

    def loss() -> float:
        return float(-np.log(forward(x, parameters)[1][np.arange(len(y)), y]).mean())

    numeric = [np.zeros_like(parameter) for parameter in parameters]
    for parameter, differences in zip(parameters, numeric, strict=True):
        for index in np.ndindex(parameter.shape):
            kept = parameter[index]
            parameter[index] = kept + STEP
            above = loss()
            parameter[index] = kept - STEP
            differences[index] = (above - loss()) / (2 * STEP)
            parameter[index] = kept
    errors = {}
    for name, way in WAYS.items():
        gradients = way(x, y, *forward(x, parameters), parameters[2])
        errors[name] = max(
            float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))
            for a, b in zip(numeric, gradients, strict=True)
        )
    return errors


def pictures(seed: int) -> tuple[Array, Labels]:
    """All pictures and labels, in an order that the seed decides about."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(pixels))
    return pixels[order] / 16, digits[order]


@cache
def learn(name: str, seed: int, budget: int = 1) -> float:
    """Train on the first pictures and return the accuracy in percent on the others."""
    x, y = pictures(seed)
    rng = np.random.default_rng(seed)
    parameters = parameters_of(rng)
    for _ in range(budget * EPOCHS):
        order = rng.permutation(TRAIN)
        for start in range(0, TRAIN, BATCH):
            rows = order[start : start + BATCH]
            h, p = forward(x[rows], parameters)
            gradients = WAYS[name](x[rows], y[rows], h, p, parameters[2])
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= RATE * gradient
    return 100 * accuracy(parameters, x[TRAIN:], y[TRAIN:])


def measure(seed: int, budget: int = 1) -> Numbers:
    """What the check says of each way, and how accurate its network becomes."""
    errors = relative_errors(seed)
    numbers = {f"error, {name}": error for name, error in errors.items()}
    numbers["smallest error of the wrong"] = min(errors[name] for name in WAYS if name != "correct")
    return numbers | {f"accuracy, {name}": learn(name, seed, budget) for name in WAYS}


UNNOTICED = ("w2 updated before dh", "biases forgotten", "ReLU mask forgotten")
SAYS = (
    Says("error, correct", "$2.6\\times10^{-10}$이고", "max"),
    Says("smallest error of the wrong", "0.02이다", "min"),
    Says("accuracy, correct", "맞는 코드가 중앙값 95.0%", "median"),
    Says("accuracy, correct", "94~96%", "min"),
    Says("accuracy, correct", "96%로", "max"),
    Says("accuracy, w2 updated before dh", "먼저 고친 것이 94.9%", "median"),
    Says("accuracy, biases forgotten", "빠뜨린 것이 94.9%", "median"),
    Says("accuracy, ReLU mask forgotten", "빠뜨린 것이 94.5%", "median"),
    Says("accuracy, not divided by batch", "중앙값 10%"),
    Says("accuracy, not divided by batch", "9~11%", "min"),
    Says("accuracy, not divided by batch", "11%), 곧", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "the check tells every mistake by a factor of a million",
        lambda runs: (runs["smallest error of the wrong"] > 1e6 * runs["error, correct"]).all(),
    ),
    Conclusion(
        "three of the mistakes cost less than 3 percentage points",
        lambda runs: all(
            (runs["accuracy, correct"] - runs[f"accuracy, {name}"] < 3).all() for name in UNNOTICED
        ),
    ),
    Conclusion(
        "steps as many times too long don't learn",
        lambda runs: (runs["accuracy, not divided by batch"] < 20).all(),
    ),
)

NAMES = ("맞는 코드", "w2를 먼저 고침", "편향 기울기 빠뜨림", "ReLU 마스크 빠뜨림", "배치로 안 나눔")


def draw() -> Figure:
    """The errors of the check, a point a run, and below them the accuracies."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.0), sharey=True)
    for row, name in enumerate(WAYS):
        colour, marker = (BLUE, "o") if name == "correct" else (ORANGE, "s")
        spread = row + np.linspace(-0.2, 0.2, SEEDS)
        errors = [relative_errors(seed)[name] for seed in range(SEEDS)]
        scores = [learn(name, seed) for seed in range(SEEDS)]
        above.plot(errors, spread, marker, color=colour, ms=4)
        below.plot(scores, spread, marker, color=colour, ms=4)
    above.set(xscale="log", xlim=(1e-11, 1e1), title="기울기 검사의 상대 오차(로그 축)")
    above.set_xticks([1e-10, 1e-7, 1e-4, 1e-1], [f"$10^{{{power}}}$" for power in (-10, -7, -4, -1)])
    above.minorticks_off()
    above.set_yticks(range(len(NAMES)), NAMES)
    above.invert_yaxis()
    below.set(xlim=(0, 102), title="학습 뒤 test 정확도(%)")
    for axes in (above, below):
        axes.grid(axis="y", visible=False)
    return figure
