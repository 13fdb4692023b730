"""The table of contents as a list: its groups, what its entries lead to, and its lines where they are plain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dlcards.document.text import fold
from dlcards.markdown import plain_text
from dlcards.model import ContentsEntry, Document, Edit, Node, Pair, Span

MARKER = re.compile(r"([ \t]*)([*+-]|\d{1,9}[.)])([ \t]+)")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+][ \t]+)")
# Brackets, and what keeps them as they are: code, a backslash.
_BRACKET = re.compile(r"(?<!`)(`+)(?!`)[^`]*(?<!`)\1(?!`)|\\.|[\[\]]", re.S)


@dataclass(frozen=True, slots=True)
class Line:
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


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An item of the contents that has words and no link.

    Attributes:
        words: What it says, without markup.
        span: Where it says that.
        is_label: Whether it has items of its own below it.
    """

    words: str
    span: Span
    is_label: bool


def bare(text: str) -> str:
    """``text`` for comparison: without blanks, letter case, and what ends a sentence."""
    return "".join(fold(text).split()).rstrip(".?!？")


def unlinked(document: Document) -> list[Unlinked]:
    """The items of the contents' lists that have words and no link, in order."""
    contents = document.contents
    items = (
        item
        for block in document.blocks
        if contents and block.span in contents.span and block.kind == "list"
        for item in block.walk()
        if item.kind == "list_item"
    )
    found = []
    for item in items:
        own = [child for child in item.children if child.kind not in ("list", "blank_line")]
        # A tag may be a link, and what is more than one paragraph is no entry.
        leads = any(node.kind in ("link", "image", "inline_html") for child in own for node in child.walk())
        if len(own) != 1 or leads or own[0].kind not in ("paragraph", "block_text") or not own[0].children:
            continue
        words = " ".join(plain_text(own[0].children).split())
        if any(map(str.isalnum, words)):
            span = Span(own[0].children[0].span.start, own[0].children[-1].span.end)
            found.append(Unlinked(words, span, any(child.kind == "list" for child in item.children)))
    return found


def by_words(document: Document) -> dict[str, list[Pair]]:
    """The questions by their bare words."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in document.pairs:
        if pair.question:
            found[bare(pair.question)].append(pair)
    return dict(found)


def questions(document: Document) -> dict[str, Pair]:
    """The questions by the folded anchors that lead to them: the section's own and its question's."""
    by_node = {id(heading.node): heading.slug for heading in document.headings}
    found: dict[str, Pair] = {}
    for pair in document.pairs:
        for slug in (pair.slug, by_node.get(id(pair.question_node), "")):
            if slug:
                found.setdefault(fold(slug), pair)
    return found


def namesakes(document: Document) -> dict[str, str]:
    """The anchors by folded words: of the only question that says them, else of the only heading."""
    found: dict[str, str] = {}
    pairs = [(fold(pair.question), pair.slug) for pair in document.pairs if pair.question and pair.slug]
    headings = [(fold(heading.text), heading.slug) for heading in document.headings]
    for named in (headings, pairs):
        count = Counter(words for words, _ in named)
        found |= {words: slug if count[words] == 1 else "" for words, slug in named}
    return {words: slug for words, slug in found.items() if words and slug}


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
        if block.span not in contents.span or block.kind == "blank_line":
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
        while stack and not (entry.span in stack[-1][0].span and entry.span != stack[-1][0].span):
            stack.pop()
        yield entry, next((pair for _, pair in reversed(stack) if pair), None)
        stack.append((entry, known.get(fold(entry.target))))


def bullet(document: Document, entry: ContentsEntry) -> tuple[str, str] | None:
    """The indent of an entry's bullet, and the bullet with the blanks after it; None where it has none."""
    match = MARKER.match(document.text, document.line_span(entry.span.start).start)
    return (match[1], match[2] + match[3]) if match else None


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
