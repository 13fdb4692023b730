"""Anki's templates, filled as Anki fills them: https://docs.ankiweb.net/templates/intro.html.

Only what our own templates use: ``{{Field}}``, ``{{#Field}}…{{/Field}}``, ``{{^Field}}…{{/Field}}``,
``{{cloze:Field}}`` and ``{{FrontSide}}``. Anything else in a template is a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from dlcards.deck.package.notetypes import NoteType
from dlcards.model import lazy_compile

_TAG = lazy_compile(r"\{\{([#^/]?)([^{}]+)\}\}")
_CLOZE = lazy_compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
# Anki takes a field for empty that shows nothing but line breaks.
_EMPTY = lazy_compile(r"(?:\s|</?(?:br|div) ?/?>)*")


class Sides(NamedTuple):
    """What a card shows.

    Attributes:
        front: The HTML of the question side.
        back: The HTML of the answer side.
    """

    front: str
    back: str


def render_cards(note_type: NoteType, fields: Mapping[str, str]) -> list[Sides]:
    """The cards of a note, in Anki's order: one, or one for each number of a cloze note's blanks.

    Args:
        note_type: The note's type.
        fields: HTML by field name; fields that are not named are empty.

    Raises:
        ValueError: A template uses what this module does not know.
    """
    every = {str(field["name"]): "" for field in note_type.fields} | dict(fields)
    (template,) = note_type.templates
    numbers = [1]
    if note_type.is_cloze:
        numbers = sorted({int(number) for text in fields.values() for number, _, _ in _CLOZE.findall(text)})
    sides = []
    for number in numbers:
        front = _fill(str(template["qfmt"]), every, number, answered=False)
        back = _fill(str(template["afmt"]), every | {"FrontSide": front}, number, answered=True)
        sides.append(Sides(front, back))
    return sides


def _fill(template: str, fields: Mapping[str, str], number: int, *, answered: bool) -> str:
    filled: list[str] = []
    sections: list[tuple[str, bool]] = []
    at = 0
    for tag in _TAG.finditer(template):
        shown = all(is_shown for _, is_shown in sections)
        if shown:
            filled.append(template[at : tag.start()])
        at = tag.end()
        mark, name = tag[1], tag[2].strip()
        filter_, _, field = name.rpartition(":")
        if field not in fields or filter_ not in ("", "cloze") or (mark and filter_):
            raise ValueError(f"unknown in a template: {tag[0]}")
        if mark == "/":
            if not sections or sections.pop()[0] != field:
                raise ValueError(f"closes nothing in a template: {tag[0]}")
        elif mark:
            is_empty = _EMPTY.fullmatch(fields[field]) is not None
            sections.append((field, is_empty == (mark == "^")))
        elif shown:
            filled.append(_blanks(fields[field], number, answered) if filter_ else fields[field])
    if sections:
        raise ValueError(f"not closed in a template: {sections[-1][0]}")
    return "".join([*filled, template[at:]])


def _blanks(text: str, asked: int, answered: bool) -> str:
    """``text`` with its clozes: the one asked for blank or marked, the others as plain text."""

    def blank(cloze: re.Match[str]) -> str:
        number, words, hint = int(cloze[1]), cloze[2], cloze[3]
        if number != asked:
            return f'<span class="cloze-inactive" data-ordinal="{number}">{words}</span>'
        shown = words if answered else f"[{hint or '...'}]"
        return f'<span class="cloze" data-ordinal="{number}">{shown}</span>'

    return _CLOZE.sub(blank, text)
