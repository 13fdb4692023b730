"""What a learner has changed of a note, field by field, against the version that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from dlcards.identity.package import PackageNote
from dlcards.model import lazy_compile
from dlcards.roundtrip.base import MONTH, SOURCE, Version
from dlcards.roundtrip.canonical import canonical, unseen
from dlcards.roundtrip.phones import without_breaks_of_phones

_BLANK = lazy_compile(r"(?s)\{\{c(\d+)::(.*?)\}\}")
_TAG = lazy_compile(r"<[^>]*>")
_ANKIS_TAGS = ("marked", "leech")


class FieldEdit(NamedTuple):
    """A field that says something else than before.

    Attributes:
        field: Its name.
        base: What it was, as HTML.
        learners: What the learner made of it, with the line ends of ``base``.
    """

    field: str
    base: str
    learners: str


def edits(note: PackageNote, base: Version) -> list[FieldEdit]:
    """The fields that a learner has changed, in the order of the note's."""
    found = []
    for field, new in note.fields.items():
        old = base.fields.get(field, "")
        if old == new or field == MONTH or (field == SOURCE and _is_no_edit(old, new)):
            continue
        new = without_breaks_of_phones(old, new)
        if canonical(old) != canonical(new) or unseen(old) != unseen(new):
            found.append(FieldEdit(field, old, new))
    return found


def new_tags(note: PackageNote, tags: Iterable[str]) -> list[str]:
    """The tags that a learner has given a note: neither those of dlcards nor Anki's own."""
    known = {tag.casefold() for tag in (*tags, *_ANKIS_TAGS)}
    return [tag for tag in note.tags if tag.casefold() not in known and not tag.startswith("dlcards::")]


def filled(html: str, field: str) -> str:
    """A cloze's text with its blanks as the bold terms of the summary; other fields as they are."""
    closed, rest = _closed(html) if field == "Text" else ("", html)
    return _BLANK.sub(r"<strong>\2</strong>", closed) + rest


def blanks(html: str) -> list[tuple[int, str]]:
    """The blanks of a cloze's text: the number of each, and its words."""
    return [(int(number), _words(inner)) for number, inner in _BLANK.findall(_closed(html)[0])]


def _closed(html: str) -> tuple[str, str]:
    """A field up to where its last blank ends, and the rest: no hostile one is searched for an end again."""
    end = html.rfind("}}") + 2
    return (html[:end], html[end:]) if end > 1 else ("", html)


def _words(html: str) -> str:
    text = unescape(_TAG.sub("", html)).replace("\u2060", "").replace("\u00a0", " ")
    # A cloze has blanks between the braces of formulas, which Anki's editor may bring together.
    return re.sub(r"\}\s+(?=\})", "}", " ".join(text.split()))


def _is_no_edit(old: str, new: str) -> bool:
    """Whether a note's source is one that an export has put in: that of another clone, or none."""
    is_address = new.startswith(("https://", "http://"))
    return not new or (is_address and (not old or new.rpartition("/")[2] == old.rpartition("/")[2]))
