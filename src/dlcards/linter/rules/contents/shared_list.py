"""The table of contents as a list: its groups, what its entries lead to, and its lines where they are plain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dlcards.document.once import once
from dlcards.document.text import fold
from dlcards.markdown import plain_text
from dlcards.model import ContentsEntry, Document, Edit, LinkKind, Node, Pair, Span, lazy_compile

MARKER = lazy_compile(r"([ \t]*)([*+-]|\d{1,9}[.)])([ \t]+)")
_BULLET = lazy_compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+][ \t]+)")
# What people write before an entry: `#2`, `2.`, `(2)`, `Q2:`, `1-1`.
NUMBER = lazy_compile(
    r"(?:(?:q(?:uestion)?|질문|문제)\s*)?[#(\[]*\d{1,9}(?:[-.]\d{1,9})*(?:[.:)\]]+\s*|\s+)", re.I
)
# Brackets, and what keeps them as they are: code, a backslash.
_BRACKET = lazy_compile(r"(?<!`)(`+)(?!`)[^`]*(?<!`)\1(?!`)|\\.|[\[\]]", re.S)


class Line(NamedTuple):
    """An entry that has a line of its own: a bullet, a link, and nothing else.

    Attributes:
        entry: The entry.
        indent: The blanks before its bullet.
        mark: The bullet and the blanks after it.
        span: The line, without its line end.
    """

    entry: ContentsEntry
    indent: str
    mark: str
    span: Span


class Unlinked(NamedTuple):
    """An item of the contents that has words and no link.

    Attributes:
        words: What it says, without markup.
        span: Where it says that.
        item: Its bullet: the whole list item, with what is nested in it.
        is_label: Whether it has items of its own below it.
    """

    words: str
    span: Span
    item: Span
    is_label: bool


def bare(text: str) -> str:
    """``text`` for comparison: without blanks, letter case, and what ends a sentence."""
    return "".join(fold(text).split()).rstrip(".?!？")


def forms(words: str) -> tuple[str, str]:
    """What an entry says, as it stands and without a number in front; the same twice where there is none."""
    return words, NUMBER.sub("", words, count=1) if NUMBER.match(words) else words


@once
def unlinked(document: Document) -> list[Unlinked]:
    """The items of the contents' lists, in quotes too, that have words and no link, in order."""
    items = (node for block in _blocks(document) for node in block.walk() if node.kind == "list_item")
    leading = {link.span.start for link in document.links if link.kind is not LinkKind.DEFINITION}
    found = []
    for item in items:
        own = [child for child in item.children if child.kind not in ("list", "blank_line")]
        # What is more than one paragraph is no entry.
        if len(own) != 1 or own[0].kind not in ("paragraph", "block_text") or not own[0].children:
            continue
        if any(node.span.start in leading for node in own[0].walk()):
            continue
        words = " ".join(plain_text(own[0].children).split())
        if any(map(str.isalnum, words)):
            span = Span(own[0].children[0].span.start, own[0].children[-1].span.end)
            found.append(
                Unlinked(words, span, item.span, any(child.kind == "list" for child in item.children))
            )
    return found


@once
def by_words(document: Document) -> dict[str, list[Pair]]:
    """The questions by their bare words, with their numbers and without, and by their anchors (``#2``)."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in document.pairs:
        if pair.question:
            found[bare(pair.question)].append(pair)
    unnumbered: dict[str, list[Pair]] = defaultdict(list)
    for pair in document.pairs:
        if pair.question and bare(short := forms(pair.question)[1]) not in found:
            unnumbered[bare(short)].append(pair)
    found |= unnumbered
    for pair in document.pairs:
        if pair.question and pair.slug:
            found.setdefault(bare(f"#{pair.slug}"), [pair])
    return dict(found)


def asked(words: str, questions: Mapping[str, list[Pair]]) -> list[Pair]:
    """Those of the questions :func:`by_words` that an entry names, with a number in front or without."""
    return next((questions[bare(form)] for form in forms(words) if bare(form) in questions), [])


def named(document: Document) -> list[tuple[Unlinked, Pair]]:
    """The items without a link that name one question, and the question."""
    items = unlinked(document)
    questions = by_words(document) if items else {}
    pairs = [(item, asked(item.words, questions)) for item in items]
    return [(item, found[0]) for item, found in pairs if len(found) == 1]


@once
def questions(document: Document) -> dict[str, Pair]:
    """The questions by the folded anchors that lead to them: the section's own and its question's."""
    by_node = {id(heading.node): heading.slug for heading in document.headings}
    found: dict[str, Pair] = {}
    for pair in document.pairs:
        for slug in (pair.slug, by_node.get(id(pair.question_node), "")):
            if slug:
                found.setdefault(fold(slug), pair)
    return found


@once
def namesakes(document: Document) -> dict[str, str]:
    """The anchors by folded words: of the only question that says them, else of the only heading.

    :func:`meant` looks an entry's words up in them.
    """
    found: dict[str, str] = {}
    pairs = [(fold(pair.question), pair.slug) for pair in document.pairs if pair.question and pair.slug]
    headings = [(fold(heading.text), heading.slug) for heading in document.headings]
    # Weakest first: what an entry says as it stands is surer than what it says without a number.
    for named in (_unnumbered(headings), headings, _unnumbered(pairs), pairs):
        count = Counter(words for words, _ in named)
        found |= {words: slug if count[words] == 1 else "" for words, slug in named}
    return {words: slug for words, slug in found.items() if words and slug}


def _unnumbered(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(fold(forms(words)[1]), slug) for words, slug in named]


def meant(words: str, anchors: Mapping[str, str]) -> str:
    """The one of the anchors :func:`namesakes` that an entry's words say, or nothing."""
    return next((anchors[fold(form)] for form in forms(words) if fold(form) in anchors), "")


def question_markup(document: Document, pair: Pair) -> str:
    """The question as it is written, on one line, for use as the text of a link."""
    node = pair.question_node
    if node is None or not node.children:
        return pair.question
    source = Span(node.children[0].span.start, node.children[-1].span.end).of(document.text)
    if any(child.kind in ("link", "image") for child in node.walk()):
        source = pair.question
    escaped = _BRACKET.sub(lambda match: f"\\{match[0]}" if match[0] in "[]" else match[0], source)
    return " ".join(escaped.split())


@once
def groups(document: Document) -> list[list[ContentsEntry]]:
    """The entries that make one list, for each list of the contents.

    What stands under a label (a paragraph, a bullet without a link) is a list of its own: somebody
    chose its entries and their order. Tables are left out, as nobody knows whether to read them
    by rows or by columns.
    """
    contents = document.contents
    if contents is None:
        return []
    entries = {entry.link.span: entry for entry in contents.entries}
    found: list[list[ContentsEntry]] = [[]]
    for block in document.blocks:
        if not contents.span.holds(block.span) or block.kind == "blank_line":
            continue
        if block.kind == "list":
            _sort_list(block, entries, found[-1], found)
        else:
            found += [_links(block, entries) if block.kind != "table" else [], []]
    return [group for group in found if group]


def enclosing(
    entries: Sequence[ContentsEntry], known: dict[str, Pair]
) -> Iterator[tuple[ContentsEntry, Pair | None]]:
    """Each entry with the question of the nearest entry that it is nested in."""
    stack: list[tuple[ContentsEntry, Pair | None]] = []
    for entry in entries:
        while stack and not (stack[-1][0].span.holds(entry.span) and entry.span != stack[-1][0].span):
            stack.pop()
        yield entry, next((pair for _, pair in reversed(stack) if pair), None)
        stack.append((entry, known.get(fold(entry.target))))


def bullets(document: Document) -> dict[Span, tuple[str, str]]:
    """The items of the contents that a line can be written beside, with their indent, and their bullet and
    the blanks after it.

    They are those of lists that stand in nothing else: the lines of a quote begin with its mark.
    """
    found: dict[Span, tuple[str, str]] = {}
    for block in _blocks(document):
        if block.kind == "list":
            _look_at(document, block, None, found)
    return found


def plain_line(document: Document, entry: ContentsEntry) -> Line | None:
    """The line of an entry; None where there is anything besides bullet and link on it."""
    line = document.line_span(entry.link.span.start)
    match = _BULLET.match(document.text, line.start, line.end)
    rest = Span(entry.link.span.end, line.end)
    if not match or match.end() != entry.link.span.start or rest.of(document.text).strip():
        return None
    return Line(entry, match["indent"], match["mark"], line)


def plain_lines(document: Document) -> list[Line]:
    """The lines of contents that are one list of plain lines; none where they are anything else."""
    contents = document.contents
    if contents is None or len(groups(document)) != 1:
        return []
    found = [plain_line(document, entry) for entry in contents.entries]
    lines = [line for line in found if line]
    between = (Span(a.span.end, b.span.start) for a, b in pairwise(lines))
    if len(lines) < len(found) or any(gap.of(document.text) not in ("\n", "\r\n") for gap in between):
        return []
    return lines


def rewritten(document: Document, lines: Sequence[Line], texts: Sequence[str]) -> Edit:
    """The edit that puts ``texts`` in the place of ``lines``, which keep their line ends."""
    ends = [Span(a.span.end, b.span.start).of(document.text) for a, b in pairwise(lines)]
    text = "".join(text + end for text, end in zip(texts, [*ends, ""], strict=True))
    return Edit(Span(lines[0].span.start, lines[-1].span.end), text)


def _blocks(document: Document) -> Iterator[Node]:
    contents = document.contents
    return (block for block in document.blocks if contents and contents.span.holds(block.span))


def _look_at(document: Document, block: Node, outer: Node | None, found: dict[Span, tuple[str, str]]) -> None:
    for item in block.children:
        start = document.line_span(item.span.start).start
        match = MARKER.match(document.text, start)
        if not Span(start, item.span.start).of(document.text).strip():
            if match:
                found[item.span] = (match[1], match[2] + match[3])
        elif (
            outer
            and outer.span in found
            and not Span(item.span.end, outer.span.end).of(document.text).strip()
        ):
            found[item.span] = found[outer.span]  # `- 1. …`, and nothing else in the outer one
        for child in item.children:
            if child.kind == "list":
                _look_at(document, child, item, found)


def _sort_list(
    node: Node,
    entries: dict[Span, ContentsEntry],
    group: list[ContentsEntry],
    found: list[list[ContentsEntry]],
) -> None:
    for item in node.children:
        lists = [child for child in item.children if child.kind == "list"]
        own = [e for child in item.children if child.kind != "list" for e in _links(child, entries)]
        group += own
        for inner in lists:
            if own:
                _sort_list(inner, entries, group, found)
            else:
                label: list[ContentsEntry] = []
                found.insert(-1, label)
                _sort_list(inner, entries, label, found)


def _links(node: Node, entries: dict[Span, ContentsEntry]) -> list[ContentsEntry]:
    return [entries[n.span] for n in node.walk() if n.kind == "link" and n.span in entries]
