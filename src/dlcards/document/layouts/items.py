"""The ``list`` layout: an item of a list asks; what stands in it or below it, up to the next, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dlcards.document.layouts.asking import asks, is_marked
from dlcards.document.layouts.contents import leads_to_anchors
from dlcards.document.layouts.parts import Section, part_name
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span

_FEWEST = 5
_MARKS = 0.15
_BREAKS = ("softbreak", "linebreak")


@dataclass(slots=True, eq=False, repr=False)
class _Item:
    """An item that asks, and what stands below it until the next one."""

    question: Node
    body: list[Node]
    end: int


@dataclass(slots=True, eq=False, repr=False)
class _Reader:
    """What the lists of a document ask, and how many of their items ask nothing."""

    source: Source
    items: list[_Item] = field(default_factory=list)
    others: int = 0
    current: _Item | None = None

    def read(self) -> None:
        for block in self.source.blocks:
            is_list = block.kind == "list" and not self._leads_on(block)
            if is_list and (self.current is None or _asks(block)):
                self._list(block)
            elif block.kind == "heading" and not part_name(block, self.source.config):
                self.current = None
            elif self.current is not None:
                self.current.body.append(block)
                self.current.end = block.span.end

    def _leads_on(self, block: Node) -> bool:
        contents = self.source.contents
        return contents.start <= block.span.start < contents.end or leads_to_anchors(block)

    def _list(self, block: Node) -> None:
        begin = len(self.items)
        # Where two of three ask, the others ask in other words.
        firsts = [first for item in block.children if (first := _split(item)[0]) is not None]
        most = 3 * sum(asks(plain_text(first.children)) for first in firsts) >= 2 * len(firsts)
        for item in block.children:
            first, below = _split(item)
            if first is None:
                continue
            lists = [child for child in below if child.kind == "list" and _asks(child)]
            if most or asks(plain_text(first.children)):
                # Choices may begin with "When" and "If": a question inside a question has its mark.
                lists = [child for child in lists if _is_marked(child)]
                question, rest = _first_line(first)
                body = [*rest, *(child for child in below if child not in lists)]
                self.current = _Item(question, body, item.span.end)
                self.items.append(self.current)
            else:
                self.current = None
                self.others += not lists
            for inner in lists:
                self._list(inner)
        # What stands below a list answers its last question if that is the only one without an answer.
        if sum(not one.body for one in self.items[begin:]) != 1:
            self.current = None


def find(source: Source) -> Found:
    """The questions that are items of lists; where most have no answers, they are an index of questions."""
    reader = _Reader(source)
    reader.read()
    items = reader.items
    answered = sum(any(block.kind != "blank_line" for block in item.body) for item in items)
    if len(items) < _FEWEST:
        return Found()
    sections = []
    for index, item in enumerate(items):
        question = item.question
        following = items[index + 1].question.span.start if index + 1 < len(items) else len(source.text)
        end, number = min(item.end, following), str(index + 1)
        sections.append(Section(number, question, "", question, item.body, end))
    # Any article has lists: most of the text has to be theirs.
    marks = _MARKS * len(items) / (len(items) + reader.others)
    asking = sum(asks(plain_text(item.question.children)) for item in items)
    return Found(tuple(sections), marks, asking, answered=2 * answered >= len(items))


def _asks(block: Node) -> bool:
    """Whether half of a list's items ask, or lists in them do."""
    asking = total = 0
    for item in block.children:
        first, below = _split(item)
        if first is None:
            continue
        total += 1
        inside = any(child.kind == "list" and _asks(child) for child in below)
        asking += inside or asks(plain_text(first.children))
    return bool(total) and 2 * asking >= total


def _is_marked(block: Node) -> bool:
    """Whether half of a list's items hold a question mark, or lists in them do."""
    marked = [
        (first is not None and is_marked(plain_text(first.children)))
        or any(child.kind == "list" and _is_marked(child) for child in below)
        for first, below in map(_split, block.children)
    ]
    return 2 * sum(marked) >= len(marked)


def _split(item: Node) -> tuple[Node | None, Sequence[Node]]:
    """The words that an item begins with, and what stands below them."""
    inside = [child for child in item.children if child.kind != "blank_line"]
    if inside and inside[0].kind in ("paragraph", "block_text"):
        return inside[0], inside[1:]
    return None, inside


def _first_line(block: Node) -> tuple[Node, list[Node]]:
    """A question, and what stands in the lines below it where its first line ends in a question mark."""
    inlines = block.children
    for index, inline in enumerate(inlines):
        if inline.kind in _BREAKS and plain_text(inlines[:index]).rstrip().endswith(("?", "？")):
            rest = inlines[index + 1 :]
            below = Node("paragraph", Span(inline.span.end, block.span.end), rest)
            span = Span(block.span.start, inline.span.start)
            return Node("heading", span, inlines[:index], attrs={"level": 6}), [below] if rest else []
    return Node("heading", block.span, inlines, attrs={"level": 6}), []
