"""The ``divided`` layout: cards between ``---`` lines, a line like ``. . .`` parts question from answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlcards.document.layouts.parts import Section
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span, lazy_compile

_DIVIDER = lazy_compile(r"(?:\.[ \t]*\.[ \t]*\.|%|\?|:::)[ \t]*")
_FEWEST_CARDS = 2


def find(source: Source) -> Found:
    """The cards: what stands above the dividing line is the question, the rest the answer."""
    sections: list[Section] = []
    cards = _cards(source.blocks)
    divided = 0
    for card in cards:
        blocks = [block for block in card if block.kind not in ("blank_line", "front_matter")]
        divider = next((i for i, block in enumerate(blocks) if _is_divider(block, source.text)), None)
        divided += divider is not None
        if not blocks or divider == 0:
            continue
        asked = blocks[:divider] if divider is not None else blocks[:1]
        answer = blocks[divider + 1 :] if divider is not None else blocks[1:]
        span = Span(asked[0].span.start, asked[-1].span.end)
        inlines = [node for block in asked for node in _inlines(block)] or _first_line_of_code(asked)
        question = Node("heading", span, tuple(inlines), attrs={"level": 6})
        shown = [block for block in asked if not _inlines(block)]
        number = str(len(sections) + 1)
        sections.append(Section(number, question, "", question, answer, card[-1].span.end, shown))
    found = tuple(section for section in sections if section.words)
    certain = divided >= _FEWEST_CARDS and 2 * divided >= len(cards)
    # Without a divider a rule is a rule.
    return Found(found if divided else (), divided / max(1, len(cards)), divided, certain=certain)


def _first_line_of_code(blocks: Sequence[Node]) -> list[Node]:
    """What a card that only shows code is called by."""
    code = next((block for block in blocks if block.kind == "block_code" and block.raw.strip()), None)
    return [Node("codespan", code.span, raw=code.raw.strip().splitlines()[0].strip())] if code else []


def deck_name(source: Source) -> str:
    """The ``deck:`` that the front matter names; empty where it names none."""
    for block in source.blocks[:2]:
        if block.kind == "front_matter":
            match = re.search(r"^deck:[ \t]*[\"']?(.+?)[\"']?[ \t]*\r?$", block.raw, re.M)
            return match.group(1) if match else ""
    return ""


def _cards(blocks: Sequence[Node]) -> list[list[Node]]:
    cards: list[list[Node]] = [[]]
    for block in blocks:
        if block.kind == "thematic_break":
            cards.append([])
        else:
            cards[-1].append(block)
    return [card for card in cards if any(block.kind not in ("blank_line", "front_matter") for block in card)]


def _is_divider(block: Node, text: str) -> bool:
    return block.kind == "paragraph" and bool(_DIVIDER.fullmatch(block.span.of(text).strip()))


def _inlines(block: Node) -> tuple[Node, ...]:
    if block.kind not in ("paragraph", "heading") or not plain_text(block.children).strip():
        return ()
    space = Node("text", Span(block.span.end, block.span.end), raw=" ")
    return (*block.children, space)
