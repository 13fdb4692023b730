"""Bytes that all-reduce moves, counted while it runs in numpy, and how long that takes over four links."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "20-2"

NUMBERS = 27720  # divides by 2, 3, ..., 12
DEVICES = (2, 3, 4, 5, 6, 8, 10, 12)

PARAMETERS = 1e9
GRADIENT = 4 * PARAMETERS  # bytes, in float32 as autocast leaves them
TOKENS = 8192  # on each device, in a step
SPEED = 400e12  # operations a second: 40 % of what an H100 could do
# Bytes a second in one direction, as the data sheets state them.
LINKS = {"NVLink 4(H100)": 450e9, "PCIe 5.0 ×16": 64e9, "PCIe 4.0 ×16": 32e9, "100Gb 이더넷": 12.5e9}
Array = NDArray[Any]


def ring(gradients: list[Array]) -> tuple[list[Array], float]:
    """Sum by passing chunks around a ring; the sums and how many times its size a device sends."""
    n = len(gradients)
    chunks = [list(np.split(gradient, n)) for gradient in gradients]
    sent = 0
    for adding in (True, False):  # first add up, then hand out what is complete
        for step in range(n - 1):
            first = 0 if adding else 1
            messages = [chunks[rank][(rank + first - step) % n] for rank in range(n)]
            sent += messages[0].size
            for rank, message in enumerate(messages):
                place = (rank + first - step) % n
                neighbour = chunks[(rank + 1) % n]
                neighbour[place] = neighbour[place] + message if adding else message
    return [np.concatenate(parts) for parts in chunks], sent / NUMBERS


def central(gradients: list[Array]) -> tuple[list[Array], float]:
    """Sum on the first device, which then sends the sum to each other one."""
    total = np.sum(gradients, axis=0)
    sent = sum(total.size for _ in gradients[1:])
    return [total for _ in gradients], sent / NUMBERS


@cache
def traffic(n: int) -> tuple[float, float]:
    """How many times the gradient's size the busiest device sends: by ring, and centrally."""
    rng = np.random.default_rng(n)
    gradients = [rng.normal(size=NUMBERS) for _ in range(n)]
    sums = np.sum(gradients, axis=0)
    results = ring(gradients), central(gradients)
    assert all(np.allclose(each, sums) for result, _ in results for each in result)
    return results[0][1], results[1][1]


def measure() -> Numbers:
    """Traffic; milliseconds of computing and of communication between two; what two are faster than one."""
    step = 1000 * 6 * PARAMETERS * TOKENS / SPEED
    backward = 2 / 3 * step
    numbers = {
        "ring, 2": traffic(2)[0],
        "ring, 8": traffic(8)[0],
        "central, 8": traffic(8)[1],
        "step": step,
        "backward": backward,
    }
    for name, bandwidth in LINKS.items():
        time = 1000 * traffic(2)[0] * GRADIENT / bandwidth
        numbers[name] = time
        numbers[f"speedup, {name}"] = 2 * step / (step - backward + max(backward, time))
        numbers[f"speedup apart, {name}"] = 2 * step / (step + time)
    return numbers


SAYS = (
    Says("ring, 2", "1배"),
    Says("ring, 8", "1.75배"),
    Says("central, 8", "7배"),
    Says("step", "123ms"),
    Says("backward", "82ms"),
    Says("NVLink 4(H100)", "8.9ms"),
    Says("PCIe 5.0 ×16", "62.5ms"),
    Says("PCIe 4.0 ×16", "125ms"),
    Says("100Gb 이더넷", "320ms"),
    Says("speedup, PCIe 4.0 ×16", "1.5배"),
    Says("speedup, 100Gb 이더넷", "0.7배"),
    Says("speedup apart, PCIe 5.0 ×16", "1.3배"),
)
CONCLUSIONS = (
    Conclusion(
        "behind the backward pass fits what goes over NVLink or PCIe 5.0, and no more",
        lambda runs: (
            (runs["PCIe 5.0 ×16"] < runs["backward"]).all()
            and (runs["PCIe 4.0 ×16"] > runs["backward"]).all()
        ),
    ),
)


def draw() -> Figure:
    """The traffic by the number of devices; below, the milliseconds between two."""
    by_ring, by_one = np.array([traffic(n) for n in DEVICES]).T
    numbers = measure()
    figure, (top, bottom) = plt.subplots(2, figsize=(4.5, 6.2))
    top.plot(DEVICES, by_one, "s--", color=ORANGE)
    top.plot(DEVICES, by_ring, "o-", color=BLUE)
    top.text(7.6, 8.4, "한 장치가 모을 때", color=ORANGE, ha="right")
    top.text(12, 2.5, "링 all-reduce", color=BLUE, ha="right")
    top.set(
        title="가장 바쁜 장치가 보내는 양",
        xlabel="장치 수",
        ylabel="기울기 크기의 배수",
        ylim=(0, 12),
        xticks=(2, 4, 6, 8, 10, 12),
    )
    rows = np.arange(len(LINKS))
    values = [numbers[name] for name in LINKS]
    bottom.barh(rows, values, color=BLUE, height=0.55)
    for row, value in zip(rows, values, strict=True):
        beyond = numbers["backward"] if 40 < value < numbers["backward"] else value  # not on the line
        bottom.annotate(f"{value:.3g}", (beyond, row), (5, 0), textcoords="offset points", va="center")
    bottom.axvline(numbers["backward"], color=GREEN, lw=2, ls="--")
    bottom.annotate(
        "역전파 82ms",
        (numbers["backward"], -0.62),
        (5, 0),
        textcoords="offset points",
        color=GREEN,
        va="center",
    )
    bottom.set(
        title="4GB를 두 장이 all-reduce하는 시간",
        xlabel="ms",
        yticks=rows,
        yticklabels=LINKS,
        xlim=(0, 375),
        ylim=(3.5, -0.95),
    )
    bottom.grid(visible=False, axis="y")
    bottom.axvline(0, color=GREY, lw=1)
    return figure
