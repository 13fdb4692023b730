"""When Python's garbage collector looks for circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep the garbage collector from looking at millions of nodes, none of them in a circle.

    It takes two fifths of the time of 4,000 questions.
    """
    was_on = gc.isenabled()
    gc.freeze()  # what is there already, so that a collection that is asked for is quick
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
