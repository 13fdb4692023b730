"""Whether a fragment leads somewhere, and to which anchor it comes closest."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Set
from functools import lru_cache

from dlcards.model import has_own_meaning


def resolves(fragment: str, anchors: Set[str]) -> bool:
    """Whether a decoded fragment leads to one of ``anchors`` on GitHub, whatever its letter case."""
    bare = fragment.removeprefix("user-content-")
    if bare in anchors or has_own_meaning(fragment):
        return True
    return _folded(bare) in _index(frozenset(anchors))


def nearest(fragment: str, anchors: Set[str]) -> str:
    """The anchor most like ``fragment``; empty where none is like it."""
    close = difflib.get_close_matches(fragment, sorted(anchors - {""}), n=1, cutoff=0.6)
    return close[0] if close else ""


@lru_cache(maxsize=8)
def _index(anchors: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_folded, anchors))


def _folded(anchor: str) -> str:
    return unicodedata.normalize("NFC", anchor).casefold()
