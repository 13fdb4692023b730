"""What comes of an edit that was made in Anki, and how that is told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.support.recorded import unnamed
from tests.support.seen import Glyph, seen

OUTCOMES = ("taken", "reformatted", "damaged", "lost", "by hand")
"""What comes of an edit.

Taken: the source says it, and no other line of it has changed. Reformatted: others have, to the same effect.
Damaged: the edit is there, and something else of the note says something else than before. Lost: the edit is
not there, or not as it was made. By hand: a human is asked, with the reason, and nothing changes.
"""
TAKEN, REFORMATTED, DAMAGED, LOST, BY_HAND = OUTCOMES
UNEDITED = "no edit at all"
DLCARDS, ANKIOPS = "dlcards", "AnkiOps"

_NUMBER = re.compile(r"^( *)\d+(?=[.)] )", re.M)


class Cards(NamedTuple):
    """The HTML of a note's fields: before the edit, as the learner has them, as the new sources make them."""

    before: Mapping[str, str]
    learner: Mapping[str, str]
    made: Mapping[str, str]


def judged(before: Mapping[str, str], after: Mapping[str, str], anchor: str, cards: Cards) -> str:
    """What came of an edit: one of :data:`OUTCOMES`.

    Args:
        before: The sources of the note's fields.
        after: The sources that the program has made.
        anchor: What of the source was edited.
        cards: The fields.
    """
    worst = TAKEN
    for field, source in before.items():
        old, wanted, made = (_words(fields[field]) for fields in cards)
        if made != wanted:
            # What follows an edit is none of it because it stands in another place now.
            edited = changes(_said(old), _said(wanted)) or changes(old, wanted)
            edits = [range(start, end) for _, _, start, end in edited]
            for start, end, _, _ in changes(wanted, made):
                if any(_meet(range(start, end), edit) for edit in edits):
                    return LOST
            worst = DAMAGED
        elif worst == TAKEN and _is_elsewhere(source, after[field], anchor):
            worst = REFORMATTED
    return worst


def _meet(damage: range, edit: range) -> bool:
    """Whether a change touches an edit; one that cuts something out is a place between two words."""
    if not edit:
        return damage.start <= edit.start <= damage.stop
    return damage.start < edit.stop and edit.start < damage.stop


def _words(html: str) -> list[tuple[Glyph, ...]]:
    """What is seen, word by word."""
    words: list[tuple[Glyph, ...]] = []
    for glyph in seen(unnamed(html)):
        if glyph.before or not words:
            words.append(())
        words[-1] += (glyph,)
    return words


def _said(words: list[tuple[Glyph, ...]]) -> list[tuple[tuple[str, tuple[str, ...]], ...]]:
    """The words without what stands between them."""
    return [tuple((glyph.said, glyph.styles) for glyph in word) for word in words]


def _is_elsewhere(before: str, after: str, anchor: str) -> bool:
    """Whether lines have changed that the edit does not stand in, nor beside."""
    start = before.find(anchor) if anchor else -1
    lines = (
        range(before.count("\n", 0, start), before.count("\n", 0, start + len(anchor)) + 1)
        if start >= 0
        else range(0)
    )
    # A new item of a numbered list moves the numbers below it.
    old, new = (_NUMBER.sub(r"\g<1>1", text).split("\n") for text in (before, after))
    for first, last, _, _ in changes(old, new):
        near = (first - 1, first) if first == last else range(first, last)
        if first == last and not any(line in lines for line in near):
            return True
        if any(line not in lines for line in range(first, last)):
            return True
    return False


def changes(before: Sequence[object], after: Sequence[object]) -> list[tuple[int, int, int, int]]:
    """Where both differ: from and to before, from and to after."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
