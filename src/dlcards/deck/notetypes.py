"""The note types. Their ids, fields and templates are frozen.

Anki knows a note type again by its id, and its fields and templates by theirs. A learner who has
imported an earlier package keeps everything as long as these stay as they are: a field that is added,
removed or moved makes a second note type of every update, in which no note is updated any more. What
cards may still need goes into the spare fields. Texts of templates and the CSS may change at will.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

QUESTION_FIELDS = (
    "Id",
    "Question",
    "Context",
    "Hint",
    "Summary",
    "Answer",
    "FollowUps",
    "References",
    "Source",
    "Updated",
    "Extra1",
    "Extra2",
)

_QUESTION_ID = 1_763_809_471_000
_FIELD_ID = 5_871_402_116_390_000
_TEMPLATE_ID = 2_764_913_508_170_000

_LABELS = {
    "ko": {
        "name": "dlcards 질문",
        "subdeck": "질문",
        "hint": "힌트",
        "details": "자세히",
        "follow-ups": "이어지는 질문",
        "references": "참고 자료",
        "source": "원문",
    },
    "en": {
        "name": "dlcards question",
        "subdeck": "Questions",
        "hint": "Hint",
        "details": "Details",
        "follow-ups": "What comes next",
        "references": "References",
        "source": "Source",
    },
}


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as genanki wants it.

    Attributes:
        id: Anki's id of it; another one for each language, since templates hold words.
        name: Its name in Anki.
        fields: genanki's field dictionaries, with fixed ``id``.
        templates: genanki's template dictionaries, with fixed ``id``.
        css: The style of its cards.
        subdeck: The deck below the main deck that its cards go to.
    """

    id: int
    name: str
    fields: tuple[dict[str, object], ...]
    templates: tuple[dict[str, object], ...]
    css: str
    subdeck: str


@cache
def question_type(language: str) -> NoteType:
    """The note type of questions in a language; its labels are English where it has none of its own."""
    labels = _LABELS.get(language, _LABELS["en"])
    # Korean keeps the base ids; another language's follow from its name.
    offset = 0 if language == "ko" else 1 + zlib.crc32(language.encode()) % 100_000
    name = labels["name"] if language in _LABELS else f"{labels['name']} ({language})"
    fields = tuple(
        {"name": field, "id": _FIELD_ID + offset * 100 + index} for index, field in enumerate(QUESTION_FIELDS)
    )
    template = {
        "name": labels["subdeck"],
        "id": _TEMPLATE_ID + offset,
        "qfmt": _fill(_read("front.html"), language, labels),
        "afmt": _fill(_read("back.html"), language, labels),
    }
    return NoteType(_QUESTION_ID + offset, name, fields, (template,), _read("style.css"), labels["subdeck"])


def _read(name: str) -> str:
    return (files("dlcards.deck") / "templates" / name).read_text(encoding="utf-8")


def _fill(template: str, language: str, labels: dict[str, str]) -> str:
    for label, words in {**labels, "lang": language}.items():
        template = template.replace(f"[[{label}]]", words)
    return template
