"""``<!-- dlcards: ignore Q003 -- why -->``: comments that keep findings silent, in a block or in the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlcards.model import Document, Node, Span, lazy_compile

_BEGINS = lazy_compile(r"<!--[\s>]*dl", re.I)  # what is meant for us, whatever comes of it
# To the end where it is not closed, as a page's reader has it.
_COMMENT = lazy_compile(r"<!--(?P<body>.*?)(?:(?P<closed>-->)|\Z)", re.S)
# Codes and names are letters, digits and single hyphens between them, so that "--" begins the reason.
_WORD = r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*"
_FORM = lazy_compile(
    rf"dlcards\s*:\s*ignore"
    rf"(?:(?P<codes>(?:[\s,]+{_WORD})+)[\s,]*(?:(?:[-–—:：(（#]|//|[^\W\x00-\x7f]).*)?|\s*(?:--|[–—]).*)?",
    re.S | re.I,
)
# What somebody began who meant us: "dlcard:", "dlcards ignore", "dlcards-disable".
_MEANT = lazy_compile(
    r"\s*(?P<name>dl[-_ ]?[a-z]+?)\s*(?:[:：=;]|[-_\s]+(?:ignor|ingor|disabl|suppress|skip|noqa))", re.I
)


class Suppression(NamedTuple):
    """One comment.

    Attributes:
        span: The comment itself.
        codes: The codes or names that it names, as written; empty stands for all rules.
        scope: Where it keeps findings silent: the next block, or the whole file.
        readable: Whether it has the form of such a comment. One that only begins like it keeps
            nothing silent.
    """

    span: Span
    codes: tuple[str, ...]
    scope: Span
    readable: bool = True

    def covers(self, code: str, name: str, place: Span) -> bool:
        """Whether a finding of a rule at a place is kept silent."""
        named = not self.codes or any(word.casefold() in (code.casefold(), name) for word in self.codes)
        inside = self.scope.start <= place.start < max(self.scope.end, self.scope.start + 1)
        return self.readable and named and inside


def suppressions(document: Document) -> list[Suppression]:
    """The comments of a document that are meant for the linter, in order.

    One that stands above everything else counts for the file, one in the middle of a paragraph for
    that paragraph, any other for the block that follows it. Codes are parted by commas or blanks, in
    any letter case; what follows them after ``--``, ``:`` or in brackets is the reason, which nothing
    is read from.
    """
    if not _BEGINS.search(document.text):
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
        span = Span(start + match.start(), start + match.end())
        # Inside quotes and lists the lines of a comment begin with the marks of the container.
        body = re.sub(r"\n[ \t>]*", "\n", match["body"]).strip()
        form = _FORM.fullmatch(body) if match["closed"] else None
        if form:
            yield Suppression(span, tuple(re.findall(r"[^\s,]+", form["codes"] or "")), scope)
        elif _is_meant(body):
            yield Suppression(span, (), scope, readable=False)


def _is_meant(body: str) -> bool:
    """Whether a comment that can't be read begins as if it were one for the linter."""
    match = _MEANT.match(body)
    name = re.sub(r"[-_ ]", "", match["name"]).casefold() if match else ""
    return bool(difflib.get_close_matches(name, ["dlcards"], cutoff=0.75))


def _is_comment(block: Node) -> bool:
    return block.kind == "block_html" and not re.sub(r"<!--.*?-->", "", block.raw, flags=re.S).strip()
