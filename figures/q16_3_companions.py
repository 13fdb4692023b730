"""How much a generator's picture of one and the same z depends on what else is in its batch."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "16-3"
SEEDS = 10

SIZES = (32, 128, 128, 64)
BATCHES = (2, 4, 8, 16, 32, 64, 128)
DRAWS = 16

Array = NDArray[np.float64]


def generate(weights: list[Array], z: Array) -> Array:
    """The pictures of batches: two hidden layers with batch normalization and ReLU, then tanh without."""
    for w in weights[:-1]:
        z = z @ w
        z = (z - z.mean(axis=-2, keepdims=True)) / np.sqrt(z.var(axis=-2, keepdims=True) + 1e-5)
        z = np.maximum(z, 0)
    pictures: Array = np.tanh(z @ weights[-1])
    return pictures


def companions_to_own(weights: list[Array], batch: int, rng: np.random.Generator) -> float:
    """The deviation of a picture over its companions, in percent of that over z itself.

    The mean over some draws of companions still varies with them; that part is taken off the second.
    """
    z = rng.normal(size=(DRAWS, DRAWS, batch, SIZES[0]))
    z[:, :, 0] = z[:, :1, 0]  # one z for each row of draws
    pictures = generate(weights, z)[:, :, 0]
    mates = pictures.var(axis=1, ddof=1).mean()
    own = pictures.mean(axis=1).var(axis=0, ddof=1).mean() - mates / DRAWS
    return 100 * float(np.sqrt(mates / own))


@cache
def measure(seed: int) -> Numbers:
    """The ratio for each size of batch, in percent, for one untrained generator."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
    weights[-1] /= 2
    return {f"ratio at {batch}": companions_to_own(weights, batch, rng) for batch in BATCHES}


SAYS = (
    Says("ratio at 64", "24%(23"),
    Says("ratio at 64", "23~27%)로", "min"),
    Says("ratio at 64", "27%)로", "max"),
    Says("ratio at 16", "50%(47"),
    Says("ratio at 16", "47~56%)", "min"),
    Says("ratio at 16", "56%)", "max"),
    Says("ratio at 4", "115%(106"),
    Says("ratio at 4", "106~119%)로", "min"),
    Says("ratio at 4", "119%)로", "max"),
)
CONCLUSIONS = (
    Conclusion("in fours the companions matter more than z", lambda runs: (runs["ratio at 4"] > 100).all()),
    Conclusion(
        "four times the batch halves the ratio",
        lambda runs: all(
            0.4 < np.median(runs[f"ratio at {4 * batch}"]) / np.median(runs[f"ratio at {batch}"]) < 0.6
            for batch in (4, 16)
        ),
    ),
)


def draw() -> Figure:
    """The medians of the ratio by batch size, with a line that falls with the root of the batch."""
    values = np.array([list(measure(seed).values()) for seed in range(SEEDS)])
    middle = np.median(values, axis=0)
    figure, axes = plt.subplots(figsize=(4.5, 3.3))
    axes.loglog(BATCHES, middle[3] * np.sqrt(16 / np.array(BATCHES)), ":", color=BLUE, lw=2)
    axes.fill_between(BATCHES, values.min(axis=0), values.max(axis=0), color=ORANGE, alpha=0.25, lw=0)
    axes.plot(BATCHES, middle, "o-", color=ORANGE)
    axes.text(34, 45, "배치 정규화", color=ORANGE)
    axes.text(3, 62, r"$\propto 1/\sqrt{B}$", color=BLUE, va="top")
    axes.set_xscale("log", base=2)
    axes.set_xticks(BATCHES, [str(batch) for batch in BATCHES])
    axes.set_yticks([10, 20, 50, 100, 200], ["10%", "20%", "50%", "100%", "200%"])
    axes.minorticks_off()
    axes.set(xlabel="배치의 크기 B", ylabel="동료 때문 / z 때문")
    return figure
