"""The ``<details>`` of a document: what their ``<summary>`` says, where they end, what they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dlcards.document.html import Tag, tokens
from dlcards.document.labels import core, only_unfolds
from dlcards.document.layouts.asking import asks
from dlcards.model import Node, Span, lazy_compile

_TAG = lazy_compile(r"</?(?:details|summary)(?![^\t\n\f\r />])", re.I)
# A summary that is said so often asks nothing; of fewer, all must say the same.
_REPEATED = 3
# A fold with so many asking ones in it holds them together, or was never closed where it should have been.
_GROUP = 3


@dataclass(slots=True, eq=False, repr=False)
class Fold:
    """A ``<details>``, or a ``<summary>`` whose ``<details>`` somebody forgot.

    Attributes:
        siblings: The blocks that it begins among.
        first: The number of the sibling that it begins in.
        opens: Where it begins in that sibling's HTML.
        head: The number of the sibling that its summary begins in.
        begins: The number of the sibling that its summary ends in; another one where a blank line or a list
            stands in the summary.
        said: Where the summary ends in that sibling's HTML; -1 where that is none.
        says: Where its content begins in that sibling's HTML: behind the summary; -1 where that is none.
        summary: The summary's HTML, of the sibling that it begins in.
        words: The summary's words.
        last: The number of the sibling that it ends in.
        ends: Where it ends in that sibling's HTML; -1 for all of it.
        outer: The fold that it stands in.
        closed: Whether its end tag was found.
        is_label: Whether the summary only says that something unfolds.
        asks: Whether the summary asks.
        inner: The folds right inside it.
        asking: How many of them ask.
        belongs_to_another: Whether it is a part of what another fold answers.
    """

    siblings: Sequence[Node]
    first: int
    opens: int
    head: int = -1
    begins: int = -1
    said: int = -1
    says: int = -1
    summary: str = ""
    words: str = ""
    last: int = -1
    ends: int = -1
    outer: Fold | None = None
    closed: bool = False
    is_label: bool = False
    asks: bool = False
    inner: list[Fold] = field(default_factory=list)
    asking: int = 0
    belongs_to_another: bool = False

    @property
    def block(self) -> Node:
        """The block that the summary begins in."""
        return self.siblings[self.head]

    @property
    def start(self) -> int:
        """Where the block stands in the document that it begins in."""
        return self.siblings[self.first].span.start

    @property
    def is_group(self) -> bool:
        """Whether it only holds folds together that ask."""
        return not self.asks and self.closed and sum(not fold.is_label for fold in self.inner) >= _GROUP


def folds_of(blocks: Sequence[Node], text: str) -> tuple[Fold, ...]:
    """All folds with a summary, in order."""
    if "<summary" not in text.lower():
        return ()
    reader = _Reader()
    reader.read(blocks)
    folds = [fold for fold in reader.folds if fold.begins >= 0]
    cores = [core(fold.words) for fold in folds]
    count = Counter(cores)
    for fold, own in zip(folds, cores, strict=True):
        said = count[own]
        fold.asks = asks(fold.words)
        repeated = said >= _REPEATED and 10 * said >= len(folds)
        fold.is_label = only_unfolds(fold.words) or (
            not fold.asks and (repeated or (said > 1 and said == len(folds)))
        )
        if fold.outer is not None and fold.closed:
            fold.outer.inner.append(fold)
            fold.outer.asking += fold.asks
    for fold in reader.folds:  # the outer ones first
        if (outer := fold.outer) is not None:
            answers = outer.closed and not outer.is_label and outer.asking < _GROUP
            fold.belongs_to_another = answers or outer.belongs_to_another
    return tuple(folds)


def innermost(folds: Sequence[Fold]) -> dict[int, Fold]:
    """The innermost of some folds that a block stands in as a whole, by the block's ``id()``."""
    found: dict[int, Fold] = {}
    behind: dict[tuple[int, int], int] = {}  # where the folds end that begin at a sibling and are done
    for fold in reversed(folds):
        begin = at = fold.begins + 1
        last = fold.last if fold.last >= 0 else len(fold.siblings) - 1  # nobody closed it
        while at < last:
            if end := behind.get((id(fold.siblings), at)):
                at = end
            else:
                found.setdefault(id(fold.siblings[at]), fold)
                at += 1
        if begin < last:
            behind[id(fold.siblings), begin] = at
    return found


class _Reader:
    """Reads the tags of a document in order, as a browser would match them."""

    def __init__(self) -> None:
        self.folds: list[Fold] = []
        self._open: list[Fold] = []
        self._summary: Fold | None = None  # whose summary is being read
        self._words: list[str] = []
        self._path: list[tuple[Sequence[Node], int]] = []

    def read(self, siblings: Sequence[Node]) -> None:
        for index, block in enumerate(siblings):
            self._path.append((siblings, index))
            if block.kind == "block_html":
                self._html(block, siblings, index)
            elif block.kind in ("list", "list_item", "block_quote"):
                self.read(block.children)
            else:
                self._inlines(block)
            self._path.pop()

    def _html(self, block: Node, siblings: Sequence[Node], index: int) -> None:
        if self._summary is None and not _TAG.search(block.raw):
            return
        begin = -1  # of a summary in this block
        for token in tokens(block.raw, 0):
            if not isinstance(token, Tag):
                self._say(token.text)
            elif token.name == "details" and token.closes:
                self._close(token.span.start)
            elif token.name == "details":
                outer = self._open[-1] if self._open else None
                self._open.append(Fold(siblings, index, token.span.start, outer=outer))
                self.folds.append(self._open[-1])
            elif token.name == "summary" and token.closes:
                if self._summary and begin >= 0:
                    self._summary.summary = block.raw[begin : token.span.start]
                self._end_summary(token.span)
            elif token.name == "summary":
                fold = self._open[-1] if self._open else None
                if fold is None or fold.head >= 0 or fold.siblings is not siblings:
                    fold = Fold(siblings, index, token.span.start)
                    self.folds.append(fold)
                self._summary, self._words, begin = fold, [], token.span.end
                fold.head = index
        if self._summary and begin >= 0:
            self._summary.summary = block.raw[begin:]
        self._say(" ")

    def _inlines(self, block: Node) -> None:
        for node in block.walk():
            if node.kind == "inline_html" and node.raw.startswith("</"):
                for token in tokens(node.raw, 0):
                    if isinstance(token, Tag) and token.closes and token.name == "details":
                        self._close(-1)
                    elif isinstance(token, Tag) and token.closes and token.name == "summary":
                        self._end_summary(None)
            elif self._summary and node.kind != "inline_html" and not node.children:
                self._say(node.raw)
        self._say(" ")

    def _say(self, words: str) -> None:
        if self._summary:
            self._words.append(words)

    def _end_summary(self, tag: Span | None) -> None:
        """End the summary that is being read, at a tag of the block's own HTML or somewhere in the block."""
        fold, self._summary = self._summary, None
        if fold is None:
            return
        fold.words = " ".join("".join(self._words).split())
        fold.begins = next((i for siblings, i in self._path if siblings is fold.siblings), -1)
        if tag and self._path[-1][0] is fold.siblings:
            fold.said, fold.says = tag.start, tag.end

    def _close(self, at: int) -> None:
        """End the innermost fold, at an offset of the block that is being read."""
        if not self._open:
            return
        fold = self._open.pop()
        fold.closed = True
        for siblings, index in self._path:
            if siblings is fold.siblings:
                fold.last = index
                fold.ends = at if siblings is self._path[-1][0] else -1
                return
        fold.last = len(fold.siblings) - 1  # closed outside the list that it begins in
