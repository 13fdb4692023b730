"""A Boltzmann machine small enough to count all its states, and restricted ones that learn digits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "9"
SEEDS = 10

Array = NDArray[np.float64]
SWEEPS = 20_000
HIDDEN, EPOCHS, BATCH, RATE = 6, 30, 50, 0.1  # so few hidden units that Z can be summed


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z))"""
    result: Array = 1 / (1 + np.exp(-z))
    return result


def states(units: int) -> Array:
    """All states of so many binary units."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=units)))


def machine() -> tuple[Array, Array]:
    """Weights and biases of 4 units."""
    rng = np.random.default_rng(0)
    w = np.triu(rng.normal(0, 1.5, (4, 4)), 1)
    return w + w.T, rng.normal(size=4)


def counted() -> Array:
    """The probability of each state of the machine, by the formula."""
    w, b = machine()
    every = states(4)
    weight: Array = np.exp(np.einsum("si,ij,sj->s", every, w, every) / 2 + every @ b)  # exp(-E)
    probabilities: Array = weight / weight.sum()
    return probabilities


def sampled(seed: int) -> Array:
    """How often Gibbs sampling visits each state of the machine."""
    w, b = (values.tolist() for values in machine())
    chances = np.random.default_rng(seed).random((SWEEPS, 4)).tolist()
    s = [0.0] * 4
    visits = np.zeros(16)
    for chance in chances:
        for i in range(4):
            field = b[i] + w[i][0] * s[0] + w[i][1] * s[1] + w[i][2] * s[2] + w[i][3] * s[3]
            s[i] = float(chance[i] < 1 / (1 + math.exp(-field)))
        visits[int(8 * s[0] + 4 * s[1] + 2 * s[2] + s[3])] += 1
    return visits / SWEEPS


class RBM:
    """A restricted Boltzmann machine with a visible unit for each of 64 pixels."""

    def __init__(self, v: Array, rng: np.random.Generator) -> None:
        """Small weights; visible biases that give each pixel its mean."""
        mean = (v.sum(axis=0) + 1) / (len(v) + 2)
        self.w = rng.normal(0, 0.01, (64, HIDDEN))
        self.b, self.c = np.log(mean / (1 - mean)), np.zeros(HIDDEN)
        self.rng = rng

    def hidden(self, v: Array) -> Array:
        """P(h = 1 | v)"""
        return sigmoid(v @ self.w + self.c)

    def visible(self, h: Array) -> Array:
        """P(v = 1 | h)"""
        return sigmoid(h @ self.w.T + self.b)

    def draw(self, p: Array) -> Array:
        """Units that are 1 with the given probabilities."""
        return (self.rng.random(p.shape) < p).astype(float)

    def contrastive(self, v: Array, k: int) -> tuple[Array, Array, Array]:
        """What CD-k takes for the gradient of the mean log likelihood."""
        h = self.hidden(v)
        model_v, model_h = v, h
        for _ in range(k):
            model_v = self.draw(self.visible(self.draw(model_h)))
            model_h = self.hidden(model_v)
        w = (v.T @ h - model_v.T @ model_h) / len(v)
        return w, (v - model_v).mean(axis=0), (h - model_h).mean(axis=0)

    def exact(self, v: Array) -> tuple[Array, Array, Array]:
        """The gradient of the mean log likelihood, from a sum over all hidden states."""
        h, every = self.hidden(v), states(HIDDEN)
        log = self.log_weights()
        p = np.exp(log - np.logaddexp.reduce(log))
        model_v = self.visible(every)
        w = v.T @ h / len(v) - model_v.T @ (p[:, None] * every)
        return w, v.mean(axis=0) - p @ model_v, h.mean(axis=0) - p @ every

    def log_weights(self) -> Array:
        """The logarithm of the sum of exp(-E) over v, for every h."""
        every = states(HIDDEN)
        log: Array = every @ self.c + np.logaddexp(0, every @ self.w.T + self.b).sum(axis=1)
        return log

    def log_likelihood(self, v: Array) -> float:
        """The mean of ln P(v)."""
        free = v @ self.b + np.logaddexp(0, v @ self.w + self.c).sum(axis=1)
        return float(free.mean() - np.logaddexp.reduce(self.log_weights()))


Step = Callable[[RBM, Array], tuple[Array, Array, Array]]


def learn(train: Array, test: Array, gradient: Step, seed: int, epochs: int) -> tuple[list[float], RBM]:
    """The test log likelihood before and after each epoch of gradient ascent, and the machine."""
    learner = RBM(train, np.random.default_rng(seed))
    scores = [learner.log_likelihood(test)]
    order = np.random.default_rng((seed, 1))
    for _ in range(epochs):
        for batch in np.array_split(order.permutation(len(train)), len(train) // BATCH):
            for parameter, direction in zip(
                (learner.w, learner.b, learner.c), gradient(learner, train[batch]), strict=True
            ):
                parameter += RATE * direction
        scores.append(learner.log_likelihood(test))
    return scores, learner


def by_contrast(learner: RBM, v: Array) -> tuple[Array, Array, Array]:
    """CD-1."""
    return learner.contrastive(v, 1)


def digits(seed: int) -> tuple[Array, Array]:
    """Black and white pictures to train and to test on."""
    pictures = (load_digits().data > 7).astype(float)
    pictures = pictures[np.random.default_rng((seed, 2)).permutation(len(pictures))]
    return pictures[:1400], pictures[1400:]


def measure(seed: int, budget: int = 1) -> Numbers:
    """How far sampling is off, what is learned, and where CD-1 points, on average over its chance."""
    train, test = digits(seed)
    exact, _ = learn(train, test, RBM.exact, seed, EPOCHS * budget)
    contrast, learner = learn(train, test, by_contrast, seed, EPOCHS * budget)
    truth = learner.exact(train)[0]
    guess = learner.contrastive(np.repeat(train, 20, axis=0), 1)[0]
    return {
        "most probable state": 100 * float(counted().max()),
        "off by": 100 * float(np.abs(counted() - sampled(seed)).max()),
        "independent pixels": exact[0],
        "exact gradient": exact[-1],
        "CD-1": contrast[-1],
        "cosine": float((truth * guess).sum() / np.linalg.norm(truth) / np.linalg.norm(guess)),
    }


SAYS = (
    Says("most probable state", "가장 흔한 상태가 48%"),
    Says("off by", "0.1~0.7%p", "min"),
    Says("off by", "0.7%p", "max"),
    Says("independent pixels", "$-25.3$"),
    Says("exact gradient", "정확한 기울기가 $-21.6$"),
    Says("exact gradient", "$-21.8$에서 $-21.4$), CD-1", "min"),
    Says("exact gradient", "$-21.4$), CD-1", "max"),
    Says("CD-1", "$-21.7$(시드마다 $-21.9$"),
    Says("CD-1", "$-21.9$에서 $-21.4$)까지", "min"),
    Says("CD-1", "$-21.4$)까지", "max"),
    Says("cosine", "0.5~0.8이었다", "min"),
    Says("cosine", "0.8이었다", "max"),
)
CONCLUSIONS = (
    Conclusion("sampling recovers the probabilities", lambda runs: (runs["off by"] < 1.5).all()),
    Conclusion(
        "CD-1 learns about as well as the exact gradient",
        lambda runs: abs(np.median(runs["CD-1"] - runs["exact gradient"])) < 0.3,
    ),
    Conclusion("both learn", lambda runs: (runs["CD-1"] - runs["independent pixels"] > 2.5).all()),
    Conclusion(
        "CD-1 points uphill, but elsewhere",
        lambda runs: (runs["cosine"] > 0.2).all() and (runs["cosine"] < 0.95).all(),
    ),
)


@cache
def curves() -> tuple[list[float], list[float]]:
    """The test log likelihoods of one run: by the exact gradient, and by CD-1."""
    train, test = digits(0)
    return learn(train, test, RBM.exact, 0, EPOCHS)[0], learn(train, test, by_contrast, 0, EPOCHS)[0]


def draw() -> Figure:
    """The state probabilities above the learning curves."""
    exact, contrast = curves()
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(4.5, 6.0))
    place = np.arange(16)
    top.bar(place, 100 * counted(), 0.7, color=GREY, label="식으로 센 확률")
    top.plot(place, 100 * sampled(0), "o", color=ORANGE, ms=5, label="깁스 표집의 빈도")
    top.set_xticks(place, ["".join(str(int(unit)) for unit in state) for state in states(4)], rotation=90)
    top.set(title="유닛 4개의 상태 16개", ylabel="확률(%)")
    top.grid(axis="x", visible=False)
    top.legend(loc="upper left")
    bottom.axhline(exact[0], color=GREY, ls=":")
    bottom.text(EPOCHS, exact[0] + 0.1, "픽셀을 독립으로 볼 때", color=GREY, ha="right", va="bottom")
    bottom.plot(exact, color=BLUE, lw=2, label="정확한 기울기")
    bottom.plot(contrast, "--", color=GREEN, lw=2.5, label="CD-1")
    bottom.set(title=f"은닉 유닛이 {HIDDEN}개인 RBM", xlabel="epoch", ylabel="test 로그우도(장당)")
    bottom.legend(loc="center right")
    return figure
