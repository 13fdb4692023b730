"""``deck.lock``: which note a question is, for as long as the deck lives.

A learner's progress hangs on a note's GUID, and their own edits on its ``mod``: Anki replaces a note by
an imported one whose ``mod`` is newer. So each note keeps its GUID however its question is reworded,
renumbered or moved, and its ``mod`` moves only when its content does.

The file is JSON lines, one note a line, sorted by id, so that two people's changes rarely meet in one
line and a conflict is settled by choosing lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from typing import Any, NamedTuple

from dlcards.identity import LAST_SECOND, VERSION
from dlcards.model import InputError, Text, lazy_compile, own_json_of

_VERSION_KEY = "dlcards-lock"
_OPTIONAL = ("retired", "parent", "terms", "language", "answer", "topic", "after")  # left out where empty
_KINDS = ("question", "cloze", "follow-up")
_NUMBER = lazy_compile(r"[0-9]{1,18}")
_SURROGATE = lazy_compile("[\ud800-\udfff]")
# The shape of BCP 47, as in a configuration: it goes into templates.
_LANGUAGE = lazy_compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LONGEST_NUMBER = 100  # digits; Python reads no number of thousands


class LockError(InputError):
    """A lock that can't be used; ``message`` names the line and the way out."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the lock knows of a note.

    Attributes:
        guid: Anki's GUID of the note.
        kind: The kind of note: ``question``, ``cloze`` or ``follow-up``.
        document: The document that its question was last seen in.
        id: The id that its question was last seen with.
        question: The words that it was last seen with.
        hash: A hash of its content, from which its ``mod`` knows whether to move.
        mod: The second, since 1970 in UTC, at which its content last changed.
        retired: Whether its question is gone from the documents.
        parent: The GUID of the question's note that a cloze, a follow-up or a sub-question belongs to.
        terms: What a cloze asks for: the term of blank 1, of blank 2, …, by which a term keeps its
            number, and with it its card, when the summary is written anew.
        language: The language of its note type, which learners have it by; empty for Korean, and in locks
            from before this was written down.
        answer: The fingerprint of its answer (``evidence.py``); empty in locks from before answers were kept.
        topic: The headings that its question was last seen under.
        after: The GUID of the question's note that it came after in its document.
    """

    guid: str
    kind: str
    document: str
    id: str
    question: str
    hash: str
    mod: int
    retired: bool = False
    parent: str = ""
    terms: tuple[str, ...] = ()
    language: str = ""
    answer: str = ""
    topic: str = ""
    after: str = ""


_NAMES = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole lock.

    Attributes:
        rows: The notes.
        note_types: Hash and ``mod`` of each note type's templates and style, by note type id.
    """

    rows: tuple[Row, ...] = ()
    note_types: tuple[tuple[int, str, int], ...] = ()


def anki_search(row: Row) -> str:
    """What finds a note in Anki's browser; for a question, also everything that is derived from it.

    By its words, too: ids are used again, by the next question and in other documents.
    """
    # The field holds HTML: markup may stand between any two letters. So many are enough beside the id.
    letters = "*".join([c for c in row.question if c.isalnum()][:16])
    own, asked, below = f'"Id:{row.id}"', f'"Question:*{letters}*"', f'"Context:*{letters}*"'
    if row.kind == "cloze":
        return f'{own} "Text:_*" {below}'
    return f"{own} {asked}" if row.kind == "follow-up" else f"{own} ({asked} or {below})"


def dump(lock: Lock) -> str:
    """The lock as the text of its file."""
    head = {"dlcards-lock": VERSION, "note-types": {str(i): [h, m] for i, h, m in lock.note_types}}
    lines: list[dict[str, Any]] = [head]
    for row in lock.rows:
        values = ((name, getattr(row, name)) for name in _NAMES)
        lines.append({name: value for name, value in values if value or name not in _OPTIONAL})
    return "".join(own_json_of(line) + "\n" for line in lines)


def load(text: str, name: str) -> Lock:
    """The lock in the text of its file ``name``.

    Raises:
        LockError: The text is no lock, with the number of the line that says so.
    """
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>")):
            raise LockError(_MERGE_CONFLICT.at(f"{name}:{number}"))
    head = _json(lines[0])
    version = head.get(_VERSION_KEY) if isinstance(head, dict) else None
    if type(version) is int and version > VERSION:
        raise LockError(_NEWER.at(f"{name}:1"))
    try:
        if type(version) is not int or version != VERSION:
            raise ValueError("no version")
        types = tuple(_note_type(*entry) for entry in sorted(head["note-types"].items()))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LockError(_NO_LOCK.at(f"{name}:1")) from error
    rows = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        entry = _json(line)
        if isinstance(entry, dict) and _VERSION_KEY in entry:
            raise LockError(_SECOND_HEAD.at(f"{name}:{number}"))
        row = _row(entry)
        if isinstance(row, Text):
            raise LockError(_DAMAGED.at(f"{name}:{number}", row))
        if row.guid in seen:
            line_before = str(seen[row.guid])
            raise LockError(_TWICE.at(f"{name}:{number}", Text(line_before, line_before)))
        seen[row.guid] = number
        rows.append(row)
    return Lock(tuple(rows), types)


def _note_type(number: str, value: Any) -> tuple[int, str, int]:
    digest, mod = value
    # As it is written: `09` would be another key than before.
    is_number = _NUMBER.fullmatch(number) and str(int(number)) == number
    if not (is_number and isinstance(digest, str) and _is_text(digest) and _is_second(mod)):
        raise ValueError("no note type")
    return int(number), digest, mod


def _json(line: str) -> Any:
    """The value in a line; None, which is no line of a lock, where there is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):  # nested thousands deep
        return None


def _row(entry: Any) -> Row | Text:
    """A line of the lock, every value of its type; else what is wrong with it."""
    if not isinstance(entry, dict):
        return Text("JSON 객체가 아니다", "not a JSON object")
    known = {field.name: field for field in fields(Row)}
    for key in entry:
        if key not in known:
            return Text(f'모르는 키 "{key}"', f'unknown key "{key}"')
    for key, field in known.items():
        if key not in entry and field.default is MISSING:
            return Text(f'"{key}"가 없다', f'no "{key}"')
    terms = entry.get("terms", [])
    if not isinstance(terms, list):
        return Text('"terms"는 목록이어야 한다', '"terms" must be a list')
    row = Row(**{**entry, "terms": tuple(terms)})
    others = ("mod", "retired", "terms", "document")
    words = (getattr(row, name) for name in known if name not in others)
    if not all(isinstance(value, str) and _is_text(value) for value in (*words, *row.terms)):
        return Text("글이어야 할 값이 글이 아니다", "a value that should be text")
    if not isinstance(row.document, str) or not _is_name(row.document):
        return Text('"document"가 파일 이름이 아니다', '"document" is no name of a file')
    if row.language and not _LANGUAGE.fullmatch(row.language):
        return Text('"language"가 언어 부호가 아니다', '"language" is no code of a language')
    if row.kind not in _KINDS:
        return Text(f'모르는 "kind" {row.kind!r}', f'unknown "kind" {row.kind!r}')
    if not _is_second(row.mod) or not isinstance(row.retired, bool):
        return Text(
            f'"mod"는 {LAST_SECOND} 이하의 수, "retired"는 true나 false여야 한다',
            f'"mod" must be a number up to {LAST_SECOND}, "retired" true or false',
        )
    return row


def _is_second(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LAST_SECOND


def _is_text(value: str) -> bool:
    """Whether Anki's database can hold a text: it is UTF-8."""
    return value.isascii() or not _SURROGATE.search(value)


def _is_name(value: str) -> bool:
    """Whether a document may be called so: names are bytes, and those that are no UTF-8 are surrogates."""
    return "\0" not in value and not any(c < "\udc80" or c > "\udcff" for c in _SURROGATE.findall(value))


_NOTHING = Text("", "")


class _Message(NamedTuple):
    """What is wrong with a lock and what to do next; ``{}`` stands for a detail."""

    ko: str
    en: str

    def at(self, place: str, detail: Text = _NOTHING) -> Text:
        return Text(f"{place}: {self.ko.format(detail.ko)}", f"{place}: {self.en.format(detail.en)}")


REMEDY = Text("저장소의 이력에서 되살린다", "restore it from the repository's history")
_WAY_OUT_KO = (
    "저장소의 이력에서 파일을 되살린다. 되살릴 것이 없으면 파일을 지우고 "
    "'dlcards export --adopt 예전.apkg'로 다시 만든다"
)
_WAY_OUT_EN = (
    "restore it from the repository's history, or delete the file and rebuild it: "
    "dlcards export --adopt old.apkg"
)
_MERGE_CONFLICT = _Message(
    "병합 충돌이 남아 있다. <<<<<<<, |||||||, =======, >>>>>>> 줄을 지우고 양쪽의 줄을 모두 남긴 뒤"
    '(첫 줄은 하나만, "guid"가 같은 줄은 "mod"가 큰 것만) 다시 내보낸다',
    "a merge conflict; delete the lines <<<<<<<, |||||||, ======= and >>>>>>> and keep the lines of both "
    'sides (one first line; of two lines with one "guid" the one with the higher "mod"), then export again',
)
_NO_LOCK = _Message(f"deck.lock이 아니다. {_WAY_OUT_KO}", f"is no deck.lock; {_WAY_OUT_EN}")
_NEWER = _Message("더 새로운 dlcards가 만들었다. dlcards를 올린다", "made by a newer dlcards; update dlcards")
_SECOND_HEAD = _Message("첫 줄이 또 있다. 이 줄을 지운다", "a second first line; delete it")
_DAMAGED = _Message(f"이 줄을 읽을 수 없다({{}}). {_WAY_OUT_KO}", f"can't be read ({{}}); {_WAY_OUT_EN}")
_TWICE = _Message(
    '{}번째 줄의 "guid"가 또 나온다. 둘 가운데 "mod"가 큰 줄만 남긴다',
    'the "guid" of line {} again; keep of the two the line with the higher "mod"',
)


def order(row: Row) -> tuple[str, list[tuple[int, str]], str, str]:
    """The place of a row in the file: by document, then by the numbers of its id."""
    parts: Iterable[str] = re.split(r"[-.]", row.id)
    number = [
        (int(part), "") if part.isdecimal() and len(part) <= _LONGEST_NUMBER else (1 << 31, part)
        for part in parts
    ]
    return row.document, number, row.kind, row.guid
