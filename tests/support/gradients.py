"""What a derivative is, by its definition: the judge of every back-propagation in ``examples/``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


def central_differences(loss: Callable[[], float], changed: Array, step: float = 1e-5) -> Array:
    """The gradient of ``loss`` by an array that it reads, which is left as it was."""
    gradient = np.zeros_like(changed)
    for place in np.ndindex(changed.shape):
        kept = changed[place]
        changed[place] = kept + step
        above = loss()
        changed[place] = kept - step
        gradient[place] = (above - loss()) / (2 * step)
        changed[place] = kept
    return gradient
