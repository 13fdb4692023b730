"""What changed between two texts, carried into a third one that says the same as the first in other marks."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from typing import NamedTuple

from dlcards.model import lazy_compile

# Hangul by syllable, so that a particle can change; all else by word and by mark.
_TOKEN = lazy_compile(r"(?s)\n|[ \t]+|[A-Za-z0-9]+|[가-힣]|.")
_WORD = lazy_compile(r"\S+|\s+")
_MANY_PAIRS = 300_000
_MOST_PAIRS = 4_000_000  # of equal tokens; a long answer in which every word has changed has half of it


class Change(NamedTuple):
    """Tokens ``before[start:end]`` became ``new``."""

    start: int
    end: int
    new: tuple[str, ...]


def carried(before: str, source: str, after: str) -> Iterator[str]:
    """Candidates for what ``source`` becomes as ``before`` became ``after``, the likeliest first, each once.

    Args:
        before: What is written of the base.
        source: What its author wrote: the same words, with marks of his own.
        after: What is written of the edit.
    """
    seen: set[str] = set()
    tokens = _TOKEN.findall(before), _TOKEN.findall(source), _TOKEN.findall(after)
    for by_words_first in (True, False):  # what is quick in long texts before what finds more
        for text in _carried(*tokens, by_words_first=by_words_first):
            if text not in seen:
                seen.add(text)
                yield text


def _carried(
    old: Sequence[str], own: Sequence[str], new: Sequence[str], *, by_words_first: bool
) -> Iterator[str]:
    """As :func:`carried`, for tokens; ``by_words_first`` as for :func:`matching`."""
    place = _places(old, own, by_words_first=by_words_first)
    known = [number for number, at in enumerate(place) if at is not None]

    def behind(number: int) -> int:
        """The place in the source right after the last known token before this one."""
        at = bisect_left(known, number)
        return (place[known[at - 1]] or 0) + 1 if at else 0

    def ahead(number: int) -> int:
        """The place in the source of the first known token from this one on."""
        at = bisect_left(known, number)
        return place[known[at]] or 0 if at < len(known) else len(own)

    def inserted(change: Change, side: str) -> int:
        """The place of new tokens: beside the words that they belong to, not beside the blanks there."""
        before = old[change.start - 1] if change.start else "\n"
        is_of_next = before.isspace() and not change.new[0].isspace()
        return ahead(change.start) if is_of_next == (side == "near") else behind(change.start)

    def line(at: int) -> int:
        """Where the line begins that a token of the source stands in."""
        return next((number + 1 for number in range(at - 1, -1, -1) if own[number] == "\n"), 0)

    def placed(change: Change, side: str, width: str) -> tuple[int, int, tuple[str, ...]]:
        """What of the source becomes which tokens."""
        if change.start == change.end:
            start = inserted(change, side)
            return start, start, change.new
        if width == "lines" and (lines := _lines(old, change)):
            is_last = lines.end > len(old)  # the line end goes that stands before it
            first = max(0, line(ahead(lines.start)) - is_last)
            return first, len(own) if is_last else line(ahead(lines.end)), ()
        if width != "narrow":
            return behind(change.start), ahead(change.end), change.new
        start, end = ahead(change.start), behind(change.end)
        if end < start:
            start = end = behind(change.start)
        return start, end, change.new

    found = changes(old, new, by_words_first=by_words_first)
    slid = [_slid(change, old) for change in found]
    for each, side, width in itertools.product((slid, found), ("near", "far"), ("narrow", "wide", "lines")):
        text = _replaced(own, [placed(change, side, width) for change in each])
        if text is not None:
            yield text


def _slid(change: Change, old: Sequence[str]) -> Change:
    """An insertion of lines behind the words before them, not behind the blank lines there.

    What stands in a source before the next words, such as a comment, belongs to those.
    """
    start, end, new = change
    while start == end and start and new[-1] == "\n" == old[start - 1]:
        start, end, new = start - 1, end - 1, ("\n", *new[:-1])
    return Change(start, end, new)


def _lines(old: Sequence[str], change: Change) -> Change | None:
    """The same change as one that takes whole lines away; None for what is no such change."""
    start, end, new = change
    if new or start == end:
        return None
    if old[start] == "\n":
        start, end = start + 1, end + 1  # the end of the line before, or that of the last one taken
    while start and end <= len(old) and old[start - 1] == old[end - 1] != "\n":
        start, end = start - 1, end - 1
    is_whole = (start == 0 or old[start - 1] == "\n") and (end > len(old) or old[end - 1] == "\n")
    return Change(start, end, new) if is_whole else None


def merged(base: str, ours: str, theirs: str) -> str | None:
    """A three-way merge by words; None where both sides change the same word, each in its way."""
    if ours == theirs or theirs == base:
        return ours
    old = _WORD.findall(base)
    mine, yours = (changes(old, _WORD.findall(side), by_words=True) for side in (ours, theirs))
    every = sorted({*mine, *yours})
    for first, second in itertools.pairwise(every):
        touches = second.start < first.end or (second.start, second.end) == (first.start, first.end)
        if touches or (second.start == first.end and first.start == first.end):
            return None
    return _replaced(old, [(change.start, change.end, change.new) for change in every])


def changes(
    old: Sequence[str], new: Sequence[str], *, by_words: bool = False, by_words_first: bool = True
) -> list[Change]:
    """How the one became the other, in order.

    Args:
        old: Tokens.
        new: What they became.
        by_words: Whether blanks are the same only beside words that are: between others they would put words
            where others were.
        by_words_first: As for :func:`matching`.
    """
    start = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        start = min(len(old), len(new))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    # Common ends first: it is quick, and keeps chance out.
    between = old[start : len(old) - end], new[start : len(new) - end]
    matched = matching(*between, by_words=by_words, by_words_first=by_words_first)
    gaps = itertools.pairwise([Match(0, 0, 0), *matched])
    return [
        Change(
            one.a + one.size + start, other.a + start, tuple(new[one.b + one.size + start : other.b + start])
        )
        for one, other in gaps
        if one.a + one.size < other.a or one.b + one.size < other.b
    ]


def matching(
    old: Sequence[str], new: Sequence[str], *, by_words: bool = False, by_words_first: bool = True
) -> list[Match]:
    """The runs of tokens that two sequences have in common, the last one empty, at the ends of both.

    What is alike everywhere, as only a hostile field is, would take time beyond all bounds: then blanks match
    beside words alone, or nothing does.

    Args:
        old: Tokens.
        new: Others.
        by_words: Whether blanks match beside words alone.
        by_words_first: Whether long sequences are matched word by word first: quicker, and less is found.
    """
    for is_blank in (str.isspace,) if by_words else (None, str.isspace):
        counts = Counter(token for token in new if not (is_blank and is_blank(token)))
        pairs = sum(counts[token] for token in old)
        if is_blank is None and pairs > _MANY_PAIRS and by_words_first:
            return _matching_by_words(old, new)
        if pairs <= _MOST_PAIRS:
            return SequenceMatcher(is_blank, old, new, autojunk=False).get_matching_blocks()
    return [Match(len(old), len(new), 0)]


def _matching_by_words(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The same for long sequences: first whole words, which are rarely alike, then what is between them."""
    (one, ones), (other, others) = _in_words(old), _in_words(new)
    found: list[Match] = []
    at = 0, 0
    for words in matching(one, other, by_words=True):
        start = ones[words.a], others[words.b]
        if start[0] - at[0] < len(old) or start[1] - at[1] < len(new):  # else nothing has been parted
            between = matching(old[at[0] : start[0]], new[at[1] : start[1]])[:-1]
            found += [Match(at[0] + match.a, at[1] + match.b, match.size) for match in between]
        end = ones[words.a + words.size], others[words.b + words.size]
        if words.size:
            found.append(Match(*start, end[0] - start[0]))
        at = end
    return [*found, Match(len(old), len(new), 0)]


def _in_words(tokens: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words and blanks that tokens make, and where each begins among them; last, where all have ended."""
    words: list[str] = []
    starts: list[int] = []
    for place, token in enumerate(tokens):
        if place and not token.isspace() and not tokens[place - 1].isspace():
            words[-1] += token
        else:
            words.append(token)
            starts.append(place)
    return words, [*starts, len(tokens)]


def _places(old: Sequence[str], own: Sequence[str], *, by_words_first: bool = True) -> list[int | None]:
    """Where each token of the one stands in the other; None for one that does not."""
    places: list[int | None] = [None] * len(old)
    at, behind = 0, 0
    # However many blanks: a source is laid out, what is written of it is not.
    one, other = ([" " if t.isspace() and t != "\n" else t for t in tokens] for tokens in (old, own))
    found = changes(one, other, by_words_first=by_words_first)
    for change in [*found, Change(len(old), len(old), ())]:
        for number in range(behind, change.start):
            places[number] = at + number - behind
        at += change.start - behind + len(change.new)
        behind = change.end
    return places


def _replaced(tokens: Sequence[str], spans: Sequence[tuple[int, int, tuple[str, ...]]]) -> str | None:
    """The tokens with some spans replaced; None where spans overlap."""
    out: list[str] = []
    at = 0
    for start, end, new in spans:
        if start < at:
            return None
        out += tokens[at:start]
        out += new
        at = end
    return "".join([*out, *tokens[at:]])


def first_change(before: str, source: str, after: str) -> int:
    """Where in ``source`` the first change from ``before`` to ``after`` belongs, as an offset."""
    old, own = _TOKEN.findall(before), _TOKEN.findall(source)
    change = next(iter(changes(old, _TOKEN.findall(after))), Change(0, 0, ()))
    places = _places(old, own)
    known = [place for place in places[: change.start] if place is not None]
    return sum(map(len, own[: known[-1] + 1])) if known else 0
