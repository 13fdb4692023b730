"""Bytes that all-reduce moves, counted while it runs in numpy, and what communication leaves of a speedup."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "20-2"

NUMBERS = 27720  # divides by 2, 3, ..., 12
DEVICES = (2, 3, 4, 5, 6, 8, 10, 12)
FORWARD, BACKWARD = 1 / 3, 2 / 3  # of a step on one device
Array = NDArray[np.float64]


def ring(gradients: list[Array]) -> tuple[list[Array], float]:
    """Sum by passing chunks around a ring; return the sums and how many times its size a device sends."""
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


def main(path: Path) -> list[Measured]:
    """Draw the traffic by the number of devices, and the speedup of two by how slow communication is."""
    rng = np.random.default_rng(0)
    traffic = []
    for n in DEVICES:
        gradients = [rng.normal(size=NUMBERS) for _ in range(n)]
        for sums, _ in (ring(gradients), central(gradients)):
            assert all(np.allclose(each, np.sum(gradients, axis=0)) for each in sums)
        traffic.append((ring(gradients)[1], central(gradients)[1]))
    by_ring, by_one = np.array(traffic).T

    ratio = np.linspace(0, 2, 201)
    apart = 2 / (1 + ratio)
    overlapped = 2 / (FORWARD + np.maximum(BACKWARD, ratio))

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6), layout="constrained")
    above.plot(DEVICES, by_one, "s--", color=ORANGE, label="one device collects and sends")
    above.plot(DEVICES, by_ring, "o-", color=BLUE, label="ring all-reduce")
    above.set(xlabel="devices", ylabel="sent by the busiest device\n(gradient = 1)", ylim=(0, 12))
    above.legend()
    below.plot(ratio, overlapped, color=BLUE, label="overlapped with backward")
    below.plot(ratio, apart, "--", color=ORANGE, label="after backward")
    below.axhline(1, color=GREEN, ls=":", label="one device")
    below.set(xlabel="communication time / step time of one device", ylabel="speedup of two", ylim=(0, 2.1))
    below.legend(loc="lower left")
    save(figure, path)
    at_half = int(np.abs(ratio - 0.5).argmin())
    return [
        Measured("ring, 2 devices", by_ring[0], "1배", 0),
        Measured("ring, 8 devices", by_ring[DEVICES.index(8)], "1.75배", 0),
        Measured("central, 8 devices", by_one[DEVICES.index(8)], "7배", 0),
        Measured("speedup, half a step of communication, apart", apart[at_half], "1.33배", 0.01),
        Measured("speedup, half a step of communication, overlapped", overlapped[at_half], "2배를", 0),
    ]
