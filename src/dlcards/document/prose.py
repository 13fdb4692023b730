"""The running text of documents and answers, for rules about wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dlcards.document.once import nodes_of, once
from dlcards.document.text import inline_blocks, masked
from dlcards.model import Document, Node, Pair, lazy_compile

_BLOCKS = frozenset({"paragraph", "block_text", "heading", "table_cell"})
# Bounded, so that a mark without its partner costs no second reading of the whole block.
_QUOTED = lazy_compile(
    r"\"[^\"\n]{1,300}\"|(?<!\w)'[^'\n]{1,300}'|“[^”\n]{1,300}”|‘[^’\n]{1,300}’|「[^」\n]{1,300}」"
)


@once
def prose_blocks(document: Document) -> Sequence[Node]:
    """The blocks of a document that hold words, headings among them, in order."""
    return [block for block in inline_blocks(document) if block.kind in _BLOCKS]


def holders(document: Document) -> Iterator[Node]:
    """The blocks that everything which is shown of pairs stands in; layouts find questions in HTML, too."""
    yield from prose_blocks(document)
    yield from nodes_of(document, "block_html")


def prose_with(document: Document, *signs: str) -> Iterator[Node]:
    """Those of :func:`prose_blocks` in whose source any of some strings stands."""
    text = document.text
    present = [sign for sign in signs if sign in text]
    if not present:
        return
    for block in prose_blocks(document):
        start, end = block.span
        for sign in present:
            if text.find(sign, start, end) >= 0:
                yield block
                break


def masked_block(document: Document, block: Node) -> str:
    """What :func:`masked` makes of a block of the document."""
    found = _visible(document)
    if id(block) not in found:
        found[id(block)] = (block, masked(block, document.text))
    return found[id(block)][1]


@once
def _visible(document: Document) -> dict[int, tuple[Node, str]]:
    # With the block, so that no other one can come to have its id.
    return {}


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
