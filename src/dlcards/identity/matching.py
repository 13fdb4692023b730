"""Which note of ``deck.lock`` a question is, however it was reworded, renumbered or moved.

One assignment over the whole deck. Words and answer say whether a question may be a row's; where it may be
several rows', or several questions may be one row's, where they stand says which. The order in which
questions or rows come decides nothing, but between two that nothing tells apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from dlcards.identity.claims import Claims
from dlcards.identity.evidence import (
    DIGEST,
    Wordings,
    asks_something,
    groups_of,
    is_telling,
    letters_of,
    like_answer,
    same_answer,
    same_words,
    similar_words,
    tells,
    words_of,
)
from dlcards.identity.key import Key, depths
from dlcards.identity.lock import Row

# How alike wordings must be (Wordings.alike) to be the same question reworded, where the answer or the place
# speaks for it, and where neither is known: in locks from before rows held answers.
_ALIKE, _VERY_ALIKE = 0.5, 0.6
# How many groups of letters of a question are looked for, in how many rows one may be, and how many rows that
# hold most of them are compared.
_GROUPS, _COMMON, _LIKELIEST = 12, 50, 10


class Match(NamedTuple):
    """Which row each question is.

    Attributes:
        rows: The row of each key, by the key's number; keys of new questions are missing.
        ambiguous: The rows that a key may be, where it may be more than one, by the key's number.
    """

    rows: dict[int, Row]
    ambiguous: dict[int, tuple[Row, ...]]


def match(keys: Sequence[Key], rows: Sequence[Row]) -> Match:
    """Find the row of each question, or of each follow-up.

    A question is a row's by the first of these that holds:

    1. the same words and the same answer; where both are too short to tell anything, under the same
       question and headings, or anywhere if the words name something and no other question has both;
    2. the same answer, if it tells and no other question has it: reworded;
    3. the same words and a like answer: moved and mended;
    4. the same words at the same place: answered anew;
    5. like words and a like answer in the same document: reworded and mended;
    6. where one of the answers is not known, as in locks from before they were kept: the same words
       anywhere if they tell; like words at the same place; very like words elsewhere.

    A home is a document with the question or the headings above; a place is a home with the id, or with a
    neighbour from before. With an answer that is another, the same words at home and like words at the same
    place may be the question or a new one: that is not decided. Nor is what may be several after all.
    Otherwise it is new.

    Questions are decided before their sub-questions, which go with them; but a row is left to a sub-question
    with its words that has a better claim (``claims.py``).
    """
    return _Matching(keys, rows).decide() if rows else Match({}, {})


def same_question(key: Key, row: Row) -> bool:
    """Whether words and answer say by themselves, wherever it stands, that a question is a row's."""
    if same_answer(key.answer, row.answer):
        return is_telling(key.answer) or similar_words(key.question, row.question)
    return tells(key.question) and same_words(key.question, row.question)


_Holds = Callable[[int, Row], bool]


class _Matching:
    """The rows that have been found so far."""

    def __init__(self, keys: Sequence[Key], rows: Sequence[Row]) -> None:
        self.keys = keys
        self.rows = [row for kind in {key.kind for key in keys} for row in rows if row.kind == kind]
        self.matched: dict[int, Row] = {}
        self.ambiguous: dict[int, tuple[Row, ...]] = {}
        self.used: set[str] = set()
        self._place: dict[int, tuple[list[int], int]] = {}
        documents: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            documents[key.document].append(number)
        for inside in documents.values():
            inside.sort(key=lambda number: keys[number].order)
            self._place.update((number, (inside, at)) for at, number in enumerate(inside))
        self._numbers = {(key.document, key.id): n for n, key in enumerate(keys) if key.kind == "question"}
        self._depths = depths(keys)
        self._claims = Claims((), (), (), ())
        self._asking = Counter(key.answer[:DIGEST] for key in keys)
        self._saying = Counter(map(_said, keys))
        self._said = Counter((*_said(row), row.retired) for row in self.rows)
        self._pairs = Counter(map(_pair, keys))
        self._wordings = Wordings([*(key.question for key in keys), *(row.question for row in self.rows)])
        self._by_letters = _index(self.rows, lambda row: [letters_of(row.question)])
        self._by_answer = _index(self.rows, lambda row: [row.answer[:DIGEST]] if row.answer else [])
        self._by_group: dict[str, list[Row]] = {}  # once words and answers have not found all
        self._by_id = _index(self.rows, lambda row: [f"{row.document} {row.id}"])
        self._likely: dict[int, list[Row]] = {}

    def decide(self) -> Match:
        """All levels of sub-questions, one after the other."""
        levels: dict[int, list[int]] = defaultdict(list)
        for number, depth in enumerate(self._depths):
            levels[depth].append(number)
        # What tells by itself needs no parent, and goes before what only fits a place.
        self._stage(range(len(self.keys)), self._same_words, self._tells_all, exact=True)
        free = [row for row in self.rows if row.guid not in self.used]
        self._claims = Claims(self.keys, self._depths, self.matched, free)
        for level in sorted(levels):
            self._settle(levels[level])
        return Match(self.matched, self.ambiguous)

    def _settle(self, numbers: Sequence[int]) -> None:
        said, answered, alike = self._same_words, self._same_answers, self._alike
        self._stage(numbers, said, self._same_all, exact=True)
        self._stage(numbers, said, self._is_same_pair, asks=False)
        self._stage(numbers, answered, self._is_telling_answer, asks=False)
        self._stage(numbers, said, lambda n, row: like_answer(self.keys[n].answer, row.answer))
        self._stage(numbers, said, self._is_answered_anew)
        self._stage(numbers, alike, self._is_mended)
        self._stage(numbers, said, lambda n, row: self._is_undated(n, row) and self._may_move(n, row))
        self._stage(numbers, alike, lambda n, row: self._is_undated(n, row) and self._is_place(n, row))
        self._stage(numbers, alike, self._is_very_alike)
        self._stage(numbers, said, self._is_replaced, decides=False)
        self._stage(numbers, alike, self._is_replaced, decides=False)

    # What may be a row's: the rows that a stage looks at.

    def _same_words(self, number: int) -> list[Row]:
        return self._by_letters.get(letters_of(self.keys[number].question), [])

    def _same_answers(self, number: int) -> list[Row]:
        return self._by_answer.get(self.keys[number].answer[:DIGEST], [])

    def _alike(self, number: int) -> list[Row]:
        if number not in self._likely:
            question = self.keys[number].question
            self._by_group = self._by_group or _index(self.rows, lambda row: groups_of(row.question))
            shared: Counter[str] = Counter()
            rows: dict[str, Row] = {}
            for group in self._wordings.rarest(question, _GROUPS):
                if len(holders := self._by_group.get(group, [])) <= _COMMON:
                    shared.update(row.guid for row in holders)
                    rows.update((row.guid, row) for row in holders)
            likeliest = sorted(shared, key=lambda guid: (-shared[guid], guid))[:_LIKELIEST]
            here = self._by_id.get(f"{self.keys[number].document} {self.keys[number].id}", [])
            rows.update((row.guid, row) for row in here)
            likeliest = list(dict.fromkeys([*likeliest, *(row.guid for row in here)]))
            self._likely[number] = [
                rows[guid]
                for guid in likeliest
                if self._wordings.alike(question, rows[guid].question) >= _ALIKE
            ]
        return self._likely[number]

    # Whether it is.

    def _tells_all(self, number: int, row: Row) -> bool:
        key = self.keys[number]
        says_enough = tells(key.question) or is_telling(key.answer)
        return says_enough and same_answer(key.answer, row.answer)

    def _same_all(self, number: int, row: Row) -> bool:
        return same_answer(self.keys[number].answer, row.answer) and self._same_context(number, row)

    def _is_same_pair(self, number: int, row: Row) -> bool:
        key = self.keys[number]
        others = [other for other in self._same_answers(number) if _pair(other) == _pair(key)]
        is_one = sum(not other.retired or other is row for other in others) == 1 == self._pairs[_pair(key)]
        return is_one and asks_something(key.question) and same_answer(key.answer, row.answer)

    def _is_telling_answer(self, number: int, row: Row) -> bool:
        answer = self.keys[number].answer
        living = [other for other in self._same_answers(number) if not other.retired or other is row]
        return is_telling(answer) and len(living) == 1 and self._asking[answer[:DIGEST]] == 1

    def _is_answered_anew(self, number: int, row: Row) -> bool:
        if self._is_unknown(number, row):
            return self._is_home(number, row) and self._are_as_many(number, row)
        key = self.keys[number]
        says_what = tells(key.question) or bool(self._parent(number) or key.topic)
        # "Why?" is the same only where all of its place is as it was.
        is_still_there = key.id == row.id and self._has_neighbour(number, row)
        return self._is_home(number, row) and (self._is_place(number, row) if says_what else is_still_there)

    def _is_mended(self, number: int, row: Row) -> bool:
        key = self.keys[number]
        is_here = key.document == row.document and self._same_context(number, row)
        return is_here and (same_answer(key.answer, row.answer) or like_answer(key.answer, row.answer))

    def _is_very_alike(self, number: int, row: Row) -> bool:
        question = self.keys[number].question
        is_very = self._wordings.alike(question, row.question) >= _VERY_ALIKE
        return is_very and self._is_undated(number, row) and self._may_move(number, row)

    def _is_replaced(self, number: int, row: Row) -> bool:
        says_same = same_words(self.keys[number].question, row.question) and self._is_home(number, row)
        return not row.retired and (says_same or self._is_place(number, row))

    def _is_unknown(self, number: int, row: Row) -> bool:
        return not row.answer or not self.keys[number].answer

    def _is_undated(self, number: int, row: Row) -> bool:
        return self._is_unknown(number, row) and self._are_as_many(number, row)

    def _are_as_many(self, number: int, row: Row) -> bool:
        """Whether as many ask "Why?" as before: where one came or went, an id may be another's."""
        key = self.keys[number]
        retired = self._said[*_said(row), True]
        as_many = self._saying[_said(key)] - self._said[*_said(row), False] in (0, retired)
        return as_many or tells(key.question) or key.kind != "question"

    def _may_move(self, number: int, row: Row) -> bool:
        """Whether a question may be a row's though it stands under another question now, if it does."""
        own, other = self._parent(number), row.parent
        return not own or not other or own == other or tells(self.keys[number].question)

    # Where it stands.

    def _is_home(self, number: int, row: Row) -> bool:
        key = self.keys[number]
        if key.kind == "follow-up":
            return key.parent == row.parent
        if key.document != row.document or not self._same_context(number, row):
            return False
        return tells(key.question) or self._is_place(number, row) or bool(self._parent(number) or key.topic)

    def _is_place(self, number: int, row: Row) -> bool:
        key = self.keys[number]
        if key.kind == "follow-up":
            return key.parent == row.parent
        if key.document != row.document:
            return False
        return key.id == row.id or (self._same_context(number, row) and self._has_neighbour(number, row))

    def _same_context(self, number: int, row: Row) -> bool:
        """Whether it stands under the same question and headings; old rows do not know their headings."""
        key = self.keys[number]
        parent = self._parent(number)
        # Headings matter only where the nearest is no question, which is known however it is called.
        topic = letters_of(key.topic) == letters_of(row.topic) or not row.answer or bool(parent)
        return (parent == row.parent or self._is_under_none(number, row)) and topic

    def _is_under_none(self, number: int, row: Row) -> bool:
        """Whether it stands where it was, under an unanswered question, which has no note to be named."""
        key = self.keys[number]
        above = None if row.parent else self._numbers.get((key.document, key.above))
        if above is None or (key.document, key.id) != (row.document, row.id):
            return False
        return above not in self.matched and not self.keys[above].answer

    def _has_neighbour(self, number: int, row: Row) -> bool:
        """Whether the question before or after it is the one that stood before or after the row's, or both
        are the first of their document.
        """
        inside, at = self._place[number]
        before = self.matched.get(inside[at - 1]) if at else None
        after = self.matched.get(inside[at + 1]) if at + 1 < len(inside) else None
        is_first = not at and not row.after and bool(row.answer)
        return bool(is_first or (before and row.after == before.guid) or (after and after.after == row.guid))

    def _parent(self, number: int) -> str:
        """The GUID of the note that a key's question stands under; empty where it stands under none."""
        key = self.keys[number]
        if not key.above:
            return key.parent
        above = self._numbers.get((key.document, key.above))
        if above is None:
            return ""
        row = self.matched.get(above)
        return row.guid if row else f"new {above}"

    def _nearness(self, number: int, row: Row) -> tuple[bool, ...]:
        """How much of where a question stands is as it was: what matters most first."""
        key = self.keys[number]
        return (
            not row.retired,
            words_of(key.question) == words_of(row.question),
            key.document == row.document,
            self._same_context(number, row),
            self._has_neighbour(number, row),
            key.id == row.id,
        )

    def _stage(
        self,
        numbers: Sequence[int],
        looked_at: Callable[[int], Iterable[Row]],
        holds: _Holds,
        *,
        exact: bool = False,
        asks: bool = True,
        decides: bool = True,
    ) -> None:
        """Match the keys and rows for which ``holds``, if each is the nearest of the other's.

        Args:
            numbers: The keys.
            looked_at: The rows that a key may be.
            holds: Whether it is.
            exact: Whether those that nothing tells apart are alike in all, so that either will do.
            asks: Whether a key of which several rows are nearest is ambiguous, and not left to later stages.
            decides: Whether a key of which one row is nearest is that row's; else it is ambiguous, too.
        """
        left = [n for n in numbers if n not in self.matched and n not in self.ambiguous]
        found = {
            n: [
                row
                for row in looked_at(n)
                if row.guid not in self.used and holds(n, row) and self._claims.is_left(n, row)
            ]
            for n in left
        }
        found = {n: rows for n, rows in found.items() if rows}
        while decides and (pairs := list(self._nearest(found))):
            for number, row in pairs:
                self._take(number, row)
            found = self._open(found)
        if exact:
            for number in found:
                if free := [row for row in found[number] if row.guid not in self.used]:
                    self._take(number, free[0])
            found = self._open(found)
        if asks:
            self.ambiguous.update((number, tuple(rows)) for number, rows in found.items())

    def _open(self, found: dict[int, list[Row]]) -> dict[int, list[Row]]:
        open_ = {
            number: [row for row in rows if row.guid not in self.used]
            for number, rows in found.items()
            if number not in self.matched
        }
        return {number: rows for number, rows in open_.items() if rows}

    def _nearest(self, found: dict[int, list[Row]]) -> Iterator[tuple[int, Row]]:
        """The pairs of which each is the other's only nearest."""
        near = {(n, row.guid): self._nearness(n, row) for n, rows in found.items() for row in rows}
        of_row: dict[str, list[int]] = defaultdict(list)
        for number, rows in found.items():
            for row in rows:
                of_row[row.guid].append(number)
        for number, rows in found.items():
            row = max(rows, key=lambda row: near[number, row.guid])
            best = near[number, row.guid]
            rivals = sum(near[number, other.guid] == best for other in rows)
            claims = [near[other, row.guid] for other in of_row[row.guid] if other != number]
            if rivals == 1 and all(claim < best for claim in claims):
                yield number, row

    def _take(self, number: int, row: Row) -> None:
        self.matched[number] = row
        self.used.add(row.guid)


def _pair(question: Key | Row) -> tuple[str, str]:
    return letters_of(question.question), question.answer[:DIGEST]


def _said(question: Key | Row) -> tuple[str, str]:
    return question.document, letters_of(question.question)


def _index(rows: Iterable[Row], terms: Callable[[Row], Iterable[str]]) -> dict[str, list[Row]]:
    index: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for term in terms(row):
            index[term].append(row)
    return index
