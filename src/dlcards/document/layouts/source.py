"""What a layout reads: the parsed document before its pairs are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dlcards.model import Config, Heading, Node


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed document.

    Attributes:
        text: The document's characters.
        blocks: Its top-level blocks.
        headings: All its headings, also nested ones.
        slugs: The slug of each heading, by the ``id()`` of its node.
        config: The project's words and patterns.
    """

    text: str
    blocks: tuple[Node, ...]
    headings: tuple[Heading, ...]
    slugs: Mapping[int, str]
    config: Config
