"""Quotes that say what they are: the summary of an answer (``> 핵심: …``), a hint (``> 힌트: …``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from dlcards.document.elements import OF_WORDS
from dlcards.document.html import tags
from dlcards.document.inlines import parted
from dlcards.document.labels import without_blanks
from dlcards.document.wording import hint_labels, summary_labels
from dlcards.markdown import plain_text
from dlcards.model import Config, Node, Span, lazy_compile

_BREAKS = ("softbreak", "linebreak")
# What a label may be made of: a picture or a link before the colon says more than the label does.
_PLAIN = frozenset({"text", "strong", "emphasis", "inline_html"})
# https://docs.github.com/en/get-started/writing-on-github: alerts. Others are words on the page.
_ALERT = lazy_compile(r"\s*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.I)


def labelled_parts(quote: Node, config: Config) -> dict[str, tuple[Node, ...]]:
    """The parts of a quote by the name of their label, ``summary`` or ``hint``: blocks without the label.

    All of the quote belongs to its labels: what follows a label, up to a line that begins with the other one,
    be it a paragraph, a list or code. Nothing where the quote, or the alert that it is, does not begin with a
    label. A label may be emphasised, stand behind a symbol, end in a colon or a dash, or have its line to
    itself. A part in which nothing follows the label is empty.
    """
    if quote.kind != "block_quote":
        return {}
    blocks = [block for block in quote.children if block.kind != "blank_line"]
    parts: dict[str, list[Node]] = {}
    current: list[Node] | None = None
    for block in _without_alert(blocks):
        if block.kind not in ("paragraph", "heading"):
            pieces: list[tuple[str, tuple[Node, ...]]] = []
        else:
            pieces = list(_pieces(block.children, config))
        if not pieces:
            pieces = [("", block.children)]
        for name, inlines in pieces:
            if name:
                current = parts.setdefault(name, [])
            if current is None:
                return {}
            if len(pieces) == 1 and not name:
                current.append(block)
            elif inlines:
                span = Span(inlines[0].span.start, inlines[-1].span.end)
                current.append(Node("paragraph", span, inlines))
    return {name: tuple(part) for name, part in parts.items()}


def names_label(quote: Node, config: Config) -> bool:
    """Whether the first line of a quote is a label to a person, though not one that is read."""
    first = next((block for block in quote.children if block.kind != "blank_line"), None)
    if first is None or first.kind not in ("paragraph", "heading"):
        return False
    line = plain_text(first.children[: _line_end(first.children)])
    labels = (*summary_labels(config), *hint_labels(config))
    return bool(_near(labels).match(line))


def _without_alert(blocks: Sequence[Node]) -> list[Node]:
    """The blocks of a quote without the line that makes an alert of it."""
    if not blocks or blocks[0].kind != "paragraph":
        return list(blocks)
    first, *rest = blocks
    line = _line_end(first.children)
    if not _ALERT.fullmatch(plain_text(first.children[:line])):
        return list(blocks)
    inlines = first.children[line + 1 :]
    return [first._replace(children=inlines), *rest] if inlines else rest


def _pieces(inlines: Sequence[Node], config: Config) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The inlines of a paragraph, parted at the lines that begin with a label; each with its name."""
    name, piece = "", list[Node]()
    left = tuple(inlines)
    while left:
        line = _line_end(left)
        if found := _label_of(left[:line], config):
            if name or piece:
                yield name, _without_breaks(piece)
            name, piece = found[0], [*found[1]]
        else:
            piece += left[:line]
        piece += left[line : line + 1]
        left = left[line + 1 :]
    yield name, _without_breaks(piece)


def _label_of(line: Sequence[Node], config: Config) -> tuple[str, tuple[Node, ...]] | None:
    """The name of the label that a line begins with, and what follows it."""
    start = list(takewhile(_is_plain, line))
    words = plain_text(start)
    for name, labels in (("summary", summary_labels(config)), ("hint", hint_labels(config))):
        match = _label(labels).match(words)
        if match and (match["mark"] or len(start) == len(line)):
            # A tag between blanks behind the label is none of it: plain words have both blanks in a row.
            _, rest = parted(start, len(match[0].rstrip()))
            return name, without_blanks((*rest, *line[len(start) :]))
    return None


def _is_plain(node: Node) -> bool:
    # What is no element of words (``<mask>``) is a word itself, or more than a label.
    if node.kind != "inline_html":
        return node.kind in _PLAIN
    return all(tag.name in OF_WORDS for tag in tags(node.raw, 0))


@lru_cache(maxsize=8)
def _label(labels: tuple[str, ...]) -> re.Pattern[str]:
    # What stands before a label may be a symbol; brackets and quotation marks make it somebody's words.
    before = r"""[^\w\[\](){}"'“”‘’「」『』#]*"""
    said = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"{before}(?:{said})(?:\s*(?P<mark>[:\uff1a])\s*|\s+[-\u2013\u2014]\s+|\s*\Z)", re.I)


@lru_cache(maxsize=8)
def _near(labels: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(
        rf"[^\w\"'“‘「『]*(?:\[![\w-]+\][-+]?\W*)?(?:{said})\s*(?:\W*[:\uff1a]|[)\]\u3011]|\W*\Z)", re.I
    )


def _line_end(inlines: Sequence[Node]) -> int:
    return next((index for index, node in enumerate(inlines) if node.kind in _BREAKS), len(inlines))


def _without_breaks(inlines: Sequence[Node]) -> tuple[Node, ...]:
    kept = list(inlines)
    while kept and kept[-1].kind in _BREAKS:
        kept.pop()
    while kept and kept[0].kind in _BREAKS:
        kept.pop(0)
    return tuple(kept)
