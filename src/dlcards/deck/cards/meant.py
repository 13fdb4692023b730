"""The nodes of a document as its cards show them.

Mended, raw HTML as it is seen, formulas that stand alone, pictures for day and night.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dlcards.deck.cards.formulas import MAY_BE_MATH, Formulas, is_math
from dlcards.deck.cards.mending import Mender
from dlcards.deck.cards.themes import themed
from dlcards.deck.cards.words import Reader
from dlcards.document.elements import ends_in
from dlcards.document.raw_html import as_seen
from dlcards.model import Document, Node, Span, nodes_in

_HTML = frozenset({"block_html", "inline_html"})
_PICTURES = _HTML | {"image"}


class Meant:
    """What the nodes of a document are on its cards.

    Args:
        document: The document.
        kept: The names of the tags of raw HTML to keep.
    """

    def __init__(self, document: Document, kept: Collection[str]) -> None:
        self._kept = kept
        self._ends = ends_in(document.blocks)
        self._formulas = Formulas(document)
        self._reader = Reader(self._ends, self._formulas.of)
        self._mender = Mender(document.text)

    def forget(self) -> None:
        """Forget what was mended so far, which is kept for those who ask again."""
        self._mender.forget()

    def blocks(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Blocks as cards show them."""
        shown: Sequence[Node] = [self._mender.block(node) for node in nodes]
        kinds = {below.kind for below in nodes_in(shown)}
        if not kinds.isdisjoint(_PICTURES):
            shown = themed(shown)
        if not kinds.isdisjoint(_HTML):
            shown = [as_seen(node, self._ends, self._kept) for node in shown]
        return tuple(shown) if kinds.isdisjoint(MAY_BE_MATH) else self._alone(shown)

    def inlines(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """The inlines of one block as cards show them."""
        (block,) = self.blocks([Node("paragraph", Span(0, 0), tuple(nodes))])
        return block.children

    def words(self, blocks: Sequence[Node]) -> str:
        """What a learner must see of blocks, as the law of ``words.py`` reads them."""
        return self._reader.words(map(self._mender.block, blocks))

    def _alone(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Nodes with formulas that need no other one, and without those that are nothing then."""
        return tuple(alone for node in nodes if (alone := self._standing_alone(node)) is not None)

    def _standing_alone(self, node: Node) -> Node | None:
        if is_math(node):
            tex = self._formulas.of(node)
            if tex == node.raw:
                return node
            return node._replace(raw=tex) if tex.strip() else None
        if not node.children:
            return node
        children = self._alone(node.children)
        same = len(children) == len(node.children)
        if same and all(new is old for new, old in zip(children, node.children, strict=True)):
            return node
        return node._replace(children=children)
