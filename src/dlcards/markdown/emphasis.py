"""Runs of ``*``, ``_`` and ``~`` made emphasis, strong emphasis and strikethrough.

CommonMark's algorithm, in place of mistune's: that one takes symbols for punctuation, knows no ``~`` and no
places. It yields pairs of places; the tokens between are put into a tree afterwards, all at once, so that
long texts take no more than their time.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from string import punctuation
from typing import Any, NamedTuple

Token = dict[str, Any]

# How deep emphasis may be nested, and links and pictures: whoever walks the tree does so recursively.
DEEPEST = 20

_SPACES = frozenset("\t\n\f\r \u00a0\u1680\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_STRIKETHROUGH = (1, 2)  # how many tildes one may have


@dataclass(slots=True, eq=False, repr=False)
class _Run:
    """A run of delimiters.

    Attributes:
        mark: The character that it consists of.
        start: Where what is left of it begins.
        end: Where what is left of it ends.
        length: How many characters it had at first.
        opens: Whether emphasis may begin with it.
        closes: Whether emphasis may end with it.
        order: Its number among the runs.
    """

    mark: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool
    order: int


class _Pair(NamedTuple):
    """Emphasis: where its first and last mark begin, and how long they are."""

    first: int
    last: int
    width: int
    kind: str


def delimiter(source: str, start: int, end: int) -> Token:
    """The token of the run of delimiters ``source[start:end]``."""
    mark = source[start]
    before, after = start - 1, end
    if mark != "~":
        while before >= 0 and source[before] == "~":
            before -= 1
        while after < len(source) and source[after] == "~":
            after += 1
    previous = source[before] if before >= 0 else "\n"
    following = source[after] if after < len(source) else "\n"
    left, right = _flanks(previous, following), _flanks(following, previous)
    opens, closes = left, right
    if mark == "_":
        opens = left and (not right or _is_punctuation(previous))
        closes = right and (not left or _is_punctuation(following))
    elif mark == "~" and end - start not in _STRIKETHROUGH:
        opens = closes = False
    return {"type": "delimiter", "raw": source[start:end], "opens": opens, "closes": closes}


def resolve(tokens: list[Token]) -> list[Token]:
    """``tokens``, runs of delimiters among them, as a tree without any."""
    found = [token for token in tokens if token["type"] == "delimiter"]
    if not found:
        return tokens
    runs = []
    for order, token in enumerate(found):
        place = token["at"], token["end"]
        runs.append(_Run(token["raw"][0], *place, len(token["raw"]), token["opens"], token["closes"], order))
    return _nested(tokens, _pairs([run for run in runs if run.opens or run.closes]))


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run stands close to what is ``inside``, and so may begin or end emphasis there."""
    return inside not in _SPACES and (
        not _is_punctuation(inside) or outside in _SPACES or _is_punctuation(outside)
    )


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character in punctuation
    return unicodedata.category(character)[0] == "P"


def _pairs(runs: list[_Run]) -> list[_Pair]:
    """Which runs belong together: the algorithm of CommonMark's appendix."""
    pairs = []
    stack: list[_Run] = []  # what may still open something
    # Below these places no opener was found before: without them, long texts would take forever.
    bottoms: dict[tuple[str, int], int] = {}
    for closer in runs:
        while closer.closes and closer.start < closer.end:
            key = closer.mark, closer.length % 3
            depth = len(stack) - 1
            while (
                depth >= 0 and stack[depth].order >= bottoms.get(key, 0) and not _match(stack[depth], closer)
            ):
                depth -= 1
            if depth < 0 or stack[depth].order < bottoms.get(key, 0):
                bottoms[key] = closer.order
                break
            opener = stack[depth]
            del stack[depth + 1 :]
            if closer.mark == "~":
                stack.pop()
                if opener.length == closer.length:
                    pairs.append(_Pair(opener.start, closer.start, closer.length, "strikethrough"))
                # Where the numbers of tildes differ, GitHub takes both for text.
                closer.start = closer.end
                break
            width = 2 if min(opener.end - opener.start, closer.end - closer.start) >= 2 else 1
            opener.end -= width
            pairs.append(_Pair(opener.end, closer.start, width, "strong" if width == 2 else "emphasis"))
            closer.start += width
            if opener.start == opener.end:
                stack.pop()
        if closer.opens and closer.start < closer.end:
            stack.append(closer)
    return pairs


def _match(opener: _Run, closer: _Run) -> bool:
    if opener.mark != closer.mark:
        return False
    is_sum_of_three = (opener.length + closer.length) % 3 == 0 and closer.length % 3 != 0
    return not (is_sum_of_three and (opener.closes or closer.opens))


def _nested(tokens: list[Token], pairs: list[_Pair]) -> list[Token]:
    begins: dict[int, _Pair] = {}
    ends: dict[int, _Pair] = {}
    inner_ends: list[int] = []
    for outer in sorted(pairs):
        while inner_ends and inner_ends[-1] < outer.first:
            inner_ends.pop()
        if len(inner_ends) < DEEPEST:
            inner_ends.append(outer.last)
            begins[outer.first] = ends[outer.last] = outer
    above: list[list[Token]] = []  # what stands before the emphasis that is open, level by level
    children: list[Token] = []
    for token in tokens:
        if token["type"] != "delimiter":
            children.append(token)
            continue
        at = token["at"]
        while at < token["end"]:
            if pair := begins.get(at):
                above.append(children)
                children = []
                at += pair.width
            elif pair := ends.get(at):
                at += pair.width
                inside, children = children, above.pop()
                token_of_pair = {"type": pair.kind, "children": inside, "at": pair.first, "end": at}
                children.append(token_of_pair | {"depth": 1 + deepest(inside)})
            else:
                children.append(text(token["raw"][0], at))
                at += 1
    return children


def deepest(tokens: list[Token]) -> int:
    """How many levels of emphasis, links and pictures there are in ``tokens``."""
    return max((token.get("depth", 0) for token in tokens), default=0)


def text(raw: str, at: int) -> Token:
    """The token of text that stands at ``at`` as it is."""
    return {"type": "text", "raw": raw, "at": at, "end": at + len(raw)}
