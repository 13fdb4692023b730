"""The law of cards: no word of a valid pair is lost on its way to a field, and none changes its place.

What a learner must see is read off the nodes here, and off the finished HTML: what makes HTML of nodes, and
what cleans it, has no hand in it. Blanks count for nothing, nor do brackets and backslashes, since these also
mark formulas.

Left out on purpose, and so no words:

- comments, and :data:`dlcards.document.raw_html.LEFT_OUT` with what they hold;
- definitions of links, and footnotes where they stand: they are read at the end of an answer, and not at all
  where a field is one line (a question, a summary, a hint);
- what pictures say in their stead, and pictures for the night;
- labels of formulas and definitions of macros (``formulas.py``);
- the lines that only announce an answer or lead elsewhere (``document/answers.py: on_card``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from dlcards.deck.cards.formulas import is_math
from dlcards.document.elements import INLINE_BLOCKS, Ends
from dlcards.document.raw_html import Piece, Sight, html_in
from dlcards.model import Node, Text, lazy_compile

_SILENT = frozenset(
    {"image", "footnote_ref", "definition", "footnote_definition", "front_matter", "blank_line"}
)
_TAG = lazy_compile(r"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")
_FOOTNOTE_NUMBER = lazy_compile(r'<sup class="footnote">\d+</sup>')
# Besides blanks: what keeps lines together, what no HTML may hold, and the marks of formulas.
_NO_WORD = lazy_compile("[\u2060\0\ufffd\\\\()\\[\\]]+")
_BREAKS = ("softbreak", "linebreak")
# https://docs.github.com/en/get-started/writing-on-github: alerts.
_ALERT = lazy_compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.I)
_EXCERPT = 30


def words_in(html: str) -> str:
    """What a reader sees of a field's HTML, in the same way."""
    return _without_blanks(unescape(_TAG.sub("", _FOOTNOTE_NUMBER.sub("", html))))


def in_order(expected: str, found: str) -> bool:
    """Whether all of ``expected`` stands in ``found`` in order, maybe with more between."""
    left = iter(found)
    return expected == found or all(character in left for character in expected)


def difference(expected: str, found: str) -> Text | None:
    """Where ``found`` is not what was ``expected``; None where it is."""
    if expected == found:
        return None
    at = next((n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    at = min(len(expected), len(found)) if at is None else at
    lost, instead = expected[at : at + _EXCERPT], found[at : at + _EXCERPT]
    return Text(
        f"카드에 글이 그대로 실리지 않는다: {lost or '(끝)'!r} 자리에 {instead or '(끝)'!r}",
        f"the card would not show all words in order: {instead or '(the end)'!r} where the document says"
        f" {lost or '(the end)'!r}",
    )


def alert_in(quote: Node) -> str:
    """What GitHub heads an alert by (``Note``), if a quote is one; else empty."""
    first = quote.children[0] if quote.children else None
    if first is None or first.kind != "paragraph":
        return ""
    words = []
    for child in first.children:
        if child.kind in _BREAKS:
            break
        words.append(child.raw if child.kind == "text" else "\0")
    alert = _ALERT.fullmatch("".join(words).strip())
    return alert[1].capitalize() if alert else ""


class Reader:
    """Reads what a learner must see of the nodes of a document.

    Args:
        ends: What :func:`dlcards.document.elements.ends_in` says of the document.
        tex: What a formula is on a card.
    """

    def __init__(self, ends: Ends, tex: Callable[[Node], str]) -> None:
        self._ends = ends
        self._tex = tex

    def words(self, nodes: Iterable[Node]) -> str:
        """What a learner sees of blocks, as one string without blanks."""
        return _without_blanks("".join(part for node in nodes for part in self._block(node)))

    def _block(self, node: Node) -> Iterator[str]:
        if node.kind in _SILENT:
            return
        if node.kind == "block_html":
            yield from (_seen(piece) for _, pieces in html_in(node, self._ends) for piece in pieces)
        elif node.kind in INLINE_BLOCKS:
            yield from self._inlines(node)
        elif node.kind == "block_quote" and (alert := alert_in(node)):
            first, *rest = node.children
            yield alert
            kinds = [child.kind for child in first.children]
            begin = next((index + 1 for index, kind in enumerate(kinds) if kind in _BREAKS), len(kinds))
            yield from self._inlines(first._replace(children=first.children[begin:]))
            yield from (part for child in rest for part in self._block(child))
        elif is_math(node):
            yield self._tex(node)
        elif node.children:
            yield from (part for child in node.children for part in self._block(child))
        else:
            yield node.raw

    def _inlines(self, block: Node) -> Iterator[str]:
        pieces = {id(node): found for node, found in html_in(block, self._ends)}
        number = until = -1  # of nodes of raw HTML: the last one, and the end of what is left out
        left = list(reversed(block.children))
        while left:
            node = left.pop()
            if found := pieces.get(id(node)):
                number += 1
                until = max([until, *(piece.begins for piece in found if piece.begins is not None)])
                if number > until:
                    yield from map(_seen, found)
            elif node.children and node.kind not in _SILENT:
                left.extend(reversed(node.children))
            elif number >= until and node.kind not in _SILENT:
                yield self._tex(node) if is_math(node) else node.raw


def _without_blanks(words: str) -> str:
    return _NO_WORD.sub("", "".join(words.split()))


def _seen(piece: Piece) -> str:
    if piece.sight is Sight.WORDS:
        return unescape(piece.source)
    return piece.source if piece.sight is Sight.WRITTEN else ""
