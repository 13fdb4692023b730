"""What a question is known again by: how alike two wordings are, and how alike two answers."""

from __future__ import annotations

import difflib
import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from hashlib import blake2b

from dlcards.model import lazy_compile

# What many questions say, whatever they ask about.
_ASKING = lazy_compile(
    r"\b(?:what|which|how|why|is|are|do|does|the|an?|explain|describe)\b"
    r"|무엇\w*|뭔\w*|설명\w*|말해\w*|알려\w*|주세요|어떻게|(?<!\w)왜",
    re.IGNORECASE,
)
# "12. ", "Q3: ", "(3-1) ", "#7 ", "1、": a question's place, and no word of it. "3D" and "5 ways" are words.
_NUMBER = lazy_compile(
    r"[\W_]*(?:(?:Q|문|질문)\s*\d+(?:[-.]\d+)*[.):\]]?|\d+(?:[-.]\d+)*\s*[.):\]\uff0e\u3001]|#\d+(?:[-.]\d+)*)"
    r"(?:\s+(?=\S)|(?=[^\W\d_A-Za-z]))",
    re.IGNORECASE,
)
# Letters from which words say by themselves what is asked, and an answer by itself what it answers.
# "장점은?" and "Yes." do not: under another question they are others.
_TELLING_WORDS = 8
_TELLING_ANSWER = 20
_NAMING_WORDS = 5  # letters besides asking words; with the same answer they are the same question
# A term of a summary is reworded if so much of its letters stays (difflib's ratio).
_TERM_ALIKE = 0.5
_DIGITS = lazy_compile(r"\d+")
_COMMAND = lazy_compile(r"\\([A-Za-z]+)")
_LONGEST_WORDS = 1_000  # letters of wordings that are compared letter by letter
_MARKS = lazy_compile(r"[*_`~>#\s]+")  # of markdown; an answer is the same with a word in bold
_NO_LETTERS = lazy_compile(r"[\W_]+")
DIGEST = 12  # hex digits of an answer's digest, which a fingerprint begins with
_LONGEST = 4_000  # letters of an answer that its sketch is made of
_HASHES = 16  # hashes of two hex digits in its sketch
_HASH = 4  # bytes of each, of which the last is kept
_WIDTH = _HASHES * _HASH  # bytes of all hashes of one group of letters: what blake2b gives
_ANSWERS_ALIKE = 8  # hashes that two answers must share: about half of all their groups of letters


def unnumbered(question: str) -> str:
    """A question's words without the number that they begin with."""
    return _NUMBER.sub("", question, count=1)


@lru_cache(maxsize=100_000)
def letters_of(question: str) -> str:
    """A question for comparison: its letters and digits without its number and letter case."""
    return _letters(unnumbered(question))


@lru_cache(maxsize=100_000)
def words_of(question: str) -> str:
    """A question without its number and what an editor may change unseen: Unicode form and blanks."""
    return " ".join(unicodedata.normalize("NFC", unnumbered(question)).split())


def tells(question: str) -> bool:
    """Whether a question's words say by themselves what is asked."""
    return len(letters_of(question)) >= _TELLING_WORDS


def asks_something(question: str) -> bool:
    """Whether a question's words name what is asked about, if not enough to tell it by themselves."""
    return len(_letters(_ASKING.sub(" ", unnumbered(question)))) >= _NAMING_WORDS


def same_words(first: str, second: str) -> bool:
    """Whether two wordings differ in nothing but number, punctuation, blanks and letter case."""
    return letters_of(first) == letters_of(second)


def similar_words(first: str, second: str) -> bool:
    """Whether two terms, or questions, are so alike that one is the other, reworded."""
    one, other = letters_of(first)[:_LONGEST_WORDS], letters_of(second)[:_LONGEST_WORDS]
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _TERM_ALIKE


def similar_terms(first: str, second: str) -> bool:
    """Whether one of two terms is the other, reworded or set as a formula, with the same numbers."""
    one, other = _read(first), _read(second)
    return _DIGITS.findall(one) == _DIGITS.findall(other) and similar_words(one, other)


def _read(term: str) -> str:
    """A term without the marks of its formulas, whose commands are the letters or words that they show."""
    return _COMMAND.sub(_shown, term) if "\\" in term else term


def _shown(command: re.Match[str]) -> str:
    name = command[1]
    try:
        kind = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {kind} LETTER {name.upper()}".replace("LAMBDA", "LAMDA"))
    except KeyError:
        return name


@lru_cache(maxsize=4096)
def fingerprint(answer: str) -> str:
    """What is kept of an answer's source to know it again, whatever its breaks and emphasis; empty for none.

    A digest says whether two answers are the same. The sketch behind it says how many groups of three
    letters two answers share: of each of some hashes of these groups it holds the smallest (MinHash, Broder
    1997). Of an answer too short to tell anything there is no sketch.
    """
    source = _MARKS.sub("", unicodedata.normalize("NFC", answer))
    if not source:
        return ""
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
    letters = _NO_LETTERS.sub("", source.casefold())[:_LONGEST]
    if len(source) < _TELLING_ANSWER or len(letters) < _TELLING_ANSWER // 2:
        return digest
    groups = {letters[at : at + 3] for at in range(len(letters) - 2)}
    hashes = b"".join([blake2b(group.encode()).digest() for group in groups])
    return digest + bytes(_smallest(hashes, place)[-1] for place in range(0, _WIDTH, _HASH)).hex()


def _smallest(hashes: bytes, place: int) -> bytes:
    """The smallest of the hashes that stand at a place of their group's; all groups are one string.

    Of the many only the few are looked at whose first byte is the smallest.
    """
    first = hashes[place::_WIDTH]
    least, found = 0, []
    while (number := first.find(least)) < 0:
        least += 1
    while number >= 0:
        begin = number * _WIDTH + place
        found.append(hashes[begin : begin + _HASH])
        number = first.find(least, number + 1)
    return min(found)


def is_telling(answer: str) -> bool:
    """Whether the answer of a fingerprint says by itself what it answers."""
    return len(answer) > DIGEST


def same_answer(first: str, second: str) -> bool:
    """Whether two fingerprints are of the same answer."""
    return bool(first) and first[:DIGEST] == second[:DIGEST]


def like_answer(first: str, second: str) -> bool:
    """Whether two fingerprints are of answers that share much of what they say."""
    pairs = zip(*(re.findall("..", f[DIGEST:]) for f in (first, second)), strict=False)
    return [one == other for one, other in pairs].count(True) >= _ANSWERS_ALIKE


class Wordings:
    """How alike questions are: by the pairs of letters that they share, rare ones before common ones.

    "What is the effect of dropout?" and "What is the effect of pooling?" share what half the deck says.

    Args:
        questions: All wordings of the deck, old and new.
    """

    def __init__(self, questions: Iterable[str]) -> None:
        self._known = {letters_of(question): question for question in questions}
        self._count = len(self._known)

    @cached_property
    def _in(self) -> Counter[str]:
        return Counter(group for question in self._known.values() for group in groups_of(question))

    def alike(self, first: str, second: str) -> float:
        """How much two wordings share, 0 to 1."""
        one, other = groups_of(first), groups_of(second)
        # What both have stands in one question more because they are two.
        shared = 2 * sum(self._weight(self._in[group] - 1) for group in one & other)
        total = shared + sum(self._weight(self._in[group]) for group in one ^ other)
        return shared / total if total else 0.0

    def rarest(self, question: str, most: int) -> list[str]:
        """The groups of a question that fewest others have."""
        return sorted(groups_of(question), key=lambda group: (self._in[group], group))[:most]

    def _weight(self, holders: int) -> float:
        return math.log((self._count + 1) / max(holders, 1))


@lru_cache(maxsize=100_000)
def groups_of(question: str) -> frozenset[str]:
    """The pairs of letters of what a question asks about."""
    asked = _letters(_ASKING.sub(" ", unnumbered(question)))
    letters = asked if len(asked) > 1 else letters_of(question)
    return frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1)))


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())
