"""The ``bold`` layout: a paragraph that is one bold span asks, what stands below it answers.

So does the bold span that a list item begins with, where all items of its list begin with one; what stands
behind it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dlcards.document.labels import announces_answer, without_start
from dlcards.document.layouts.asking import LETTERED, NUMBERED, asks, is_marked
from dlcards.document.layouts.parts import Section, part_name
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span, lazy_compile

# Any article has lists whose items begin in bold.
_LEADS = 0.4
_DASH = lazy_compile(r"\s*[-–—:：]?\s*")

_SENTENCE_END = lazy_compile(r"(?<=[.?!])\s+|(?<=[。？！])(?=.)", re.S)


def find(source: Source) -> Found:
    """The questions that are bold paragraphs, up to the next line of their shape or a heading."""
    leads = _leads(source.blocks)
    blocks = _blocks(source.blocks, leads)
    bold = {
        index: plain_text(strong.children)
        for index, block in enumerate(blocks)
        if (strong := _strong(block, leads)) is not None
    }
    starts = {index for index, text in bold.items() if _asks(text)}
    starts |= {index for index in bold if leads.get(id(blocks[index]))}
    asking = sum(asks(bold[index]) for index in starts)
    shapes = {_shape(bold[index]) for index in starts}
    sections: list[Section] = []
    for start in sorted(starts):
        end = start + 1
        while end < len(blocks) and not (
            (end in bold and (end in starts or _shape(bold[end]) in shapes))
            or (blocks[end].kind == "heading" and not part_name(blocks[end], source.config))
        ):
            end += 1
        stop = blocks[end].span.start if end < len(blocks) else len(source.text)
        strong, rest = _parted(blocks[start])
        question = Node("heading", blocks[start].span, strong.children)
        body = [*rest, *blocks[start + 1 : end]]
        number = str(len(sections) + 1)
        sections.append(Section(number, question, "", question, body, stop))
    led = sum(index in starts and not _is_bold(blocks[index]) for index in bold)
    # "**Answer:**" below a question says nothing against it.
    others = sum(index not in starts and not announces_answer(bold[index]) for index in bold)
    marks = (len(starts) - led + _LEADS * led) / (len(starts) + others) if starts else 0.0
    return Found(tuple(sections), marks, asking)


def _leads(blocks: Sequence[Node]) -> dict[int, bool]:
    """What items begin with, of lists whose items all begin in bold and half of them ask: is it a question?

    By the ``id()`` of its node. Where two of three ask, the others ask in other words.
    """
    leads: dict[int, bool] = {}
    for block in blocks:
        firsts = [_first(item) for item in block.children] if block.kind == "list" else []
        begins = [first for first in firsts if first is not None and _begins_bold(first)]
        words = [plain_text(_parted(first)[0].children) for first in begins]
        asking = list(map(asks, words))
        marked = sum(map(is_marked, words))
        if marked and len(begins) == len(firsts) and 2 * sum(asking) >= len(firsts):
            most = len(firsts) > 1 and 3 * sum(asking) >= 2 * len(firsts)
            leads.update((id(first), most or one) for first, one in zip(begins, asking, strict=True))
    return leads


def _blocks(blocks: Sequence[Node], leads: dict[int, bool]) -> list[Node]:
    """The blocks; of a list whose items begin with bold lines that ask, those of its items."""
    found: list[Node] = []
    for block in blocks:
        if block.kind == "list" and any(_asks_in_bold(item, leads) for item in block.children):
            for item in block.children:
                found += _blocks(item.children, leads)
        else:
            found.append(block)
    return found


def _asks_in_bold(item: Node, leads: dict[int, bool]) -> bool:
    first = _first(item)
    if first is None:
        return False
    return id(first) in leads or (_is_bold(first) and _asks(plain_text(first.children)))


def _asks(text: str) -> bool:
    """Whether the words ask to their end: an emphasised passage may answer its own question."""
    last = _SENTENCE_END.split(text.strip())[-1]
    return asks(text) and (last[-1:] not in (".", "。") or asks(last))


def _first(item: Node) -> Node | None:
    return next((child for child in item.children if child.kind != "blank_line"), None)


def _strong(block: Node, leads: dict[int, bool]) -> Node | None:
    """The bold span that a block is, or that an item begins with."""
    return _parted(block)[0] if _is_bold(block) or id(block) in leads else None


def _parted(block: Node) -> tuple[Node, list[Node]]:
    """The bold span that a block begins with, and what stands behind it as a paragraph."""
    inlines = list(_seen(block))
    strong = inlines[0]
    behind = block.children[block.children.index(strong) + 1 :]
    if len(inlines) == 1:
        return strong, []
    rest = without_start(Node("paragraph", Span(strong.span.end, block.span.end), behind), _DASH)
    return strong, [rest] if rest.children else []


def _shape(text: str) -> str:
    """How a line is numbered: bold lines inside an answer look otherwise than the questions."""
    if LETTERED.fullmatch(text.strip()):
        return "lettered"
    return "numbered" if NUMBERED.fullmatch(text.strip()) else "plain"


def _begins_bold(block: Node) -> bool:
    first = next(_seen(block), None) if block.kind in ("paragraph", "block_text") else None
    return first is not None and first.kind == "strong"


def _is_bold(block: Node) -> bool:
    return _begins_bold(block) and len(list(_seen(block))) == 1


def _seen(block: Node) -> Iterator[Node]:
    """The inlines of a block that show something."""
    return (node for node in block.children if node.raw.strip() or node.children)
