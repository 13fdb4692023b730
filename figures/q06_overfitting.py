"""How a network memorises wrong labels, and what six remedies bring on clean test pictures (digits)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Runs, Says, paper

ANSWER = "6"
SEEDS = 10
SLOW = "trains 14 networks a run"

Array = NDArray[np.float32]
Labels = NDArray[np.int64]
SIZES = (64, 128, 128, 10)
FEW, MANY, WRONG = 300, 1200, 0.2  # labelled pictures, and the part of them with a random label
HELD_OUT = 0.2  # the part of them, wrong labels and all, that validates
EPOCHS, BATCH, RATE = 80, 20, 0.1
MEMBERS = 5  # of the ensemble: networks without a remedy
DECAYS, DROPPED, MIXED = (0.003, 0.01, 0.03), (0.3, 0.5, 0.7), (0.2, 1.0)


@dataclass(frozen=True)
class Curves:
    """What a group of networks does after each epoch."""

    train: NDArray[np.float64]  # epochs by networks: cross-entropy on the labels that it learns
    learnt: NDArray[np.float64]  # the part of them that it gets right, in percent
    validation: NDArray[np.float64]  # cross-entropy
    test: Array  # epochs by networks by pictures by classes: probabilities
    digits: Labels

    def accuracy(self, epoch: int, networks: slice) -> float:
        """The test accuracy in percent of the mean probability of some networks."""
        guess = self.test[epoch, networks].mean(axis=0).argmax(axis=1)
        return 100 * float((guess == self.digits).mean())

    def stopped(self, network: int) -> float:
        """The test accuracy of a network when its validation loss is lowest."""
        return self.accuracy(int(self.validation[:, network].argmin()), slice(network, network + 1))

    def chosen(self, first: int, count: int) -> float:
        """The last test accuracy of that of some networks whose last validation loss is lowest."""
        best = first + int(self.validation[-1, first : first + count].argmin())
        return self.accuracy(-1, slice(best, best + 1))


def probabilities(layers: list[tuple[Array, Array]], x: Array) -> Array:
    """What all networks say, without dropout."""
    h: Array = x
    for weights, bias in layers[:-1]:
        h = np.maximum(h @ weights + bias, 0)
    return softmax(h @ layers[-1][0] + layers[-1][1])


def softmax(z: Array) -> Array:
    """Over the last axis."""
    p = np.exp(z - z.max(axis=-1, keepdims=True))
    found: Array = p / p.sum(axis=-1, keepdims=True)
    return found


def learn(size: int, seed: int, epochs: int, decay: Array, dropped: Array, mixed: Array) -> Curves:
    """Train networks side by side with SGD: as many as there are strengths of each remedy.

    All arrays have the networks along their first axis.
    """
    pictures, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(digits))
    x, digits = (pictures[order] / 16).astype(np.float32), digits[order]
    labels = digits.copy()
    labels[:MANY:5] = rng.integers(0, 10, len(labels[:MANY:5]))  # every fifth: WRONG of any size
    held_out = slice(0, int(HELD_OUT * size))
    train = slice(int(HELD_OUT * size), size)
    test = slice(MANY, None)
    count = len(decay)
    layers = [
        (
            rng.normal(0, np.sqrt(2 / n_in), (count, n_in, n_out)).astype(np.float32),
            np.zeros((count, 1, n_out), np.float32),
        )
        for n_in, n_out in pairwise(SIZES)
    ]
    decay, dropped = decay[:, None, None], dropped[:, None, None]
    targets = np.eye(10, dtype=np.float32)[labels]
    train_losses, learnt, losses, tests = [], [], [], []
    for _ in range(epochs):
        for batch in train.start + rng.permutation(train.stop - train.start).reshape(-1, BATCH):
            part = np.array([rng.beta(a, a) if a else 1 for a in mixed], np.float32)[:, None, None]
            partner = batch[rng.permutation(BATCH)]
            inputs: list[Array] = [part * x[batch] + (1 - part) * x[partner]]
            masks: list[Array] = []
            for weights, bias in layers[:-1]:
                z = inputs[-1] @ weights + bias
                kept = (z > 0) & (rng.random(z.shape, np.float32) >= dropped)
                masks.append(kept.astype(np.float32) / (1 - dropped))
                inputs.append(z * masks[-1])
            target = part * targets[batch] + (1 - part) * targets[partner]
            delta = (softmax(inputs[-1] @ layers[-1][0] + layers[-1][1]) - target) / np.float32(BATCH)
            for layer in reversed(range(len(layers))):
                weights, bias = layers[layer]
                gradient = inputs[layer].swapaxes(1, 2) @ delta
                bias -= np.float32(RATE) * delta.sum(axis=1, keepdims=True)
                if layer:
                    delta = (delta @ weights.swapaxes(1, 2)) * masks[layer - 1]
                weights -= np.float32(RATE) * (gradient + decay * weights)
        seen, unseen = probabilities(layers, x[train]), probabilities(layers, x[held_out])
        train_losses.append(loss(seen, labels[train]))
        learnt.append(100 * (seen.argmax(axis=2) == labels[train]).mean(axis=1))
        losses.append(loss(unseen, labels[held_out]))
        tests.append(probabilities(layers, x[test]))
    return Curves(np.array(train_losses), np.array(learnt), np.array(losses), np.array(tests), digits[test])


def loss(p: Array, labels: Labels) -> NDArray[np.float64]:
    """The mean cross-entropy of each network."""
    found: NDArray[np.float64] = -np.log(p[:, np.arange(len(labels)), labels] + 1e-12).mean(axis=1)
    return found


@cache
def few(seed: int, budget: int = 1) -> Curves:
    """Networks that learn few pictures: the members of the ensemble, then each strength of each remedy."""
    strengths = np.zeros((3, MEMBERS + len(DECAYS) + len(DROPPED) + len(MIXED)), np.float32)
    first = MEMBERS
    for row, values in zip(strengths, (DECAYS, DROPPED, MIXED), strict=True):
        row[first : first + len(values)] = values
        first += len(values)
    return learn(FEW, seed, budget * EPOCHS, *strengths)


@cache
def many(seed: int, budget: int = 1) -> Curves:
    """One network without a remedy that learns many pictures."""
    return learn(MANY, seed, budget * EPOCHS, *np.zeros((3, 1), np.float32))


@cache
def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies in percent, and the losses of the network without a remedy."""
    curves, more = few(seed, budget), many(seed, budget)
    dropout, mixup = MEMBERS + len(DECAYS), MEMBERS + len(DECAYS) + len(DROPPED)
    return {
        "nothing": curves.accuracy(-1, slice(0, 1)),
        "early stopping": curves.stopped(0),
        "weight decay": curves.chosen(MEMBERS, len(DECAYS)),
        "dropout": curves.chosen(dropout, len(DROPPED)),
        "mixup": curves.chosen(mixup, len(MIXED)),
        "ensemble": curves.accuracy(-1, slice(0, MEMBERS)),
        "more pictures": more.accuracy(-1, slice(0, 1)),
        "more pictures, early stopping": more.stopped(0),
        "train accuracy": float(curves.learnt[-1, 0]),
        "train accuracy, more pictures": float(more.learnt[-1, 0]),
        "train loss": float(curves.train[-1, 0]),
        "lowest validation loss": float(curves.validation[:, 0].min()),
        "epoch of the lowest": float(curves.validation[:, 0].argmin() + 1),
        "last validation loss": float(curves.validation[-1, 0]),
    }


SAYS = (
    Says("train accuracy", "99.6%(98.8~100%)를"),
    Says("train accuracy", "98.8~100%)를", "min"),
    Says("train accuracy", "100%)를", "max"),
    Says("lowest validation loss", "1.2(1.0~1.3)까지"),
    Says("lowest validation loss", "1.0~1.3)까지", "min"),
    Says("lowest validation loss", "1.3)까지", "max"),
    Says("last validation loss", "2.0(1.8~2.6)으로"),
    Says("last validation loss", "1.8~2.6)으로", "min"),
    Says("last validation loss", "2.6)으로", "max"),
    Says("nothing", "80%(73"),
    Says("nothing", "73~83%)만", "min"),
    Says("nothing", "83%)만", "max"),
    Says("early stopping", "조기 종료는 85%"),
    Says("early stopping", "83~90%)", "min"),
    Says("early stopping", "90%)", "max"),
    Says("weight decay", "감쇠는 85%"),
    Says("weight decay", "83~89%)", "min"),
    Says("weight decay", "89%),", "max"),
    Says("dropout", "드롭아웃은 87%"),
    Says("dropout", "84~89%), mixup은", "min"),
    Says("dropout", "89%), mixup은", "max"),
    Says("mixup", "mixup은 85%(78"),
    Says("mixup", "78~87%)로", "min"),
    Says("mixup", "87%)로", "max"),
    Says("ensemble", "평균한 앙상블은 81%"),
    Says("ensemble", "74~86%)에", "min"),
    Says("ensemble", "86%)에", "max"),
    Says("more pictures", "끝까지 학습하면 87%"),
    Says("more pictures", "83~88%)인데", "min"),
    Says("more pictures", "88%)인데", "max"),
    Says("more pictures, early stopping", "제때 멈추면 94%"),
    Says("more pictures, early stopping", "93~96%)", "min"),
    Says("more pictures, early stopping", "96%)", "max"),
)


def gain(runs: Runs, remedy: str) -> float:
    """How much more a remedy gets right than nothing, in percent: the median over the runs."""
    return float(np.median(runs[remedy] - runs["nothing"]))


CONCLUSIONS = (
    Conclusion("it memorises the wrong labels", lambda runs: runs["train accuracy"].min() > 95),
    Conclusion(
        "the validation loss rises again",
        lambda runs: (runs["last validation loss"] > 1.3 * runs["lowest validation loss"]).all(),
    ),
    Conclusion(
        "early stopping, weight decay and dropout help",
        lambda runs: min(gain(runs, remedy) for remedy in ("early stopping", "weight decay", "dropout")) > 2,
    ),
    Conclusion("mixup helps, though less in longer training", lambda runs: gain(runs, "mixup") > 0),
    Conclusion(
        "an ensemble of those that memorised helps less than stopping",
        lambda runs: gain(runs, "ensemble") < gain(runs, "early stopping") - 2,
    ),
    Conclusion(
        "more pictures and stopping in time are better than anything else, in every run",
        lambda runs: all(
            (runs["more pictures, early stopping"] > runs[name]).all()
            for name in ("early stopping", "weight decay", "dropout", "mixup", "ensemble", "more pictures")
        ),
    ),
)

SHOWN = {
    "nothing": "처방 없음",
    "ensemble": "앙상블 5개",
    "mixup": "mixup",
    "weight decay": "가중치 감쇠",
    "dropout": "드롭아웃",
    "early stopping": "조기 종료",
    "more pictures, early stopping": "라벨 4배 +\n조기 종료",
}


def draw() -> Figure:
    """The losses of one run above the recorded test accuracies of all runs."""
    figure, (top, bottom) = plt.subplots(2, figsize=(4.5, 6.4), height_ratios=(1, 1.2))
    curves = few(0)
    epochs = np.arange(1, EPOCHS + 1)
    best = int(curves.validation[:, 0].argmin())
    top.plot(epochs, curves.validation[:, 0], "-", color=ORANGE, lw=2)
    top.plot(epochs, curves.train[:, 0], "--", color=BLUE, lw=2)
    top.plot(best + 1, curves.validation[best, 0], "*", color=INK, ms=13)
    top.set(xlabel="epoch", ylabel="손실", ylim=(0, None), title="처방 없이 외우는 망(시드 하나)")
    middle = EPOCHS // 2
    top.text(middle, curves.validation[middle, 0] + 0.3, "validation", color=ORANGE, ha="right")
    top.text(middle, curves.train[middle, 0] + 0.2, "train", color=BLUE)
    top.text(best + 4, curves.validation[best, 0] - 0.3, "여기서 멈춘다")
    record = Path(__file__).parent / "measured" / "q06_overfitting.json"
    runs = [run["numbers"] for run in json.loads(record.read_text("utf-8")) if run["budget"] == 1]
    for row, name in enumerate(SHOWN):
        values = [run[name] for run in runs]
        bottom.plot(values, [row] * len(values), "o", color=BLUE, ms=5, alpha=0.5, mew=0)
        bottom.plot(np.median(values), row, "D", color=ORANGE, ms=8, mec=paper())
    bottom.set_yticks(range(len(SHOWN)), list(SHOWN.values()))
    bottom.set(xlabel="test 정확도(%)", title="시드 10개(마름모는 중앙값)")
    return figure
