"""A Boltzmann machine small enough to count all its states, and restricted ones that learn digits."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, GREY, ORANGE, Measured, save

ANSWER = "9"
SLOW = "sums over all hidden states of a machine for each step of learning"

Array = NDArray[np.float64]
SWEEPS = 20_000
HIDDEN, EPOCHS, BATCH, RATE = 8, 40, 50, 0.1  # so few hidden units that Z can be summed
SEEDS = 5


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z))"""
    result: Array = 1 / (1 + np.exp(-z))
    return result


def states(units: int) -> Array:
    """All states of so many binary units."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=units)))


def counted_and_sampled() -> tuple[Array, Array]:
    """The probability of each state of 4 units: by the formula, and as often as Gibbs sampling visits it."""
    rng = np.random.default_rng(0)
    w = np.triu(rng.normal(0, 1.5, (4, 4)), 1)
    w += w.T
    b = rng.normal(size=4)
    every = states(4)
    weight = np.exp(np.einsum("si,ij,sj->s", every, w, every) / 2 + every @ b)  # exp(-E)
    s = np.zeros(4)
    visits = np.zeros(16)
    for _ in range(SWEEPS):
        for i in range(4):
            s[i] = rng.random() < sigmoid(w[i] @ s + b[i])
        visits[int(s @ [8, 4, 2, 1])] += 1
    return weight / weight.sum(), visits / SWEEPS


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


def learn(
    train: Array, test: Array, gradient: Callable[[RBM, Array], tuple[Array, Array, Array]], seed: int
) -> tuple[list[float], RBM]:
    """The test log likelihood before and after each epoch of gradient ascent, and the machine."""
    machine = RBM(train, np.random.default_rng(seed))
    scores = [machine.log_likelihood(test)]
    order = np.random.default_rng(seed + 1)
    for _ in range(EPOCHS):
        for batch in np.array_split(order.permutation(len(train)), len(train) // BATCH):
            for parameter, direction in zip(
                (machine.w, machine.b, machine.c), gradient(machine, train[batch]), strict=True
            ):
                parameter += RATE * direction
        scores.append(machine.log_likelihood(test))
    return scores, machine


def main(path: Path) -> list[Measured]:
    """Draw the state probabilities above the learning curves."""
    exact, visited = counted_and_sampled()
    pictures = (load_digits().data > 7).astype(float)
    pictures = pictures[np.random.default_rng(0).permutation(len(pictures))]
    train, test = pictures[:1400], pictures[1400:]
    exact_runs, contrast_runs, cosines = [], [], []
    for seed in range(SEEDS):
        exact_runs.append(learn(train, test, RBM.exact, seed)[0])
        scores, machine = learn(train, test, lambda machine, v: machine.contrastive(v, 1), seed)
        contrast_runs.append(scores)
        truth = machine.exact(train)[0]
        guess = machine.contrastive(np.repeat(train, 50, axis=0), 1)[0]  # so often that chance hardly matters
        cosines.append(float((truth * guess).sum() / np.linalg.norm(truth) / np.linalg.norm(guess)))
    by_exact, by_contrast = np.mean(exact_runs, axis=0), np.mean(contrast_runs, axis=0)

    figure, (top, bottom) = plt.subplots(2, 1, figsize=(6.4, 7), layout="constrained")
    place = np.arange(16)
    top.bar(place - 0.2, exact, 0.4, color=GREY, label="formula, Z summed")
    top.bar(place + 0.2, visited, 0.4, color=ORANGE, label="Gibbs sampling")
    top.set_xticks(place, ["".join(str(int(unit)) for unit in state) for state in states(4)], rotation=60)
    top.set(title="4 units: all 16 states", ylabel="probability")
    top.legend()
    bottom.axhline(by_exact[0], color=GREY, ls=":")
    bottom.text(EPOCHS, by_exact[0] + 0.1, "independent pixels", color=GREY, ha="right")
    bottom.plot(by_exact, color=BLUE, lw=2, label="exact gradient")
    bottom.plot(by_contrast, "--", color=GREEN, lw=2, label="CD-1")
    bottom.set(title=f"RBM with {HIDDEN} hidden units", xlabel="epoch", ylabel="test ln P(v) per picture")
    bottom.legend(loc="center right")
    save(figure, path)
    return [
        Measured("most probable state of 4 units", 100 * float(exact.max()), "48%", 0.5),
        Measured(
            "largest difference, percentage points", 100 * float(np.abs(exact - visited).max()), "0.2%p", 0.3
        ),
        Measured("test log likelihood, independent pixels", float(by_exact[0]), "$-25.3$", 0.3),
        Measured("test log likelihood, exact gradient", float(by_exact[-1]), "기울기로든 $-20.7$", 0.4),
        Measured("test log likelihood, CD-1", float(by_contrast[-1]), "$-20.7$까지", 0.4),
        Measured("least cosine of CD-1 and the exact gradient", min(cosines), "0.50에서", 0.1),
        Measured("greatest cosine of CD-1 and the exact gradient", max(cosines), "0.66까지", 0.1),
    ]
