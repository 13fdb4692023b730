"""What a layout reads, the parsed document before its pairs are found, and what it says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dlcards.document.layouts.folds import Fold, folds_of
from dlcards.document.layouts.parts import Section
from dlcards.model import Config, Heading, Node, Span


@dataclass(frozen=True, eq=False, repr=False)
class Source:
    """A parsed document.

    Attributes:
        text: The document's characters.
        blocks: Its top-level blocks.
        headings: All its headings, also nested ones.
        slugs: The slug of each heading, by the ``id()`` of its node.
        config: The project's words and patterns.
        contents: Where its table of contents stands; empty without one.
        name: The file's name without its ending.
    """

    text: str
    blocks: tuple[Node, ...]
    headings: tuple[Heading, ...]
    slugs: Mapping[int, str]
    config: Config
    contents: Span
    name: str = ""

    @cached_property
    def folds(self) -> tuple[Fold, ...]:
        """Its ``<details>`` that say what they unfold."""
        return folds_of(self.blocks, self.text)


class Found(NamedTuple):
    """The questions that a layout sees in a document, and what speaks for them.

    Attributes:
        sections: The questions with what stands below them.
        marks: How plainly what marks them says that they are questions, 0 to 1.
        asking: How many of them ask, by their words or by an answer that folds out below them.
        certain: Whether the marks can mean nothing else.
        answered: Whether the document answers them, and is no index of questions.
    """

    sections: tuple[Section, ...] = ()
    marks: float = 0.0
    asking: int = 0
    certain: bool = False
    answered: bool = True
