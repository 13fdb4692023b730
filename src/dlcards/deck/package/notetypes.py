"""The note types. Their ids, fields and templates are frozen.

Anki knows a note type again by its id, and its fields and templates by theirs. A learner who has
imported an earlier package keeps everything as long as these stay as they are: a field that is added,
removed or moved makes a second note type of every update, in which no note is updated any more. What
cards may still need goes into the spare fields. Texts of templates and the CSS may change at will.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dlcards.deck.package.labels import labels_of
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, Kind

_OWN_NAMES = ("ko", "en")  # languages whose note types are named in their own words
# What some languages need besides the common style, by the language without its region.
_STYLES = {
    "zh": "style-zh.css",
    "ja": "style-ja.css",
    **dict.fromkeys(("ar", "fa", "he", "ur"), "style-rtl.css"),
}
# Anki takes new cards deck by deck, decks in the order of their names: questions must come first.
_SUBDECKS: dict[str, dict[Kind, str]] = {
    "ko": {"question": "1 질문", "cloze": "2 빈칸", "follow-up": "3 꼬리질문"},
    "en": {"question": "1 Questions", "cloze": "2 Clozes", "follow-up": "3 Follow-ups"},
}


class NoteType(NamedTuple):
    """A note type as genanki wants it.

    Attributes:
        id: Anki's id of it; another one for each language, since templates hold words.
        name: Its name in Anki.
        fields: genanki's field dictionaries, with fixed ``id``.
        templates: genanki's template dictionaries, with fixed ``id``.
        css: The style of its cards.
        is_cloze: Whether it makes a card of each ``{{c1::…}}``.
    """

    id: int
    name: str
    fields: tuple[dict[str, object], ...]
    templates: tuple[dict[str, object], ...]
    css: str
    is_cloze: bool


class _Schema(NamedTuple):
    """What is frozen of a note type."""

    id: int
    first_field: int
    template: int
    fields: tuple[str, ...]
    front: str
    back: str


_SCHEMAS = {
    "question": _Schema(
        1_763_809_471_000,
        5_871_402_116_390_000,
        2_764_913_508_170_000,
        QUESTION_FIELDS,
        "front.html",
        "back.html",
    ),
    "cloze": _Schema(
        1_763_810_471_000,
        5_871_402_216_390_000,
        2_764_913_608_170_000,
        CLOZE_FIELDS,
        "cloze-front.html",
        "cloze-back.html",
    ),
}


def note_type(kind: Kind, language: str) -> NoteType:
    """The note type of a kind of cards in a language; labels are English where it has none of its own."""
    return _note_type("cloze" if kind == "cloze" else "question", language)


def subdeck(kind: Kind, language: str) -> str:
    """The deck below the main deck that a kind of cards goes to, such as ``1 질문``."""
    return _SUBDECKS.get(language, _SUBDECKS["en"])[kind]


@cache
def _note_type(kind: str, language: str) -> NoteType:
    schema, labels = _SCHEMAS[kind], labels_of(language)
    # Korean keeps the base ids; another language's follow from its name.
    offset = 0 if language == "ko" else 1 + zlib.crc32(language.encode()) % 100_000
    own = labels if language in _OWN_NAMES else labels_of("en")
    name = f"dlcards {own[kind]}" + ("" if language in _OWN_NAMES else f" ({language})")
    css = _read("style.css")
    if more := _STYLES.get(language.casefold().partition("-")[0]):
        css += _read(more)
    fields = tuple(
        {"name": field, "id": schema.first_field + offset * 100 + index}
        for index, field in enumerate(schema.fields)
    )
    template = {
        "name": labels[kind],
        "id": schema.template + offset,
        "qfmt": _fill(_read(schema.front), language, labels),
        "afmt": _fill(_read(schema.back), language, labels),
    }
    return NoteType(schema.id + offset, name, fields, (template,), css, kind == "cloze")


def _read(name: str) -> str:
    return (files("dlcards.deck") / "templates" / name).read_text(encoding="utf-8")


def _fill(template: str, language: str, labels: Mapping[str, str]) -> str:
    for label, words in {**labels, "lang": language}.items():
        template = template.replace(f"[[{label}]]", words)
    return template
