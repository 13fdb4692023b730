"""``deck.lock``: which note a question is, for as long as the deck lives.

A learner's progress hangs on a note's GUID, and their own edits on its ``mod``: Anki replaces a note by
an imported one whose ``mod`` is newer. So each note keeps its GUID however its question is reworded,
renumbered or moved, and its ``mod`` moves only when its content does.

The file is JSON lines, one note a line, sorted by id, so that two people's changes rarely meet in one
line and a conflict is settled by choosing lines.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dlcards.model import Text

VERSION = 1
NAME = "deck.lock"

# How alike two wordings must be, by difflib's ratio of their letters, to be the same question: under
# one id, and under different ids. Below it, a question is taken for a new one: better a card learned
# anew than one question's schedule on another's text.
_SIMILAR = 0.5
_SIMILAR_ELSEWHERE = 0.8


class LockError(Exception):
    """A lock that can't be used; ``message`` names the line and the way out."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


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
        parent: The GUID of the question's note that a cloze or a follow-up belongs to.
        terms: What a cloze asks for: the term of blank 1, of blank 2, …, by which a term keeps its
            number, and with it its card, when the summary is written anew.
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


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole lock.

    Attributes:
        rows: The notes.
        note_types: Hash and ``mod`` of each note type's templates and style, by note type id.
    """

    rows: tuple[Row, ...] = ()
    note_types: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What a question is known again by; ``parent`` as in a row."""

    kind: str
    document: str
    id: str
    question: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which row each question is.

    Attributes:
        rows: The row of each key, by the key's number; keys of new questions are missing.
        ambiguous: The rows that a key may be, where it may be more than one, by the key's number.
    """

    rows: dict[int, Row]
    ambiguous: dict[int, tuple[Row, ...]]


def match(keys: Sequence[Key], rows: Sequence[Row]) -> Match:
    """Find the row of each question.

    A follow-up has no id of its own: it stands under its parent's note, wherever that goes.

    1. The same id and the same question: the same note.
    2. The same question under another id, renumbered or moved: the same note.
    3. The same id with a similar question, reworded: the same note.
    4. Another id with a very similar question, renumbered and reworded at once: the same note, if
       there is just one that it can be.
    5. Otherwise a new note. A key that may be either of several rows is not decided.
    """
    matched: dict[int, Row] = {}
    used: set[str] = set()

    def settle(key_of: Callable[[Key | Row], Hashable]) -> None:
        index: dict[Hashable, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.retired):  # a living note before a retired one
            index[key_of(row)].append(row)
        for number, key in enumerate(keys):
            found = [row for row in index[key_of(key)] if row.guid not in used]
            if found and number not in matched:
                matched[number] = found[0]
                used.add(found[0].guid)

    settle(lambda key: (key.kind, _home(key), _letters(key.question)))
    settle(lambda key: (key.kind, _letters(key.question)))
    ambiguous: dict[int, tuple[Row, ...]] = {}
    for under_own_id in (True, False):
        left = [number for number in range(len(keys)) if number not in matched and number not in ambiguous]
        similar = _Similar([row for row in rows if row.guid not in used])
        # Decided for all before any is taken, so that the order of questions decides nothing.
        found = {number: similar.candidates(keys[number], under_own_id) for number in left}
        claims = Counter(row.guid for candidates in found.values() for row in candidates)
        for number, candidates in found.items():
            if len(candidates) == 1 and claims[candidates[0].guid] == 1:
                matched[number] = candidates[0]
                used.add(candidates[0].guid)
            elif candidates:
                ambiguous[number] = tuple(candidates)
    return Match(matched, ambiguous)


def anki_search(row: Row) -> str:
    """What finds a note in Anki's browser; for a question, also everything that is derived from it."""
    own = f'"Id:{row.id}"'
    if row.kind == "cloze":
        return f'{own} "Text:_*"'
    if row.kind == "follow-up":
        # The field holds HTML: markup may stand wherever the kind of letters changes.
        words = re.findall(r"[A-Za-z0-9]+|[\uac00-\ud7a3]+", row.question)
        return f'{own} "Question:*{"*".join(words)}*"'
    return own


def dump(lock: Lock) -> str:
    """The lock as the text of its file."""
    head = {"dlcards-lock": VERSION, "note-types": {str(i): [h, m] for i, h, m in lock.note_types}}
    lines = [head]
    for row in lock.rows:
        entry: dict[str, Any] = asdict(row)
        for name in ("retired", "parent", "terms"):
            if not entry[name]:
                del entry[name]
        lines.append(entry)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def load(text: str, name: str) -> Lock:
    """The lock in the text of its file ``name``.

    Raises:
        LockError: The text is no lock, with the number of the line that says so.
    """
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise LockError(_MERGE_CONFLICT.at(f"{name}:{number}"))
    try:
        head = json.loads(lines[0])
        newer = head["dlcards-lock"] != VERSION
        types = tuple((int(i), str(h), int(m)) for i, (h, m) in sorted(head["note-types"].items()))
    except (KeyError, TypeError, ValueError) as error:
        raise LockError(_NO_LOCK.at(f"{name}:1")) from error
    if newer:
        raise LockError(_NEWER.at(f"{name}:1"))
    rows = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = _row(json.loads(line))
        except (TypeError, ValueError) as error:
            raise LockError(_DAMAGED.at(f"{name}:{number}", str(error))) from error
        if row.guid in seen:
            raise LockError(_TWICE.at(f"{name}:{number}", str(seen[row.guid])))
        seen[row.guid] = number
        rows.append(row)
    return Lock(tuple(rows), types)


def _row(entry: Any) -> Row:
    """A line of the lock, every value of its type."""
    if not isinstance(entry, dict):
        raise TypeError("not an object")
    terms = entry.pop("terms", [])
    if not isinstance(terms, list):
        raise TypeError('"terms" must be a list')
    row = Row(**entry, terms=tuple(terms))
    words = (row.guid, row.kind, row.document, row.id, row.question, row.hash, row.parent, *row.terms)
    if not all(isinstance(value, str) for value in words):
        raise TypeError("a value that should be text")
    if type(row.mod) is not int or not isinstance(row.retired, bool):
        raise TypeError('"mod" must be a number, "retired" true or false')
    return row


@dataclass(frozen=True, slots=True)
class _Message:
    """What is wrong with a lock and what to do next; ``{}`` stands for a detail."""

    ko: str
    en: str

    def at(self, place: str, detail: str = "") -> Text:
        return Text(f"{place}: {self.ko.format(detail)}", f"{place}: {self.en.format(detail)}")


_WAY_OUT_KO = "저장소의 이력에서 되살리거나, 파일을 지우고 'dlcards export --adopt 예전.apkg'로 다시 만든다"
_WAY_OUT_EN = (
    "restore it from the repository's history, or delete the file and rebuild it: "
    "dlcards export --adopt old.apkg"
)
_MERGE_CONFLICT = _Message(
    "병합 충돌이 남아 있다. <<<<<<<, =======, >>>>>>> 줄을 지우고 양쪽의 줄을 모두 남긴 뒤(첫 줄은 하나만, "
    '"guid"가 같은 줄은 "mod"가 큰 것만) 다시 내보낸다',
    "a merge conflict; delete the lines <<<<<<<, ======= and >>>>>>> and keep the lines of both sides "
    '(one first line; of two lines with one "guid" the one with the higher "mod"), then export again',
)
_NO_LOCK = _Message(f"deck.lock이 아니다. {_WAY_OUT_KO}", f"is no deck.lock; {_WAY_OUT_EN}")
_NEWER = _Message("더 새로운 dlcards가 만들었다. dlcards를 올린다", "made by a newer dlcards; update dlcards")
_DAMAGED = _Message(f"읽을 수 없다({{}}). 줄을 {_WAY_OUT_KO}", f"can't be read ({{}}); {_WAY_OUT_EN}")
_TWICE = _Message(
    '{}번째 줄의 "guid"가 또 나온다. 둘 가운데 "mod"가 큰 줄만 남긴다',
    'the "guid" of line {} again; keep of the two the line with the higher "mod"',
)


# A group of letters that stands in more questions than this ("은 무엇인가") tells none of them apart.
_COMMON = 50
_LIKELIEST = 10


class _Similar:
    """Finds the rows whose question is like another: the one under its id, and by shared letters."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._by_id: dict[tuple[str, Hashable], list[Row]] = defaultdict(list)
        self._by_group: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_id[row.kind, _home(row)].append(row)
            for group in _groups(row.question):
                self._by_group[group].append(row)

    def candidates(self, key: Key, under_own_id: bool) -> list[Row]:
        """The rows that a question may be by its words: those under its own id, or those elsewhere.

        A row elsewhere that is liker than the one under the question's own id is a candidate, too.
        """
        same_id = self._by_id[key.kind, _home(key)]
        own = {
            row.guid: (row, ratio)
            for row in same_id
            if (ratio := _ratio(row.question, key.question)) >= _SIMILAR
        }
        if under_own_id and not own:
            return []
        least = max([_SIMILAR_ELSEWHERE, *(ratio for _, ratio in own.values())])
        elsewhere = [
            row
            for row in self._likely(key)
            if row.guid not in own and _ratio(row.question, key.question) >= least
        ]
        found = [row for row, _ in own.values()] + elsewhere
        return [row for row in found if not row.retired] or found

    def _likely(self, key: Key) -> list[Row]:
        """The rows that share the most groups of letters with a question, of which few others have."""
        shared: Counter[str] = Counter()
        rows = {}
        for group in _groups(key.question):
            holders = self._by_group[group]
            if len(holders) <= _COMMON:
                for row in holders:
                    if row.kind == key.kind:
                        shared[row.guid] += 1
                        rows[row.guid] = row
        return [rows[guid] for guid, _ in shared.most_common(_LIKELIEST)]


def _home(entry: Key | Row) -> Hashable:
    """Where a question stands: in a document under an id, or under its parent's note."""
    return entry.parent or (entry.document, entry.id)


def _groups(question: str) -> set[str]:
    letters = _letters(question)
    return {letters[i : i + 3] for i in range(max(1, len(letters) - 2))}


def _ratio(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, _letters(first), _letters(second), autojunk=False).ratio()


def _letters(text: str) -> str:
    """``text`` for comparison: letters and digits only, no letter case."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())


def order(row: Row) -> tuple[str, list[tuple[int, str]], str, str]:
    """The place of a row in the file: by document, then by the numbers of its id."""
    parts: Iterable[str] = re.split(r"[-.]", row.id)
    number = [(int(part), "") if part.isdecimal() else (1 << 31, part) for part in parts]
    return row.document, number, row.kind, row.guid
