"""The data that the whole program speaks in. Frozen; imports nothing of dlcards.

All places are offsets in characters into the text of a document as it is on disk; lines and columns
are made only where a report needs them (:meth:`Document.position`).
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of ``text`` that this span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Node:
    """A block or an inline of a parsed document.

    Attributes:
        kind: mistune's name of the token (``heading``, ``paragraph``, ``link``, …), and
            ``front_matter``, ``definition`` and ``footnote_definition``, which mistune has no
            tokens for.
        span: Where it stands. Inside lists and quotes a span of several lines runs over the
            markers of the container, too.
        children: The nodes inside it, in order.
        raw: The literal content of a leaf: text, code, math or HTML; else empty.
        attrs: What mistune knows about it (``level``, ``url``, ``info``, …).
    """

    kind: str
    span: Span
    children: tuple[Node, ...] = ()
    raw: str = ""
    attrs: Mapping[str, object] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def str_attr(self, name: str) -> str:
        """The attribute ``name`` as a string, empty where there is none."""
        value = self.attrs.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document, of any level, also inside lists and quotes.

    Attributes:
        level: 1 to 6.
        text: Its words without markup.
        slug: The anchor that GitHub gives it, unique in the document.
        node: The heading itself.
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
    DEFINITION = "definition"
    HTML_LINK = "html link"
    HTML_IMAGE = "html image"

    @property
    def is_image(self) -> bool:
        """Whether the address is shown as a picture."""
        return self in (LinkKind.IMAGE, LinkKind.HTML_IMAGE)


@dataclass(frozen=True, slots=True)
class Link:
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


@dataclass(frozen=True, slots=True)
class ContentsEntry:
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


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents.

    Attributes:
        heading: Its heading; None for a list of links that stands without one.
        span: The blocks below that heading, up to what follows the contents.
        entries: Its links to anchors of this document, in order.
    """

    heading: Heading | None
    span: Span
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with what stands below it.

    Attributes:
        id: What the anchor heading says, without ``#``: ``12-1``.
        anchor: The anchor heading; for a malformed one the block that it is in.
        slug: The anchor that leads to the pair on GitHub; empty where there is none.
        question: The question's words without markup; empty where the question is missing.
        question_node: The question's heading.
        body: The answer's blocks, without summary, hint and follow-ups.
        summary: The paragraph of the ``핵심`` quote, without its label.
        hint: The paragraph of the ``힌트`` quote, without its label.
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
    def answer(self) -> tuple[Node, ...]:
        """All blocks that answer the question."""
        return (*self.summary, *self.hint, *self.body)

    @property
    def parent_id(self) -> str | None:
        """The id of the question that this one belongs to: ``12`` for ``12-1``."""
        head, _, tail = self.id.rpartition("-")
        return head if head and tail.isdecimal() and head.replace("-", "").isdecimal() else None


@dataclass(frozen=True)
class Document:
    """A parsed file, with the facts that rules share.

    Attributes:
        path: Where it stands, relative to the root of the project, with ``/``.
        text: The file's characters, line ends and BOM as on disk.
        blocks: The top-level blocks; their spans tile the text.
        headings: All headings in order.
        links: All links and pictures in order.
        ids: The values of ``id`` and ``name`` attributes in HTML: anchors, too.
        contents: The table of contents, if there is one.
        pairs: The questions in order.
        layout: How the questions are laid out: a name of ``dlcards.layouts.LAYOUTS``; empty where
            there are none.
        layout_detected: Whether the layout was detected, not configured.
    """

    path: PurePosixPath
    text: str
    blocks: tuple[Node, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    ids: tuple[str, ...]
    contents: Contents | None
    pairs: tuple[Pair, ...]
    layout: str
    layout_detected: bool

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

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything in this document that a fragment can lead to."""
        return frozenset([heading.slug for heading in self.headings] + list(self.ids))

    def nodes(self) -> Iterator[Node]:
        """All nodes of the document, in order."""
        for block in self.blocks:
            yield from block.walk()


class Severity(enum.Enum):
    """How much a finding matters. An error keeps the pair out of the deck."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Text:
    """A message in the languages that the program speaks."""

    ko: str
    en: str

    def in_(self, language: str) -> str:
        """The message in ``language``, one of :data:`LANGUAGES`."""
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of the characters of ``span`` by ``text``."""

    span: Span
    text: str


class Aspect(enum.Enum):
    """Something about a page that a fix must leave alone unless it says that it means to change it."""

    WORDS = "words"  # letters and digits that the page shows, contents left out
    STRUCTURE = "structure"  # headings with their levels and anchors, ids of pairs
    ADDRESSES = "addresses"  # where links and pictures lead
    BREAKS = "breaks"  # hard line breaks


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend one finding together, in the order of their places, without overlap.

    Attributes:
        edits: What to replace.
        changes: What of the page the fix is meant to change. Everything else is compared before
            and after, and the fix is dropped when it differs.
    """

    edits: tuple[Edit, ...]
    changes: frozenset[Aspect] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that makes a finding clear: "the first one is here"."""

    span: Span
    message: Text


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a rule found at one place.

    Attributes:
        span: The place.
        message: One sentence for the reader.
        fix: How to mend it, where a program can.
        related: Second places in the same document.
        cause: Findings of one rule with one cause that is not empty are shown as one line: a
            house style that all questions share is one thing to decide, not fifty.
    """

    span: Span
    message: Text
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    cause: str = ""


class Files(Protocol):
    """What rules may know about the files of the project; paths are relative to its root."""

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name, letter case included."""

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a markdown document; None where it is no readable one."""

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where there is none that can be read."""

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files (no folders) in a folder, sorted; none where there is no such folder."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a project says about itself in ``[tool.dlcards]``.

    Attributes:
        repository: ``owner/name`` on GitHub; with it, absolute addresses of the repository's own
            files are looked up in the checkout, and cards link to their source.
        branch: The branch that such addresses name.
        deck: The deck's name in Anki; empty means the document's file name.
        language: The language of the answers: a card's ``lang``, and what K001 compares with.
        select: Codes of rules, or beginnings of codes (``Q``, ``M00``), to switch on besides the
            rules that are on by themselves.
        ignore: Codes, or beginnings of codes, to switch off.
        severity: ``error``, ``warning`` or ``note`` by code, where it differs from the rule's own.
        per_file_ignores: Codes to switch off by glob of paths.
        layouts: The layout by glob of paths; where none fits, it is detected.
        anchors: Whose anchors headings get: ``github`` or ``gitbook``.
        question_pattern: What a heading must match to be a question in the ``heading`` layout; empty for
            the patterns of :mod:`dlcards.layouts`.
        contents_headings: What the contents' heading says, without emoji; compared without case.
        references_headings: What the references' heading says.
        follow_ups_headings: What the follow-ups' heading says.
        summary_label: The word before the colon in the summary's quote.
        hint_label: The word before the colon in the hint's quote.
        placeholders: Words that stand for an answer to come.
        answer_labels: Words that only announce an answer.
        primary_sources: Hosts, with a path's beginning where it matters, that count as primary (Q011).
        summary_length: Smallest and largest length of a summary in characters (Q013).
        answer_length: Smallest and largest length of an answer in characters (Q014).
        answer_lengths: Other ranges for single ids (Q014).
        compare_with: Files that no answer may copy from, relative to the root (Q015).
        generic_alts: Alternative texts that say nothing (I002).
        image_bytes: Largest size of a picture in bytes (I006).
        image_width: Largest width of a picture in pixels (I006).
        vague_link_texts: Words that say nothing about where a link leads (L014).
        register: ``한다체`` or ``합니다체``: the style that K003 asks for.
        links_exclude: Globs of addresses that the link checker never asks.
        links_allow_net: Networks (CIDR) that it may ask though they are not public.
        glossary: A TOML file, relative to the root, with the project's terms (K005).
        lock: The lock file, relative to the root; empty for ``deck.lock`` beside the documents.
    """

    repository: str = ""
    branch: str = "main"
    deck: str = ""
    language: str = "ko"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    anchors: str = "github"
    question_pattern: str = ""
    contents_headings: tuple[str, ...] = ("목차", "table of contents", "contents", "目录")
    references_headings: tuple[str, ...] = (
        "references",
        "reference",
        "참고 자료",
        "참고자료",
        "참고 문헌",
        "참고문헌",
        "참고",
        "additional links",
        "参考",
    )
    follow_ups_headings: tuple[str, ...] = ("꼬리질문", "꼬리 질문", "follow-up questions", "follow-ups")
    summary_label: str = "핵심"
    hint_label: str = "힌트"
    placeholders: tuple[str, ...] = (
        "todo",
        "tbd",
        "to be filled",
        "to be added",
        "answer here",
        "wip",
        "추후",
        "추후 작성",
        "추후 작성 예정",
        "추후 추가",
        "작성 예정",
        "작성 중",
        "작성중",
        "답변 추가하기",
        "답변 추가 예정",
        "내용 추가 예정",
        "준비 중",
        "무슨말일까요",
        "무슨 말일까요",
    )
    answer_labels: tuple[str, ...] = ("answer", "answers", "a", "답변", "답", "정답")
    primary_sources: tuple[str, ...] = (
        "arxiv.org/abs",
        "doi.org",
        "proceedings.mlr.press",
        "jmlr.org",
        "papers.nips.cc",
        "proceedings.neurips.cc",
        "openreview.net",
        "aclanthology.org",
        "deeplearningbook.org",
        "d2l.ai",
        "cs231n.github.io",
        "distill.pub",
    )
    summary_length: tuple[int, int] = (20, 120)
    answer_length: tuple[int, int] = (300, 1_000)
    answer_lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    compare_with: tuple[str, ...] = ()
    generic_alts: tuple[str, ...] = (
        "image",
        "img",
        "picture",
        "figure",
        "screenshot",
        "그림",
        "이미지",
        "사진",
        "스크린샷",
    )
    image_bytes: int = 500_000
    image_width: int = 2_000
    vague_link_texts: tuple[str, ...] = (
        "여기",
        "이곳",
        "링크",
        "클릭",
        "here",
        "link",
        "click here",
        "this",
        "참고",
    )
    links_exclude: tuple[str, ...] = ()
    links_allow_net: tuple[str, ...] = ()
    register: str = "한다체"
    glossary: str = ""
    lock: str = ""


class Outcome(enum.Enum):
    """What the link checker says of an address. Three answers, not two: what could not be decided is
    ``unsure``, never ``broken``.
    """

    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    UNSURE = "unsure"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one address.

    Attributes:
        url: The address as asked.
        outcome: Ok, moved, broken, unsure or skipped.
        reason: Why, in a word for programs: ``not-found``, ``blocked``, ``timeout``, ….
        status: The last HTTP status.
        final_url: Where a moved address led.
        suspect: Why an answer that is ok looks like a deleted or parked page: ``soft-404``,
            ``parked``, ``to-root``, ``other-domain``; else empty.
        detail: A short word more, in English, secrets masked.
    """

    url: str
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    final_url: str = ""
    suspect: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may use besides the document.

    Attributes:
        config: The project's configuration.
        files: The project's files.
        documents: All documents of the run, for what no single one shows; rules take these from
            here and never read a document themselves.
        verdicts: What the link checker says of addresses; empty where it was not asked.
    """

    config: Config
    files: Files
    documents: tuple[Document, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: a code, a name, a severity, and the function that finds.

    ``fixable`` says whether some of its findings have a fix, ``default`` whether it is on without
    being selected.

    Its page (what it finds, why that hurts, how to mend it, examples) is the docstring of the
    function's module, in Korean the module's ``KO``; see :mod:`dlcards.rules.pages`.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Document, Context], Iterator[Diagnostic]]
    fixable: bool = False
    default: bool = True
