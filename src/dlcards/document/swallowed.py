"""What stands in code whose fence nothing closes: headings, questions and all that was meant to follow it."""

from __future__ import annotations

from collections.abc import Sequence

from dlcards.document.build import build
from dlcards.document.once import Same, nodes_of, once
from dlcards.model import Config, Document, Node


def open_fences(document: Document) -> list[Node]:
    """The code that is fenced and not closed, in order."""
    fenced = (node for node in nodes_of(document, "block_code") if node.str_attr("marker"))
    return [node for node in fenced if not node.attrs.get("closed")]


def swallowed(document: Document, config: Config) -> Sequence[Document]:
    """What open fences hold, each read as a document of its own, whose places count from the code's begin."""
    return _read(document, Same(config))


def swallowed_anchors(document: Document, config: Config) -> frozenset[str]:
    """The anchors that headings would have, were they not code."""
    return frozenset(anchor for inner in swallowed(document, config) for anchor in inner.anchors)


@once
def _read(document: Document, config: Same[Config]) -> Sequence[Document]:
    return [build(document.path, node.raw, config.value) for node in open_fences(document)]
