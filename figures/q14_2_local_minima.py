"""Where trainings from 50 random starts end when the global minimum is known to be zero."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "14-2"

STARTS, EXAMPLES, INPUTS, TEACHER_UNITS = 50, 200, 2, 3
STEPS = 200
FLOOR = 1e-9  # a mean squared error below it counts as zero: the targets' variance is 0.17
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
        """Return prediction minus target, and its derivative by each parameter, one network a row."""
        cut = self.units * self.x.shape[1]
        w = parameters[:, :cut].reshape(len(parameters), self.units, -1)
        a = parameters[:, cut:, None]
        h = np.tanh(self.x @ w.transpose(0, 2, 1))
        slopes = (1 - h**2) * a.transpose(0, 2, 1)
        by_w = (slopes[..., None] * self.x[:, None]).reshape(len(parameters), len(self.x), cut)
        return (h @ a)[..., 0] - self.y, np.concatenate([by_w, h], axis=2)

    def loss(self, parameters: Array) -> Array:
        """Return the mean squared error of each network."""
        errors: Array = (self.residuals(parameters)[0] ** 2).mean(axis=1)
        return errors

    def gradient(self, parameters: Array) -> Array:
        """Return the gradient of each network's mean squared error."""
        r, j = self.residuals(parameters)
        gradients: Array = 2 * (j.transpose(0, 2, 1) @ r[..., None])[..., 0] / len(self.x)
        return gradients

    def lowest_curvature(self, parameters: Array) -> Array:
        """Return the smallest eigenvalue of each Hessian, by central differences of the gradient."""
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


def main(path: Path) -> list[Measured]:
    """Draw the sorted final losses of students as wide as their teacher and twice as wide."""
    rng = np.random.default_rng(0)
    x = np.hstack([rng.normal(size=(EXAMPLES, INPUTS)), np.ones((EXAMPLES, 1))])
    teacher = 1.5 * rng.normal(size=(TEACHER_UNITS, INPUTS + 1))
    y = np.tanh(x @ teacher.T) @ np.sign(rng.normal(size=TEACHER_UNITS))

    ends = []
    for units in (TEACHER_UNITS, 2 * TEACHER_UNITS):
        students = Students(x, y, units)
        ends.append((students, students.train(rng.normal(size=(STARTS, units * (INPUTS + 2))), STEPS)))
    narrow, wide = (students.loss(end) for students, end in ends)

    students, end = ends[0]
    minima = narrow > FLOOR
    minima &= np.linalg.norm(students.gradient(end), axis=1) < FLAT
    minima &= students.lowest_curvature(end) > CURVED
    levels, counts = np.unique(np.round(narrow[minima], 4), return_counts=True)
    level, count = float(levels[counts.argmax()]), int(counts.max())
    reached_narrow, reached_wide = int((narrow < FLOOR).sum()), int((wide < FLOOR).sum())

    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    places = np.arange(1, STARTS + 1)
    axes.plot(places, np.sort(narrow), "o", ms=5, color=ORANGE)
    axes.plot(places, np.sort(wide), "s", ms=4, color=BLUE)
    axes.text(
        reached_narrow + count / 2,
        level + 0.0025,
        f"3 units: {count} of {STARTS} end in the same\nlocal minimum, loss {level:.4f}",
        color=ORANGE,
        ha="center",
        va="bottom",
    )
    axes.text(
        29, 0.0045, f"6 units: {reached_wide} of {STARTS} reach 0", color=BLUE, ha="center", va="center"
    )
    axes.set(xlabel="training, sorted by where it ends", ylabel="final loss", xlim=(0, STARTS + 1))
    save(figure, path)
    return [
        Measured("trainings of 3 units that reach zero", reached_narrow, "18번", 4),
        Measured("trainings of 3 units that end in one other minimum", count, "25번", 5),
        Measured("loss of that minimum", level, "0.0104", 2e-4),
        Measured("trainings of 6 units that reach zero", reached_wide, "49번", 2),
    ]
