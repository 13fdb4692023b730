"""Quotes that begin with a label: `> [!NOTE]`, GitHub's alerts and other programs' callouts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.once import nodes_of
from dlcards.model import Document, Node, Span, lazy_compile

_LABEL = lazy_compile(r"\[!(?P<kind>[\w-]+)\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)")


class Callout(NamedTuple):
    """A quote that begins with a label.

    Attributes:
        quote: The quote.
        kind: The word in the label, as written.
        label: Where the label stands.
        fold: Where `+` or `-` stands behind it; empty where there is none.
        title: What else its line says, without blanks around it; empty where there is nothing.
        is_outermost: Whether the quote stands in no other block, as GitHub's alerts do.
    """

    quote: Node
    kind: str
    label: Span
    fold: Span
    title: Span
    is_outermost: bool


def callouts(document: Document) -> Iterator[Callout]:
    """The quotes of a document that begin with a label, in order."""
    outermost = {id(block) for block in document.blocks}
    if "[!" in document.text:
        for node in nodes_of(document, "block_quote"):
            first = next((child for child in node.children if child.kind != "blank_line"), None)
            # What a link says is no label: `[!NOTE](a.md)`.
            if (
                first
                and first.kind == "paragraph"
                and first.children
                and first.children[0].kind == "text"
                and (match := _LABEL.match(document.text, first.children[0].span.start))
            ):
                title = Span(match.start("title"), match.start("title") + len(match["title"].rstrip()))
                label = Span(match.start(), match.start("fold"))
                yield Callout(
                    node, match["kind"], label, Span(*match.span("fold")), title, id(node) in outermost
                )
