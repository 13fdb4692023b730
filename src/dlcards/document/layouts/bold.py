"""The ``bold`` layout: a paragraph that is one bold span asks, what stands below it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dlcards.document.layouts.asking import LETTERED, NUMBERED, asks
from dlcards.document.layouts.parts import make_pair, part_name
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Pair

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=[。？！])(?=.)", re.S)


def find(source: Source) -> Found:
    """The questions that are bold paragraphs, up to the next line of their shape or a heading."""
    blocks = list(_blocks(source.blocks))
    bold = {index: plain_text(block.children) for index, block in enumerate(blocks) if _is_bold(block)}
    starts = {index for index, text in bold.items() if _asks(text)}
    shapes = {_shape(bold[index]) for index in starts}
    pairs: list[Pair] = []
    for start in sorted(starts):
        end = start + 1
        while end < len(blocks) and not (
            (end in bold and (end in starts or _shape(bold[end]) in shapes))
            or (blocks[end].kind == "heading" and not part_name(blocks[end], source.config))
        ):
            end += 1
        stop = blocks[end].span.start if end < len(blocks) else len(source.text)
        question = Node("heading", blocks[start].span, blocks[start].children[0].children)
        body = blocks[start + 1 : end]
        number = str(len(pairs) + 1)
        pairs.append(make_pair(number, question, "", question, body, stop, source.config))
    return Found(tuple(pairs), len(starts) / len(bold) if bold else 0.0, len(starts))


def _blocks(blocks: Iterable[Node]) -> Iterator[Node]:
    """The blocks; of a list whose items begin with bold lines that ask, those of its items."""
    for block in blocks:
        if block.kind == "list" and any(_asks_in_bold(item) for item in block.children):
            for item in block.children:
                yield from _blocks(item.children)
        else:
            yield block


def _asks_in_bold(item: Node) -> bool:
    first = next((child for child in item.children if child.kind != "blank_line"), None)
    return first is not None and _is_bold(first) and _asks(plain_text(first.children))


def _asks(text: str) -> bool:
    """Whether the words ask to their end: an emphasised passage may answer its own question."""
    last = _SENTENCE_END.split(text.strip())[-1]
    return asks(text) and (last[-1:] not in (".", "。") or asks(last))


def _shape(text: str) -> str:
    """How a line is numbered: bold lines inside an answer look otherwise than the questions."""
    if LETTERED.fullmatch(text.strip()):
        return "lettered"
    return "numbered" if NUMBERED.fullmatch(text.strip()) else "plain"


def _is_bold(block: Node) -> bool:
    inlines = [node for node in block.children if node.raw.strip() or node.children]
    return block.kind in ("paragraph", "block_text") and len(inlines) == 1 and inlines[0].kind == "strong"
