"""Which note of ``deck.lock`` a question is, however it was reworded, renumbered or moved."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from dlcards.identity.lock import Row

# How alike two wordings must be, by difflib's ratio of the letters of what they ask about, to be the same
# question: under one id, and where the id is another or the question was gone. Below it, a question is
# taken for a new one: better a card learned anew than one question's schedule on another's text.
_SIMILAR = 0.5
_VERY_SIMILAR = 0.8
# Letters from which words say by themselves what is asked. "장점은?" does not: it is another question under
# another parent.
_TELLING = 8
# What many questions say, whatever they ask about.
_ASKING = re.compile(
    r"\b(?:what|which|how|why|is|are|do|does|the|an?|explain|describe)\b"
    r"|무엇\w*|뭔\w*|설명\w*|말해\w*|알려\w*|주세요|어떻게|(?<!\w)왜",
    re.IGNORECASE,
)
# A group of letters that stands in more questions than this tells none of them apart.
_COMMON = 50
_LIKELIEST = 10


@dataclass(frozen=True, slots=True)
class Key:
    """What a question is known again by; ``parent`` as in a row, for a follow-up."""

    kind: str
    document: str
    id: str
    question: str
    parent: str = ""


# Where an entry is looked for, given its parent's note; None where it can't be there.
_Place = Callable[["Key | Row", str], Hashable | None]


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
    """Find the row of each question, or of each follow-up.

    1. The same words at the same place: the same note. A place is an id in a document; for a
       follow-up, its question's note.
    2. The same words elsewhere, renumbered or moved: the same note. Words too few to tell what is asked
       ("장점은?") must stand under the same question.
    3. Similar words at the same place, reworded: the same note.
    4. Very similar words elsewhere, renumbered and reworded at once: the same note, if there is just one
       that it can be.
    5. Otherwise a new note. A key that may be either of several rows is not decided.

    Questions are decided before their sub-questions, which go with them.
    """
    return _Matching(keys, rows).decide()


def same_words(first: str, second: str) -> bool:
    """Whether two wordings differ in nothing but punctuation, blanks and letter case."""
    return _letters(first) == _letters(second)


def similar_words(first: str, second: str) -> bool:
    """Whether two wordings are so alike that one is the other, reworded."""
    return _ratio(first, second) >= _SIMILAR


class _Matching:
    """The rows that have been found so far."""

    def __init__(self, keys: Sequence[Key], rows: Sequence[Row]) -> None:
        self.keys = keys
        self.rows = sorted(rows, key=lambda row: row.retired)  # a living note before a retired one
        self.matched: dict[int, Row] = {}
        self.ambiguous: dict[int, tuple[Row, ...]] = {}
        self.used: set[str] = set()
        self.numbers = {(key.kind, key.document, key.id): number for number, key in enumerate(keys)}

    def decide(self) -> Match:
        """All stages, a level of sub-questions at a time."""
        levels: dict[int, list[int]] = defaultdict(list)
        for number, key in enumerate(self.keys):
            levels[key.id.count("-") if key.kind == "question" else 0].append(number)
        for level in sorted(levels):
            later = [self.keys[n] for deeper in levels if deeper > level for n in levels[deeper]]
            self._settle_same_words(levels[level])
            self._settle_similar(levels[level], {(key.kind, _words(key.question)) for key in later})
        return Match(self.matched, self.ambiguous)

    def parent(self, number: int) -> str:
        """The GUID of the note that a key's question stands under; empty where it stands under none."""
        key = self.keys[number]
        if key.kind != "question" or "-" not in key.id:
            return key.parent
        above = self.numbers.get((key.kind, key.document, key.id.rpartition("-")[0]))
        if above is None:
            return ""
        row = self.matched.get(above)
        return row.guid if row else f"new {above}"

    def _settle_same_words(self, numbers: Sequence[int]) -> None:
        for said in (_words, _letters):  # "C++" and "C#" have the same letters
            for place in (_at_home, _below, _anywhere):
                self._settle(numbers, place, said)

    def _settle(self, numbers: Sequence[int], place: _Place, said: Callable[[str], str]) -> None:
        """Match keys with rows of the same words at the same place."""
        index: dict[Hashable, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.guid not in self.used and (where := place(row, row.parent)) is not None:
                index[row.kind, where, said(row.question)].append(row)
        for number in numbers:
            key = self.keys[number]
            if number in self.matched or (where := place(key, self.parent(number))) is None:
                continue
            for row in index[key.kind, where, said(key.question)]:
                if row.guid not in self.used and self._may_be(number, row):
                    self._take(number, row)
                    break

    def _may_be(self, number: int, row: Row) -> bool:
        """Whether a key's question may be a row's though it has another parent, if it has."""
        own, other = self.parent(number), row.parent
        return not own or not other or own == other or _tells(self.keys[number].question)

    def _settle_similar(self, numbers: Sequence[int], reserved: set[tuple[str, str]]) -> None:
        for at_home in (True, False):
            left = [n for n in numbers if n not in self.matched and n not in self.ambiguous]
            if not left:
                return
            similar = _Similar(
                row
                for row in self.rows
                if row.guid not in self.used and (row.kind, _words(row.question)) not in reserved
            )
            # Decided for all before any is taken, so that the order of questions decides nothing.
            found = {
                number: [
                    row for row in similar.candidates(self.keys[number], at_home) if self._may_be(number, row)
                ]
                for number in left
            }
            claims = Counter(row.guid for candidates in found.values() for row in candidates)
            for number, candidates in found.items():
                if len(candidates) == 1 and claims[candidates[0].guid] == 1:
                    self._take(number, candidates[0])
                elif candidates:
                    self.ambiguous[number] = tuple(candidates)

    def _take(self, number: int, row: Row) -> None:
        self.matched[number] = row
        self.used.add(row.guid)


class _Similar:
    """Finds the rows whose question is like another: the one at its place, and by shared letters."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_home: dict[tuple[str, Hashable], list[Row]] = defaultdict(list)
        self._by_group: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_home[row.kind, _home(row)].append(row)
            for group in _groups(row.question):
                self._by_group[group].append(row)

    def candidates(self, key: Key, at_home: bool) -> list[Row]:
        """The rows that a question may be by its words: those at its place, or those elsewhere.

        A row elsewhere that is liker than the one at the question's own place is a candidate, too.
        """
        own = {
            row.guid: (row, ratio)
            for row in self._by_home[key.kind, _home(key)]
            if (ratio := _ratio(row.question, key.question)) >= (_VERY_SIMILAR if row.retired else _SIMILAR)
        }
        if at_home and not own:
            return []
        least = max([_VERY_SIMILAR, *(ratio for _, ratio in own.values())])
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
    """Where a question stands: under an id of a document; a follow-up under its question's note."""
    return entry.parent if entry.kind == "follow-up" else (entry.document, entry.id)


def _at_home(entry: Key | Row, parent: str) -> Hashable | None:
    return _home(entry)


def _below(entry: Key | Row, parent: str) -> Hashable | None:
    """Under its parent's note, whatever its id."""
    return parent or None


def _anywhere(entry: Key | Row, parent: str) -> Hashable | None:
    return ""


def _tells(question: str) -> bool:
    return len(_letters(question)) >= _TELLING


def _ratio(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, _asked(first), _asked(second), autojunk=False).ratio()


def _asked(question: str) -> str:
    """The letters of what a question asks about."""
    letters = _letters(_ASKING.sub(" ", question))
    return letters if len(letters) > 1 else _letters(question)


def _groups(question: str) -> set[str]:
    letters = _asked(question)
    return {letters[i : i + 3] for i in range(max(1, len(letters) - 2))}


def _words(text: str) -> str:
    """``text`` without what an editor may change unseen: Unicode form and blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _letters(text: str) -> str:
    """``text`` for comparison: letters and digits only, no letter case."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())
