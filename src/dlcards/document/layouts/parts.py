"""The parts of what stands under a question, whatever the layout: answer, summary, references, ….

A layout finds where a question begins and ends; :func:`make_pair` sorts the blocks between, for the layout
that reads the document best.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dlcards.document.labels import announces_answer, begins_answer, has_more_letters
from dlcards.document.quotes import labelled_parts
from dlcards.document.text import TAG
from dlcards.markdown import plain_text
from dlcards.model import Config, Node, Pair, Span, lazy_compile

_SUMMARY = lazy_compile(r"<summary\b[^>]*>(.*?)</summary>", re.I | re.S)


class Section(NamedTuple):
    """A question and the blocks below it.

    Attributes:
        id: The question's id, unique in its document.
        anchor: What the contents lead to: the anchor heading, or the question itself.
        slug: The anchor that leads there; empty where there is none.
        question: The node whose children are the question's words; None where it is missing.
        blocks: What stands below the question, up to the next one.
        end: Where the section ends, in characters.
        asked: Blocks that the question asks about, if the layout tells them; else what stands before the fold
            or the line that announces the answer.
        malformed: Whether the anchor is mistyped.
    """

    id: str
    anchor: Node
    slug: str
    question: Node | None
    blocks: Sequence[Node]
    end: int
    asked: Sequence[Node] = ()
    malformed: bool = False

    @property
    def words(self) -> str:
        """The question's words without markup."""
        return " ".join(plain_text(self.question.children).split()) if self.question else ""

    @property
    def span(self) -> Span:
        """From its anchor to its end."""
        return Span(self.anchor.span.start, max(self.end, self.anchor.span.end))


def make_pair(section: Section, config: Config) -> Pair:
    """The pair of a question and the blocks below it; the configuration says what their headings mean."""
    inside = list(section.blocks)
    # The rule that parts a section from the next one belongs to neither.
    while inside and inside[-1].kind in ("blank_line", "thematic_break"):
        inside.pop()
    parts = _sort(inside, config)
    asked = section.asked
    if not asked:
        asked, parts.body = _split(parts.body, config)
    return Pair(
        id=section.id,
        anchor=section.anchor,
        slug=section.slug,
        question=section.words,
        question_node=section.question,
        asked=tuple(asked),
        body=tuple(parts.body),
        summary=tuple(parts.summary),
        hint=tuple(parts.hint),
        follow_ups=tuple(parts.follow_ups),
        references=tuple(parts.references),
        references_heading=parts.references_heading,
        malformed=section.malformed,
        span=section.span,
    )


@dataclass(eq=False, repr=False)
class _Parts:
    """What a section is sorted into while it is read."""

    summary: list[Node] = field(default_factory=list)
    hint: list[Node] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    follow_ups: list[Node] = field(default_factory=list)
    references: list[Node] = field(default_factory=list)
    references_heading: Node | None = None


def _sort(blocks: Sequence[Node], config: Config) -> _Parts:
    parts = _Parts()
    current, level = parts.body, 0
    for block in blocks:
        block_level = block.attrs.get("level")
        if block.kind == "heading" and isinstance(block_level, int):
            name = part_name(block, config)
            if name:
                current, level = getattr(parts, name), block_level
                if name == "references":
                    parts.references_heading = parts.references_heading or block
                continue
            if block_level <= level:
                current, level = parts.body, 0
        said = labelled_parts(block, config) if current is parts.body else {}
        # A second summary is none: it stays where it stands, and is reported.
        if said and not any(getattr(parts, name) for name in said):
            for name, inside in said.items():
                setattr(parts, name, list(inside))
            continue
        current.append(block)
    return parts


def _split(blocks: list[Node], config: Config) -> tuple[list[Node], list[Node]]:
    """What is asked about and what answers: the blocks before and from where an answer is announced."""
    for index, block in enumerate(blocks):
        if is_announcement(block, config):
            before = [other for other in blocks[:index] if other.kind not in ("blank_line", "thematic_break")]
            return (before, blocks[index:]) if before else ([], blocks)
    return [], blocks


def is_announcement(block: Node, config: Config) -> bool:
    """Whether a block is a fold, a heading or a line that only announces an answer."""
    if block.kind == "block_html":
        summary = _SUMMARY.search(block.raw)
        return bool(summary and announces_answer(TAG.sub("", summary[1])))
    if block.kind not in ("paragraph", "heading"):
        return False
    line = " ".join(plain_text(block.children).split())
    labels = word_set(config.answer_labels)
    may_be_label = len(line) > 1 and not has_more_letters(line, max(map(len, labels), default=0))
    return begins_answer(line) or (may_be_label and words(line) in labels)


def level_of(heading: Node) -> int:
    """A heading's level, 1 to 6."""
    level = heading.attrs.get("level")
    return level if isinstance(level, int) else 6


def part_name(heading: Node, config: Config) -> str:
    """The part that a heading announces: ``references``, ``follow_ups``, or none (empty)."""
    said = words(plain_text(heading.children))
    if said in word_set(config.references_headings):
        return "references"
    if said in word_set(config.follow_ups_headings):
        return "follow_ups"
    return ""


def goes_into_depth(block: Node, config: Config) -> bool:
    """Whether a block is the heading below which an answer goes into depth."""
    return block.kind == "heading" and words(plain_text(block.children)) in word_set(config.in_depth_headings)


@lru_cache(maxsize=64)
def word_set(texts: tuple[str, ...]) -> frozenset[str]:
    """What the configuration lists, for comparison with :func:`words`."""
    return frozenset(map(words, texts))


@lru_cache(maxsize=4096)  # each layout asks about the same headings
def words(text: str) -> str:
    """``text`` for comparison: no symbols and punctuation at its ends, one blank, no letter case."""
    return " ".join(text.translate(_KEPT).split()).casefold()


class _Kept(dict[int, int]):
    """What :func:`words` makes of a character: itself or a blank, looked up once for each."""

    def __missing__(self, code: int) -> int:
        is_kept = unicodedata.category(chr(code))[0] in "LNZ" or chr(code) in "-/"
        self[code] = code if is_kept else ord(" ")
        return self[code]


_KEPT = _Kept()
