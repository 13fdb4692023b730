"""The running text of documents and answers, for rules about wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlcards.document.text import inline_blocks
from dlcards.model import Document, Node, Pair, lazy_compile

_BLOCKS = frozenset({"paragraph", "block_text", "heading", "table_cell"})
# Bounded, so that a mark without its partner costs no second reading of the whole block.
_QUOTED = lazy_compile(
    r"\"[^\"\n]{1,300}\"|(?<!\w)'[^'\n]{1,300}'|“[^”\n]{1,300}”|‘[^’\n]{1,300}’|「[^」\n]{1,300}」"
)


def prose_blocks(document: Document) -> Iterator[Node]:
    """The blocks of a document that hold words, headings among them, in order."""
    return (block for block in inline_blocks(document) if block.kind in _BLOCKS)


def pair_blocks(pair: Pair) -> Iterator[Node]:
    """The blocks of a pair that hold words: all that its cards show."""
    if pair.question_node:
        yield pair.question_node
    for node in (*pair.summary, *pair.hint, *pair.asked, *pair.body, *pair.follow_ups, *pair.references):
        yield from (block for block in node.walk() if block.kind in _BLOCKS and block.children)


def answer_blocks(pair: Pair) -> Iterator[Node]:
    """The blocks of an answer in which its author speaks: no headings, no quotes, no references."""
    yield from _own_words((*pair.summary, *pair.hint, *pair.body, *pair.follow_ups))


def without_quotes(text: str) -> str:
    """``text``, as long as before, with NUL for quotation marks and what is between them."""
    return _QUOTED.sub(lambda match: "\0" * len(match.group()), text)


def _own_words(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind in _BLOCKS and node.kind != "heading":
            yield node
        elif node.kind not in ("heading", "block_quote"):
            yield from _own_words(node.children)
