"""A parsed file, with its questions, contents, headings and links."""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of ``text`` that this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` stands inside this span."""
        return self.start <= other.start and other.end <= self.end


class Node(NamedTuple):
    """A block or an inline of a parsed document.

    Attributes:
        kind: mistune's name of the token (``heading``, ``paragraph``, ``link``, …), and
            ``front_matter``, ``definition`` and ``footnote_definition``, which mistune has no
            tokens for. The last one holds blocks.
        span: Where it stands. Inside lists and quotes a span of several lines runs over the
            markers of the container, too.
        children: The nodes inside it, in order.
        raw: The literal content of a leaf: text, code, math or HTML; else empty.
        attrs: What is known of it: ``level``, ``info``, whether a fence is ``closed``; of links,
            pictures and definitions ``url`` as it stands in HTML, ``address`` as it is meant, and
            ``place``, the address's :class:`Span`, unless a definition elsewhere says it.
    """

    kind: str
    span: Span
    children: tuple[Node, ...] = ()
    raw: str = ""
    attrs: Mapping[str, object] = MappingProxyType({})

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in document order."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            if node.children:
                left += node.children[::-1]

    def str_attr(self, name: str) -> str:
        """The attribute ``name`` as a string, empty where there is none."""
        value = self.attrs.get(name)
        return value if isinstance(value, str) else ""


def nodes_in(blocks: Sequence[Node]) -> tuple[Node, ...]:
    """Some blocks and all nodes below them, in document order."""
    found: list[Node] = []
    left = [*reversed(blocks)]
    while left:
        node = left.pop()
        found.append(node)
        if node.children:
            left += node.children[::-1]
    return tuple(found)


class Heading(NamedTuple):
    """A heading of a document, of any level, also inside lists and quotes, and of HTML.

    Attributes:
        level: 1 to 6.
        text: Its words without markup.
        slug: The anchor that GitHub gives it, unique in the document.
        node: The heading itself; of a heading of HTML, the node with its start tag.
    """

    level: int
    text: str
    slug: str
    node: Node


class LinkKind(enum.Enum):
    """How a link stands in the source."""

    LINK = "link"
    IMAGE = "image"
    AUTOLINK = "autolink"
    BARE = "bare address"  # text that GitHub makes a link of
    DEFINITION = "definition"
    HTML_LINK = "html link"
    HTML_IMAGE = "html image"
    HTML_SOURCE = "html source"  # another form of a picture: srcset, poster
    HTML_MEDIA = "html media"  # a sound or a film

    @property
    def is_image(self) -> bool:
        """Whether the address is shown as a picture."""
        return self in (LinkKind.IMAGE, LinkKind.HTML_IMAGE, LinkKind.HTML_SOURCE)


class Link(NamedTuple):
    """A link or picture, wherever it stands.

    Attributes:
        kind: How it is written. A link by reference (``[text][label]``) is a ``LINK`` whose
            address is its definition's.
        url: The address as written, entities and backslashes resolved; not percent-decoded.
        text: The words of a link, the alternative text of a picture.
        span: The whole link.
        url_span: The address inside it; empty at the link's end for a link by reference.
        by_reference: Whether the address stands in a definition elsewhere.
    """

    kind: LinkKind
    url: str
    text: str
    span: Span
    url_span: Span
    by_reference: bool = False


class ContentsEntry(NamedTuple):
    """One link of the table of contents.

    Attributes:
        link: The entry's link.
        target: The anchor that it leads to, decoded, without ``#``.
        text: Its words without markup.
        depth: 0 for the outermost bullets.
        span: Its bullet: the whole list item, with the entries nested in it.
    """

    link: Link
    target: str
    text: str
    depth: int
    span: Span


class Contents(NamedTuple):
    """The table of contents.

    Attributes:
        heading: Its heading; None for a list of links that stands without one.
        span: The blocks below that heading, up to what follows the contents.
        entries: Its links to anchors of this document, in order.
    """

    heading: Heading | None
    span: Span
    entries: tuple[ContentsEntry, ...]


class Pair(NamedTuple):
    """A question with what stands below it.

    Attributes:
        id: What the anchor heading says, without ``#``: ``12-1``.
        anchor: The anchor heading; for a malformed one the block that it is in.
        slug: The anchor that leads to the pair on GitHub; empty where there is none.
        question: The question's words without markup; empty where the question is missing.
        question_node: The question's heading.
        asked: The blocks that the question asks about: code, choices, a picture; on a card's front.
        body: The answer's blocks, without summary, hint and follow-ups.
        summary: The blocks of the ``핵심`` quote, without its label.
        hint: The blocks of the ``힌트`` quote, without its label.
        follow_ups: The blocks under the follow-ups heading.
        references: The blocks under the references heading.
        references_heading: That heading.
        malformed: What is wrong with the anchor, for a section that a strict reader would lose.
        span: From its anchor to the next pair's.
    """

    id: str
    anchor: Node
    slug: str
    question: str
    question_node: Node | None
    asked: tuple[Node, ...]
    body: tuple[Node, ...]
    summary: tuple[Node, ...]
    hint: tuple[Node, ...]
    follow_ups: tuple[Node, ...]
    references: tuple[Node, ...]
    references_heading: Node | None
    malformed: bool
    span: Span

    @property
    def place(self) -> Span:
        """What a report points at when it speaks of the whole pair: the question, or the anchor."""
        return (self.question_node or self.anchor).span

    @property
    def outline(self) -> PairPlace:
        """Which pair this is, without its nodes."""
        return PairPlace(self.id, self.span, self.place)

    @property
    def answer(self) -> tuple[Node, ...]:
        """All blocks that answer the question."""
        return (*self.summary, *self.hint, *self.body)

    @property
    def parent_id(self) -> str | None:
        """The id of the question that this one belongs to: ``12`` for ``12-1``."""
        head, _, tail = self.id.rpartition("-")
        return head if head and tail.isdecimal() and head.replace("-", "").isdecimal() else None


class PairPlace(NamedTuple):
    """Which pair it is: its id, from where to where it goes, and what a report of it points at."""

    id: str
    span: Span
    place: Span


class Reading(NamedTuple):
    """How one layout reads a document.

    Attributes:
        layout: A name of ``dlcards.document.layouts.LAYOUTS``.
        questions: How many questions it sees.
        asking: How many of them ask.
        covered: The share of the document's characters that stand under them, 0 to 1.
        sure: How sure it is that these are the document's questions, 0 to 1.
        answered: Whether the document answers them, and is no index of questions.
    """

    layout: str
    questions: int
    asking: int
    covered: float
    sure: float
    answered: bool = True


# Documents are too large to be compared or shown: each is equal to itself alone.
@dataclass(frozen=True, eq=False, repr=False)
class TextDocument:
    """A file's text with its places, all that a report needs of it.

    Attributes:
        path: Where it stands, relative to the root of the checkout, with ``/``.
        name: What the lock and the baseline call it (:meth:`Config.in_home`).
        text: The file's characters, line ends and BOM as on disk.
    """

    path: PurePosixPath
    name: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        # Not str.splitlines(): it also breaks at form feeds, U+2028 and others.
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    @cached_property
    def newline(self) -> str:
        """The line end that the document uses."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column, both in characters, of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_span(self, offset: int) -> Span:
        """The line that ``offset`` is in, without its line end."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)


@dataclass(frozen=True, eq=False, repr=False)
class Document(TextDocument):
    """A parsed file, with the facts that rules share.

    Attributes:
        blocks: The top-level blocks; their spans tile the text.
        headings: All headings in order.
        links: All links and pictures in order.
        ids: The values of ``id`` attributes in HTML, and of ``<a name>``: anchors, too. Those of headings
            are not; GitHub takes them away.
        contents: The table of contents, if there is one.
        pairs: The questions in order.
        layout: How the questions are laid out: a name of ``dlcards.document.layouts.LAYOUTS``; empty where
            there are none.
        layout_detected: Whether the layout was detected, not configured.
        readings: How the layouts read it that see questions, the surest first; none where one is configured,
            and of those only up to one that leaves no doubt.
    """

    blocks: tuple[Node, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    ids: tuple[str, ...]
    contents: Contents | None
    pairs: tuple[Pair, ...]
    layout: str
    layout_detected: bool
    readings: tuple[Reading, ...] = ()

    def source(self, nodes: Sequence[Node]) -> str:
        """The markdown of some nodes, such as :attr:`Pair.body`, as it stands in the file."""
        return "".join(node.span.of(self.text) for node in nodes)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything in this document that a fragment can lead to."""
        return frozenset([heading.slug for heading in self.headings] + list(self.ids))

    def nodes(self) -> Iterator[Node]:
        """All nodes of the document, in order."""
        return iter(self._nodes)

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        # Many rules look at all of them.
        return nodes_in(self.blocks)
