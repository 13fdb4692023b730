"""Follow-up questions with their answers: the items of the list under the follow-ups heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlcards.markdown import plain_text
from dlcards.model import Node


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An item of the list.

    Attributes:
        question: The inlines of its first paragraph.
        words: The same in plain words.
        answer: What stands below: usually a nested list. Empty for a question that only asks.
    """

    question: tuple[Node, ...]
    words: str
    answer: tuple[Node, ...]


def read_follow_ups(blocks: Sequence[Node]) -> Iterator[FollowUp]:
    """The follow-ups of all lists among ``blocks``, in order."""
    for block in blocks:
        if block.kind != "list":
            continue
        for item in block.children:
            if not item.children or item.children[0].kind not in ("block_text", "paragraph"):
                continue
            first, *rest = (child for child in item.children if child.kind != "blank_line")
            words = " ".join(plain_text(first.children).split())
            if words:
                yield FollowUp(tuple(first.children), words, _without_bullet(rest))


def _without_bullet(blocks: Sequence[Node]) -> tuple[Node, ...]:
    """What a lone item of a lone list holds; an answer needs no bullet."""
    if len(blocks) == 1 and blocks[0].kind == "list" and len(blocks[0].children) == 1:
        return tuple(blocks[0].children[0].children)
    return tuple(blocks)
