"""The nodes of a document as its cards show them.

Mended, raw HTML as it is seen, formulas that stand alone, one picture of two for day and night.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dlcards.deck.cards.by_day import by_day
from dlcards.deck.cards.formulas import Formulas, is_math
from dlcards.deck.cards.mending import mended, mended_inlines
from dlcards.deck.cards.words import Reader
from dlcards.document.elements import ends_in
from dlcards.document.raw_html import as_seen, inlines_as_seen
from dlcards.model import Document, Node, Span


class Meant:
    """What the nodes of a document are on its cards.

    Args:
        document: The document.
        kept: The names of the tags of raw HTML to keep.
    """

    def __init__(self, document: Document, kept: Collection[str]) -> None:
        self.text = document.text
        self._kept = kept
        self._ends = ends_in(document.blocks)
        self._formulas = Formulas(document)
        self._reader = Reader(self._ends, self._formulas.of)
        self._known: dict[int, tuple[Node, Node]] = {}

    def forget(self) -> None:
        """Forget the blocks that were asked for so far, which are kept for those who ask again."""
        self._known.clear()

    def blocks(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Blocks as cards show them."""
        shown = by_day([self._mended(node) for node in nodes])
        return self._alone(as_seen(node, self._ends, self._kept) for node in shown)

    def inlines(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """The inlines of one block as cards show them."""
        (block,) = by_day([Node("paragraph", Span(0, 0), mended_inlines(nodes, self.text))])
        return self._alone(inlines_as_seen(block.children, self._ends, self._kept))

    def words(self, blocks: Sequence[Node]) -> str:
        """What a learner must see of blocks, as the law of ``words.py`` reads them."""
        return self._reader.words(self._mended(node) for node in blocks)

    def _mended(self, node: Node) -> Node:
        # The node is kept, too, so that no other one gets its id.
        if id(node) not in self._known:
            self._known[id(node)] = node, mended(node, self.text)
        return self._known[id(node)][1]

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
