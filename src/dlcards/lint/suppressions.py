"""``<!-- dlcards: ignore Q003 -->``: comments that keep findings silent, in a block or in the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlcards.model import Document, Node, Span

_COMMENT = re.compile(r"<!--\s*dlcards:\s*ignore\b(?P<codes>[^>]*?)-->")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment.

    Attributes:
        span: The comment itself.
        codes: The codes or names that it names; empty stands for all rules.
        scope: Where it keeps findings silent: the next block, or the whole file.
    """

    span: Span
    codes: tuple[str, ...]
    scope: Span

    def covers(self, code: str, name: str, place: Span) -> bool:
        """Whether a finding of a rule at a place is kept silent."""
        named = not self.codes or any(word in (code, name) for word in self.codes)
        return named and self.scope.start <= place.start < max(self.scope.end, self.scope.start + 1)


def suppressions(document: Document) -> list[Suppression]:
    """The comments of a document, in order.

    One that stands above everything else counts for the file, one in the middle of a paragraph for
    that paragraph, any other for the block that follows it.
    """
    if "dlcards:" not in document.text:
        return []
    return list(_in_blocks(document, document.blocks, at_top=True))


def _in_blocks(document: Document, blocks: Sequence[Node], *, at_top: bool) -> Iterator[Suppression]:
    for index, block in enumerate(blocks):
        if block.kind == "block_html":
            following = next((b for b in blocks[index + 1 :] if b.kind != "blank_line"), block)
            scope = Span(0, len(document.text)) if at_top else following.span
            yield from _comments(document, block, scope)
        elif any(node.kind == "inline_html" for node in block.children):
            yield from (
                c
                for n in block.children
                if n.kind == "inline_html"
                for c in _comments(document, n, block.span)
            )
        else:
            yield from _in_blocks(document, block.children, at_top=False)
        if block.kind not in ("blank_line", "front_matter") and not _is_comment(block):
            at_top = False


def _comments(document: Document, node: Node, scope: Span) -> Iterator[Suppression]:
    for match in _COMMENT.finditer(node.span.of(document.text)):
        start = node.span.start
        codes = tuple(re.findall(r"[\w-]+", match.group("codes")))
        yield Suppression(Span(start + match.start(), start + match.end()), codes, scope)


def _is_comment(block: Node) -> bool:
    return block.kind == "block_html" and not re.sub(r"<!--.*?-->", "", block.raw, flags=re.S).strip()
