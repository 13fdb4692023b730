"""A lock from an earlier package, for when ``deck.lock`` is lost: the GUIDs live on in every .apkg."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import accumulate
from pathlib import Path

from dlcards.identity.identify import content_hash, old_tag
from dlcards.identity.key import Key
from dlcards.identity.lock import Lock, LockError, Row, dump, load, order
from dlcards.identity.matching import match
from dlcards.identity.package import PackageError, PackageNote, package_notes
from dlcards.model import Text, lazy_compile, tag_of

_BLANK = lazy_compile(r"\{\{c([0-9]{1,9})::|\}\}")
_LAST_BLANK = 500  # Anki makes one card of all blanks with higher numbers
_LONGEST_TAG, _DEEPEST_TAG = 4096, 64  # characters and folders of what may be a document's
_REFERENCE = lazy_compile(r"&#[0-9]{8,};?")  # to a character beyond all that there are


def read_package(path: Path, documents: Iterable[str], *, with_sources: bool = True) -> Lock:
    """The lock that an export would have written with the package at ``path``.

    The package may be one of dlcards, or what Anki exports from a collection that one was imported into.

    Args:
        path: The .apkg.
        documents: The names of the documents that its questions may stand in; a note's tag names it.
        with_sources: Whether a note's link to its source is a part of what it holds: one that is configured
            is, one that was found is not (``IdentifiedCard.source``).

    Raises:
        PackageError: There is no such file, it is no package, or no notes of dlcards are in it.
    """
    names = {tag_of(name): name for name in documents}
    names |= {old_tag(name, ""): name for name in names.values()}
    besides = ("Updated",) if with_sources else ("Updated", "Source")
    rows = [(_row(note, names, besides), _plain(note.fields["Context"])) for note in package_notes(path)]
    if not rows:
        raise PackageError(
            Text(
                f"{path}: dlcards의 노트가 없다. 이 덱을 내보낸 .apkg를 준다",
                f"{path}: no notes of dlcards in it; give an .apkg that this deck was exported to",
            )
        )
    # By the parent's words, too: two documents of one name, or unknown ones, share their ids.
    notes = {(row.id, row.question): row.guid for row, _ in rows if row.kind == "question"}
    linked = [
        row if row.kind == "question" else replace(row, parent=notes.get((row.id, asked), ""))
        for row, asked in rows
    ]
    lock = Lock(tuple(sorted(linked, key=order)))
    try:
        return load(dump(lock), "deck.lock")
    except LockError as error:
        raise PackageError(
            Text(
                f"{path}: 이 노트들로는 lock을 만들 수 없다. 다른 .apkg를 준다 ({error.message.ko})",
                f"{path}: its notes make no lock; give another .apkg ({error.message.en})",
            )
        ) from error


def adopt(lock: Lock, package: Lock) -> Lock:
    """``lock`` with the rows of ``package`` whose notes it doesn't know."""
    known = {row.guid for row in lock.rows}
    new = [row for row in package.rows if row.guid not in known]
    keys = [Key(row.kind, row.document, row.id, row.question) for row in new if row.kind == "question"]
    # Learners have the package's notes: a row of ours for the same question gives way.
    given_way = {row.guid for row in match(keys, lock.rows).rows.values()}
    ours = [
        replace(row, retired=True, answer="") if {row.guid, row.parent} & given_way else row
        for row in lock.rows
    ]
    rows = [*ours, *new]
    return Lock(tuple(sorted(rows, key=order)), lock.note_types)


def _row(note: PackageNote, documents: Mapping[str, str], besides: Collection[str]) -> Row:
    """The lock's row of a note."""
    tag = max((tag for tag in _places(note.tags) if tag in documents), key=len, default="")
    document = documents.get(tag, "")
    fields = note.fields
    held = {name: value for name, value in fields.items() if name not in besides}
    content = content_hash(held, note.tags)
    if note.is_cloze:
        kind, asked = "cloze", fields["Context"]
    else:
        # Follow-ups share the questions' note type; a question has an answer below its summary.
        kind, asked = "question" if fields["Answer"] else "follow-up", fields["Question"]
    return Row(
        note.guid,
        kind,
        document,
        fields["Id"],
        _plain(asked),
        content,
        note.mod,
        terms=_terms(fields["Text"]) if note.is_cloze else (),
        language=note.language,
    )


def _places(tags: Iterable[str]) -> Iterator[str]:
    """The tags of documents that a note's tags may stand below: a README's folder holds other documents."""
    for tag in tags:
        if tag.startswith("dlcards::"):
            parts = tag[:_LONGEST_TAG].split("::", _DEEPEST_TAG)
            yield from accumulate(parts, lambda above, part: f"{above}::{part}")


def _terms(html: str) -> tuple[str, ...]:
    """What a cloze asks for, by the numbers of its blanks."""
    found: dict[int, str] = {}
    opened: re.Match[str] | None = None
    for mark in _BLANK.finditer(html):
        if mark[1] and not opened:
            opened = mark
        elif not mark[1] and opened:
            number, term = int(opened[1]), html[opened.end() : mark.start()]
            if number <= _LAST_BLANK:
                found[number] = _plain(term.partition("::")[0])
            opened = None
    return tuple(found.get(number, "") for number in range(1, max(found, default=0) + 1))


def _plain(html: str) -> str:
    # What follows the last ">" holds no tag, and is not looked through for one again and again.
    end = html.rfind(">") + 1
    text = re.sub(r"<[^>]*>", "", html[:end]) + html[end:]
    # Without the word joiners that hold particles to their word.
    return " ".join(unescape(_REFERENCE.sub("\ufffd", text)).replace("\u2060", "").split())
