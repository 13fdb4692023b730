"""What AnkiDroid does to a field when it saves it: a break for each line end."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dlcards.model import lazy_compile
from dlcards.roundtrip.elements import BLOCKS
from dlcards.roundtrip.merge import matching

_PIECE = lazy_compile(r"\n|<[^>]*>|[^<\s]+|[^\S\n]+|<")
_NAME = lazy_compile(r"</?([a-z][a-z0-9]*)")
_EDGES = frozenset({"div", "thead", "tbody"})


def without_breaks_of_phones(base: str, field: str) -> str:
    """A field that AnkiDroid has saved, with line ends of ``base`` again where it wrote ``<br>`` for them.

    Only in text: a break beside a block says nothing, and one that a learner has put between two paragraphs
    that were is theirs.
    """
    if "<br" not in field or "\n" not in base:
        return field
    # In one form, or no letters would be the same.
    before, now = (_PIECE.findall(unicodedata.normalize("NFC", html)) for html in (base, field))
    if any(piece == "\n" and _is_in_text(now, place) for place, piece in enumerate(now)):
        return field  # a phone leaves none
    saved = ["<br>" if piece == "\n" else piece for piece in before]
    for same in matching(saved, now):
        for place in range(same.size):
            old, new = same.a + place, same.b + place
            if before[old] == "\n" and _is_in_text(before, old) and _is_in_text(now, new):
                now[new] = "\n"
    return "".join(now)


def _is_in_text(pieces: Sequence[str], place: int) -> bool:
    """Whether there is no block right before or behind a piece."""
    around = (*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2])
    tags = (_NAME.match(piece) for piece in around)
    return len(around) == 2 and not any(tag and (tag[1] in _EDGES or tag[1] in BLOCKS) for tag in tags)
