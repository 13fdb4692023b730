"""Whether a fragment leads somewhere, and to which anchor it comes closest."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from functools import lru_cache

from dlcards.document.likeness import InOrder, most_like
from dlcards.model import has_own_meaning


def resolves(fragment: str, anchors: Set[str]) -> bool:
    """Whether a decoded fragment leads to one of ``anchors`` on GitHub, whatever its letter case."""
    bare = fragment.removeprefix("user-content-")
    if bare in anchors or has_own_meaning(fragment):
        return True
    return folded(bare) in _index(frozenset(anchors))


def nearest(fragment: str, anchors: Set[str], least: float = 0.6) -> str:
    """The anchor most like ``fragment``; empty where the likeness of none, 0 to 1, is ``least``."""
    return most_like(fragment, _in_order(frozenset(anchors)), least)


@lru_cache(maxsize=8)
def _index(anchors: frozenset[str]) -> frozenset[str]:
    return frozenset(map(folded, anchors))


@lru_cache(maxsize=8)
def _in_order(anchors: frozenset[str]) -> InOrder:
    return InOrder(anchors - {""})


def folded(anchor: str) -> str:
    """An anchor as it is compared: whatever its letter case and its form in Unicode."""
    return unicodedata.normalize("NFC", anchor).casefold()
