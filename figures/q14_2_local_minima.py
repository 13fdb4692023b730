"""Where trainings from 50 random starts end when the global minimum is known to be zero, for ten problems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "14-2"
SEEDS = 10
SLOW = "trains 100 networks by a method of second order"

STARTS, EXAMPLES, INPUTS, TEACHER_UNITS = 50, 200, 2, 3
STEPS = 200
FLOOR = 1e-9  # a mean squared error below it counts as zero: the targets' variance is 0.17 or more
FLAT = 1e-8  # a gradient norm below it counts as zero
CURVED = 1e-6  # a smallest curvature above it counts as positive

Array = NDArray[np.float64]


@dataclass
class Students:
    """Networks of one tanh layer without an output bias, all trained on the same examples at once.

    Attributes:
        x: The inputs, with a one appended for the bias.
        y: The targets.
        units: How many hidden units each network has.
    """

    x: Array
    y: Array
    units: int

    def residuals(self, parameters: Array) -> tuple[Array, Array]:
        """Prediction minus target, and its derivative by each parameter, one network a row."""
        cut = self.units * self.x.shape[1]
        w = parameters[:, :cut].reshape(len(parameters), self.units, -1)
        a = parameters[:, cut:, None]
        h = np.tanh(self.x @ w.transpose(0, 2, 1))
        slopes = (1 - h**2) * a.transpose(0, 2, 1)
        by_w = (slopes[..., None] * self.x[:, None]).reshape(len(parameters), len(self.x), cut)
        return (h @ a)[..., 0] - self.y, np.concatenate([by_w, h], axis=2)

    def loss(self, parameters: Array) -> Array:
        """The mean squared error of each network."""
        errors: Array = (self.residuals(parameters)[0] ** 2).mean(axis=1)
        return errors

    def gradient(self, parameters: Array) -> Array:
        """The gradient of each network's mean squared error."""
        r, j = self.residuals(parameters)
        gradients: Array = 2 * (j.transpose(0, 2, 1) @ r[..., None])[..., 0] / len(self.x)
        return gradients

    def lowest_curvature(self, parameters: Array) -> Array:
        """The smallest eigenvalue of each Hessian, by central differences of the gradient."""
        step = 1e-5 * np.eye(parameters.shape[1])
        rows = [(self.gradient(parameters + e) - self.gradient(parameters - e)) / 2e-5 for e in step]
        hessians: Array = np.stack(rows, axis=1)
        symmetric: Array = (hessians + hessians.transpose(0, 2, 1)) / 2
        return np.linalg.eigvalsh(symmetric).astype(np.float64)[:, 0]

    def train(self, parameters: Array, steps: int) -> Array:
        """Take steps of the Levenberg-Marquardt method, which never go up; return the last parameters."""
        losses, damping = self.loss(parameters), np.full(len(parameters), 1e-2)
        for _ in range(steps):
            r, j = self.residuals(parameters)
            damped = j.transpose(0, 2, 1) @ j / len(self.x) + damping[:, None, None] * np.eye(j.shape[2])
            slope = j.transpose(0, 2, 1) @ r[..., None] / len(self.x)
            tried = parameters - np.linalg.solve(damped, slope)[..., 0]
            tried_losses = self.loss(tried)
            down = tried_losses < losses
            parameters = np.where(down[:, None], tried, parameters)
            losses = np.where(down, tried_losses, losses)
            damping = np.clip(np.where(down, damping / 3, damping * 4), 1e-12, 1e8)
        return parameters


@cache
def ends(seed: int, budget: int = 1) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Final losses of students as wide as the teacher and twice as wide; which of the former are minima.

    The seed draws the teacher, the inputs and where the students start.
    """
    rng = np.random.default_rng(seed)
    x = np.hstack([rng.normal(size=(EXAMPLES, INPUTS)), np.ones((EXAMPLES, 1))])
    teacher = 1.5 * rng.normal(size=(TEACHER_UNITS, INPUTS + 1))
    y = np.tanh(x @ teacher.T) @ np.sign(rng.normal(size=TEACHER_UNITS))
    trained = []
    for units in (TEACHER_UNITS, 2 * TEACHER_UNITS):
        students = Students(x, y, units)
        start = rng.normal(size=(STARTS, units * (INPUTS + 2)))
        trained.append((students, students.train(start, STEPS * budget)))
    narrow, wide = (students.loss(end) for students, end in trained)
    students, end = trained[0]
    strict = narrow > FLOOR
    strict &= np.linalg.norm(students.gradient(end), axis=1) < FLAT
    strict &= students.lowest_curvature(end) > CURVED
    return narrow, wide, strict


def measure(seed: int, budget: int = 1) -> Numbers:
    """How many of 50 trainings reach zero, how many end in the most frequent strict minimum above it."""
    narrow, wide, strict = ends(seed, budget)
    levels, counts = np.unique(np.round(narrow[strict], 4), return_counts=True)
    return {
        "3 units reach zero": float((narrow < FLOOR).sum()),
        "6 units reach zero": float((wide < FLOOR).sum()),
        "3 units in the same strict minimum": float(counts.max(initial=0)),
        "its loss": float(levels[counts.argmax()]) if len(levels) else 0.0,
        "a strict minimum above zero is met": 100 * float(strict.any()),
    }


SAYS = (
    Says("3 units reach zero", "18번뿐", "seed 0"),
    Says("3 units in the same strict minimum", "25번은", "seed 0"),
    Says("its loss", "0.0104인", "seed 0"),
    Says("3 units reach zero", "14번에서", "min"),
    Says("3 units reach zero", "45번까지", "max"),
    Says("a strict minimum above zero is met", "60%였다", "mean"),
    Says("6 units reach zero", "39번에서", "min"),
    Says("6 units reach zero", "50번(", "max"),
    Says("6 units reach zero", "중앙값 49번"),
)
CONCLUSIONS = (
    Conclusion(
        "as wide as the teacher, many trainings end above zero",
        lambda runs: np.median(runs["3 units reach zero"]) <= 40,
    ),
    Conclusion(
        "twice as wide, more reach zero for every teacher",
        lambda runs: (runs["6 units reach zero"] > runs["3 units reach zero"]).all(),
    ),
    Conclusion("twice as wide, most reach zero", lambda runs: np.median(runs["6 units reach zero"]) >= 45),
    Conclusion(
        "as wide as the teacher, some training ends above zero for every teacher",
        lambda runs: (runs["3 units reach zero"] < STARTS).all(),
    ),
)


def draw() -> Figure:
    """The sorted final losses of one problem, above how many trainings reach zero in each."""
    narrow, wide, strict = ends(0)
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.6), height_ratios=(3, 2))
    places = np.arange(1, STARTS + 1)
    above.plot(places, np.sort(wide), "s", ms=6, color=BLUE)
    above.plot(places, np.sort(narrow), "o", ms=3.5, color=ORANGE)
    level = float(np.median(narrow[strict]))
    above.text(
        31, level + 0.002, "유닛 3개: 25번은 손실이\n같은 지역 최소에 멈춘다", color=ORANGE, ha="center"
    )
    above.text(30, 0.002, "유닛 6개: 거의 모두 0", color=BLUE, ha="center")
    above.set(
        title="한 문제, 시작점 50개",
        xlabel="마지막 손실이 작은 것부터",
        ylabel="마지막 손실",
        xlim=(0, STARTS + 1),
    )
    runs = [measure(seed) for seed in range(SEEDS)]
    problems = np.arange(1, SEEDS + 1)
    below.plot(problems, [run["6 units reach zero"] for run in runs], "s", color=BLUE, label="유닛 6개")
    below.plot(problems, [run["3 units reach zero"] for run in runs], "o", color=ORANGE, label="유닛 3개")
    below.set(
        title="0에 닿은 횟수, 문제 열 개",
        xlabel="문제",
        ylabel="50번 가운데",
        ylim=(0, 54),
        xticks=problems,
    )
    below.legend(loc="lower right", ncols=2)
    return figure
