r"""Macros that formulas define for those below them: what a definition says, and formulas without any.

MathJax keeps what a formula defines for as long as the page lives. A page of GitHub has all formulas of its
document; a card has only its own, and Anki shows one card after the other in one page. So cards get formulas with
their macros expanded, and a macro counts as defined where a formula of the same question, or one outside of all
questions, defines it before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dlcards.model import Document, Node, lazy_compile

_BEGINS = lazy_compile(
    r"\\(?P<how>(?:re|provide)?newcommand|DeclareMathOperator|def|let)(?![A-Za-z])(?P<star>\*?)\s*"
    r"(?P<brace>\{\s*)?\\(?P<name>[A-Za-z]+|.)(?(brace)\s*\})\s*",
    re.S,
)
_COUNT = lazy_compile(r"\[\s*(\d)\s*\]\s*")
_PARAMETERS = lazy_compile(r"((?:#\d\s*)*)(?=\{)")
_SAME_AS = lazy_compile(r"=?\s*(\\(?:[A-Za-z]+|.)|[^\\\s])", re.S)
_TOKEN = lazy_compile(r"\\[A-Za-z]+|\\.|\\$|.", re.S)
_NAME = lazy_compile(r"\\([A-Za-z]+|.)", re.S)
_PARAMETER = lazy_compile(r"#(\d)")
_ENDS_IN_NAME = lazy_compile(r"\\[A-Za-z]+\Z")
# What takes what follows for its argument, so that an expansion of several tokens must be one group there.
_ONE = (
    r"^ _ \hat \bar \tilde \vec \dot \ddot \check \breve \acute \grave \widehat \widetilde \sqrt \overline"
    r" \underline \overbrace \underbrace \boxed \mathrm \mathbf \mathit \mathsf \mathtt \mathcal \mathbb"
    r" \mathfrak \mathscr \boldsymbol \operatorname \cancel \phantom"
)
_TWO = r"\frac \dfrac \tfrac \cfrac \binom \overset \underset \stackrel"
_TAKES = {name: count for count, names in ((1, _ONE), (2, _TWO)) for name in names.split()}
_MOST_EXPANSIONS = 500
_LONGEST = 20_000


class Macro(NamedTuple):
    """What a macro stands for: a body in which ``#1`` is its first argument."""

    body: str
    arguments: int = 0
    default: str | None = None  # of the first argument, which is then optional and in brackets


class Macros:
    """The macros of a document, by where they may be used.

    Attributes:
        names: The names of all of them.
    """

    def __init__(self, document: Document, formulas: Iterable[Node]) -> None:
        self._pairs = [pair.span for pair in document.pairs]
        self._starts = [span.start for span in self._pairs]
        # Where a question, or none, defines a name, in order, and as what.
        self._defined: dict[tuple[str, int | None], list[tuple[int, Macro]]] = defaultdict(list)
        for node in formulas:
            start = node.span.start
            for name, macro in without_definitions(node.raw)[1].items():
                self._defined[name, self._owner(start)].append((start, macro))
        self.names = frozenset(name for name, _ in self._defined)

    def at(self, place: int, tex: str) -> dict[str, Macro]:
        """The macros that the formula ``tex`` at ``place`` uses besides its own, also those within others."""
        used: dict[str, Macro] = {}
        left = [tex] if self.names else []
        while left:
            for name in _NAME.findall(left.pop()):
                if name in self.names and name not in used and (macro := self._last(name, place)):
                    used[name] = macro
                    left += [macro.body, macro.default or ""]
        return used

    def is_defined(self, name: str, place: int) -> bool:
        """Whether a formula at ``place`` may use a macro of that name besides its own."""
        return self._last(name, place) is not None

    def _last(self, name: str, place: int) -> Macro | None:
        """What a name was last defined as before ``place``, in its question or outside of all."""
        last: tuple[int, Macro] | None = None
        for owner in (None, self._owner(place)):
            defined = self._defined.get((name, owner), [])
            index = bisect_left(defined, place, key=lambda each: each[0]) - 1
            if index >= 0 and (last is None or defined[index][0] > last[0]):
                last = defined[index]
        return last[1] if last else None

    def _owner(self, place: int) -> int | None:
        number = bisect_left(self._starts, place + 1) - 1
        return number if number >= 0 and place < self._pairs[number].end else None


def without_definitions(tex: str) -> tuple[str, dict[str, Macro]]:
    """A formula without the definitions in it that can be told, and these."""
    if "\\" not in tex:
        return tex, {}
    kept, found, at = [], {}, 0
    while match := _BEGINS.search(tex, at):
        read = _definition(tex, match)
        end = match.end() if read is None else read[1]
        kept.append(tex[at : match.start() if read else end])
        if read:
            found[match["name"]] = read[0]
        at = end
    return "".join([*kept, tex[at:]]), found


def expanded(tex: str, macros: Mapping[str, Macro]) -> str:
    """A formula with all ``macros`` expanded, also those within others; as it is where that has no end."""
    if not macros:
        return tex
    for _ in range(_MOST_EXPANSIONS):
        once = _expanded_once(tex, macros)
        if once is None:
            return tex
        tex = once
        if len(tex) > _LONGEST:
            break
    return tex


def _definition(tex: str, match: re.Match[str]) -> tuple[Macro, int] | None:
    """What the definition that begins with ``match`` says, and where it ends; None for what can't be expanded."""
    at, how = match.end(), match["how"]
    if how == "let":
        same = _SAME_AS.match(tex, at)
        return (Macro(same[1]), same.end()) if same else None
    count, default = 0, None
    if how == "def":
        parameters = _PARAMETERS.match(tex, at)
        if parameters is None:
            return None
        count, at = parameters[1].count("#"), parameters.end()
    elif how != "DeclareMathOperator":
        if number := _COUNT.match(tex, at):
            count, at = int(number[1]), number.end()
        if tex.startswith("[", at) and (close := tex.find("]", at)) > 0:
            default, at = tex[at + 1 : close], len(tex[: close + 1]) + _blanks(tex, close + 1)
    end = _group_end(tex, at)
    if end is None:
        return None
    body = tex[at + 1 : end - 1]
    if how == "DeclareMathOperator":
        body = rf"\operatorname{match['star']}{{{body}}}"
    return Macro(body, count, default), end


def _expanded_once(tex: str, macros: Mapping[str, Macro]) -> str | None:
    """``tex`` with its first macro expanded; None where there is none."""
    owed = [0]  # arguments to come, group by group
    for token in _TOKEN.finditer(tex):
        word = token.group()
        if word.startswith("\\") and (macro := macros.get(word[1:])):
            found = _arguments(tex, token.end(), macro)
            if found is None:
                continue
            arguments, end = found
            body = _PARAMETER.sub(lambda m: "".join(arguments[int(m[1]) - 1 : int(m[1])]), macro.body)  # noqa: B023
            if owed[-1]:
                body = f"{{{body}}}"
            elif _ENDS_IN_NAME.search(body) and tex[end : end + 1].isalpha():
                body += " "
            return f"{tex[: token.start()]}{body}{tex[end:]}"
        if word == "{":
            owed[-1] = max(0, owed[-1] - 1)
            owed.append(0)
        elif word == "}":
            if len(owed) > 1:
                owed.pop()
        elif not word.isspace():
            owed[-1] = _TAKES.get(word, max(0, owed[-1] - 1))
    return None


def _arguments(tex: str, at: int, macro: Macro) -> tuple[list[str], int] | None:
    """The arguments of a macro that stands before ``at``, and where they end; None where they are missing."""
    found: list[str] = []
    if macro.default is not None:
        start = at + _blanks(tex, at)
        close = tex.find("]", start) if tex.startswith("[", start) else -1
        found.append(tex[start + 1 : close] if close > 0 else macro.default)
        at = close + 1 if close > 0 else at
    while len(found) < macro.arguments:
        at += _blanks(tex, at)
        end = _group_end(tex, at)
        if end is not None:
            found.append(tex[at + 1 : end - 1])
        else:
            token = _TOKEN.match(tex, at)
            if token is None or token.group() in "{}":
                return None
            end = token.end()
            found.append(token.group())
        at = end
    return found, at


def _group_end(tex: str, at: int) -> int | None:
    """Where the group that begins at ``at`` ends; None where none begins, or it does not end."""
    if not tex.startswith("{", at):
        return None
    depth = 0
    for token in _TOKEN.finditer(tex, at):
        depth += {"{": 1, "}": -1}.get(token.group(), 0)
        if not depth:
            return token.end()
    return None


def _blanks(tex: str, at: int) -> int:
    return len(tex[at:]) - len(tex[at:].lstrip())
