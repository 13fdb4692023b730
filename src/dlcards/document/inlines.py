"""Inlines cut in two at a place in their plain words."""

from __future__ import annotations

from collections.abc import Sequence

from dlcards.markdown import plain_text
from dlcards.model import Node, Span


def parted(nodes: Sequence[Node], at: int) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The inlines before and from a character of their :func:`plain_text`; emphasis around it stands in both.

    What has no words (a picture) belongs to what stands behind it, a closing tag to what stands before.
    """
    before: list[Node] = []
    for index, node in enumerate(nodes):
        size = len(plain_text([node]))
        if 0 < size <= at or (not size and (at > 0 or node.raw.startswith("</"))):
            before.append(node)
            at -= size
            continue
        if at <= 0:
            return tuple(before), tuple(nodes[index:])
        if node.children:
            first, second = parted(node.children, at)
            before.append(node._replace(children=first))
            return tuple(before), (node._replace(children=second), *nodes[index + 1 :])
        # An entity or an escape is longer in the source: no place outside of the node is made up.
        middle = min(node.span.start + at, node.span.end)
        before.append(node._replace(span=Span(node.span.start, middle), raw=node.raw[:at]))
        rest = node._replace(span=Span(middle, node.span.end), raw=node.raw[at:])
        return tuple(before), (rest, *nodes[index + 1 :])
    return tuple(before), ()
