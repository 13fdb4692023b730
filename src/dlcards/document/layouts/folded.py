"""The ``folded`` layout: an answer folds out below its question, whatever the question is written as."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from dlcards.document.labels import announces_answer, only_hides, only_unfolds
from dlcards.document.layouts.asking import asks, number_of
from dlcards.document.layouts.parts import Section
from dlcards.document.layouts.source import Found, Source
from dlcards.document.text import TAG
from dlcards.markdown import plain_text
from dlcards.model import Node, Span

# Folds that are called an answer, folds that only hide something ("show"), folds that only say all the same.
_MARKS = 0.9
_HIDES = 0.6
_REPEATED = 0.35


def find(source: Source) -> Found:
    """The questions above folds that only announce an answer; several folds in a row answer one question."""
    folds = [fold for fold in source.folds if fold.is_label and fold.outer is None and fold.closed]
    sections: list[Section] = []
    free: dict[int, int] = {}  # the first block that belongs to no question yet, by its siblings' id()
    for index, fold in enumerate(folds):
        siblings, begin = fold.siblings, free.get(id(fold.siblings), 0)
        if fold.first < begin:
            continue
        last = fold.last
        for further in folds[index + 1 :]:
            if further.siblings is not siblings or not _blank(siblings[last + 1 : further.first]):
                break
            last = further.last
        free[id(siblings)] = last + 1
        above = siblings[_begin(siblings, begin, fold.first) : fold.first]
        if (split := _question(above)) is None:
            continue
        question, asked = split
        body, stop = siblings[fold.first : last + 1], siblings[last].span.end
        number = str(len(sections) + 1)
        sections.append(Section(number, question, "", question, body, stop, asked))
    answers = sum(announces_answer(fold.words) for fold in folds)
    asking = sum(asks(section.words) for section in sections)
    hides = sum(only_hides(fold.words) for fold in folds)
    marks = _MARKS if 2 * answers >= len(folds) else _HIDES if 2 * hides >= len(folds) else _REPEATED
    return Found(tuple(sections), marks, asking)


def _blank(blocks: Sequence[Node]) -> bool:
    return all(block.kind == "blank_line" for block in blocks)


def _begin(blocks: Sequence[Node], free: int, fold: int) -> int:
    """Where the question above a fold begins: behind the last rule or heading without words of its own."""
    begin = free
    for index in range(free, fold):
        if blocks[index].kind in ("thematic_break", "heading", "front_matter"):
            begin = index
    return begin


def _asked_in_html(block: Node) -> str:
    """What a block of HTML asks, or has a number: in a ``<div>`` that centres it or says its direction."""
    words = " ".join(unescape(TAG.sub(" ", block.raw)).split())
    return words if asks(words) or (number_of(words) and not only_unfolds(words)) else ""


def _question(blocks: Sequence[Node]) -> tuple[Node, list[Node]] | None:
    """The first words above a fold, and what stands between them and it."""
    shown = [block for block in blocks if block.kind not in ("blank_line", "thematic_break", "front_matter")]
    for index, block in enumerate(shown):
        rest = [*shown[:index], *shown[index + 1 :]]
        if block.kind in ("paragraph", "block_text", "heading") and plain_text(block.children).strip():
            return Node("heading", block.span, block.children, attrs={"level": 6}), rest
        if block.kind == "block_html" and (words := _asked_in_html(block)):
            text = Node("text", block.span, raw=words)
            return Node("heading", block.span, (text,), attrs={"level": 6}), rest
        if block.kind == "list":
            item = block.children[0]
            first = next(
                (child for child in item.children if child.kind in ("block_text", "paragraph")), None
            )
            if first is None:
                continue
            below = [child for child in item.children if child is not first and child.kind != "blank_line"]
            others = block.children[1:]
            if others:
                span = Span(others[0].span.start, block.span.end)
                below.append(Node("list", span, others, attrs=block.attrs))
            return Node("heading", first.span, first.children, attrs={"level": 6}), [*below, *rest]
    return None
