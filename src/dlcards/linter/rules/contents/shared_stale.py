"""Contents none of whose entries leads anywhere: the whole list anew, in the document's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from dlcards.document.anchors import resolves
from dlcards.document.numbering import numbers
from dlcards.linter.rules.contents.shared_list import (
    MARKER,
    groups,
    meant,
    named,
    namesakes,
    question_markup,
)
from dlcards.model import Aspect, ContentsEntry, Document, Edit, Fix, Pair, Span

_ADDRESSES = frozenset({Aspect.ADDRESSES})


class _Item(NamedTuple):
    """A bullet with links, as far as the next one.

    Attributes:
        entries: Its links.
        span: Its lines, without the last line end.
        indent: The blanks before its bullet.
        mark: The bullet and the blanks after it.
        slug: Where its words say that it should lead; empty where they don't tell.
        is_plain: Whether nothing stands in it but links.
    """

    entries: tuple[ContentsEntry, ...]
    span: Span
    indent: str
    mark: str
    slug: str
    is_plain: bool

    @property
    def depth(self) -> int:
        return self.entries[0].depth


class _Row(NamedTuple):
    """A line of the new list: a question, or another heading, with the bullet that it had before."""

    place: int
    slug: str
    pair: Pair | None
    item: _Item | None


def rewritten_contents(document: Document) -> Fix | None:
    """All questions in the document's order, in place of a list whose entries all lead nowhere.

    What stands beside an entry stays with it, as far as its words say which question it means; what
    stands beside others, and bullets without links, follow the new entries. None where an entry leads
    somewhere, where the contents are anything but one list: its groups were chosen by somebody; and where
    an item names a question without a link, which would then be listed twice.
    """
    contents = document.contents
    if contents is None or any(resolves(entry.target, document.anchors) for entry in contents.entries):
        return None
    items = _items(document, contents.entries) if len(groups(document)) == 1 and not named(document) else []
    rows = _rows(document, items) if items else []
    if not rows:
        return None
    whole = Span(items[0].span.start, items[-1].span.end)
    kept = {row.item.span for row in rows if row.item}
    moved = [item.span for item in items if item.span in kept or item.is_plain]
    text = document.newline.join([*_lines(document, rows, items), *_left(document, whole, moved)])
    return Fix((Edit(whole, text),), _ADDRESSES)


def _items(document: Document, entries: Sequence[ContentsEntry]) -> list[_Item]:
    """The bullets of the contents; none where a link stands in none, or one bullet means two questions."""
    text, anchors = document.text, namesakes(document)
    bullets = [tuple(group) for _, group in groupby(entries, key=lambda entry: entry.span)]
    starts = [document.line_span(bullet[0].span.start).start for bullet in bullets]
    if any(start >= following for start, following in pairwise(starts)):
        return []
    found = []
    for bullet, start, following in zip(bullets, starts, [*starts[1:], len(text)], strict=True):
        match = MARKER.match(text, start)
        slugs = {slug for entry in bullet if (slug := meant(entry.text, anchors))}
        if not match or match.end() > bullet[0].link.span.start or len(slugs) > 1:
            return []
        end = start + len(text[start : min(bullet[0].span.end, following)].rstrip())
        beside = list(text[match.end() : end])
        for entry in bullet:
            for index in range(entry.link.span.start, entry.link.span.end):
                beside[index - match.end()] = " "
        span, is_plain = Span(start, end), not "".join(beside).strip()
        found.append(_Item(bullet, span, match[1], match[2] + match[3], min(slugs, default=""), is_plain))
    return found


def _rows(document: Document, items: Sequence[_Item]) -> list[_Row]:
    # Of two bullets for one question the one with something beside it, else the first.
    by_slug: dict[str, _Item] = {}
    for item in sorted(items, key=lambda item: item.is_plain):
        if item.slug:
            by_slug.setdefault(item.slug, item)
    pairs = [pair for pair in document.pairs if pair.question and pair.slug]
    rows = [_Row(pair.span.start, pair.slug, pair, by_slug.pop(pair.slug, None)) for pair in pairs]
    rows += [
        _Row(heading.node.span.start, heading.slug, None, by_slug[heading.slug])
        for heading in document.headings
        if heading.slug in by_slug
    ]
    return sorted(rows, key=lambda row: row.place)


def _lines(document: Document, rows: Sequence[_Row], items: Sequence[_Item]) -> Iterator[str]:
    first = items[0]
    looks: dict[int, tuple[str, str]] = {}
    for item in items:
        looks.setdefault(item.depth - first.depth, (item.indent, item.mark))
    for row, depth in zip(rows, _depths(rows, first.depth), strict=True):
        if depth not in looks:
            indent, mark = looks[depth - 1]
            looks[depth] = (indent + " " * len(mark), mark)
        indent, mark = looks[depth]
        if row.item and not row.item.is_plain:
            yield _moved(document, row.item, row.slug, indent)
        elif row.pair:
            yield f"{indent}{mark}[{question_markup(document, row.pair)}](#{row.slug})"
        elif row.item:
            words = row.item.entries[-1].link
            yield f"{indent}{mark}{Span(words.span.start, words.url_span.start).of(document.text)}#{row.slug})"


def _depths(rows: Sequence[_Row], outermost: int) -> Iterator[int]:
    """How deep each line stands: sub-questions below theirs, the others below their section if they were."""
    listed: dict[tuple[int, ...], int] = {}
    tops = [row.item.depth - outermost for row in rows if row.item and row.pair and not _is_sub(row.pair)]
    is_sectioned = min(tops, default=0) > 0
    section, before = -1, -1
    for row in rows:
        number = numbers(row.pair.id) if row.pair else ()
        if number and (above := _above(number, listed)) is not None:
            depth = above + 1
        elif row.item and not number:
            depth = row.item.depth - outermost
        else:
            depth = section + 1 if is_sectioned else 0
        before = min(max(depth, 0), before + 1)
        if number:
            listed[number] = before
        elif row.pair is None:
            section = before
        yield before


def _is_sub(pair: Pair) -> bool:
    return len(numbers(pair.id)) > 1


def _above(number: tuple[int, ...], listed: Mapping[tuple[int, ...], int]) -> int | None:
    """The depth of the nearest question above one."""
    ends = range(len(number) - 1, 0, -1)
    return next((listed[number[:end]] for end in ends if number[:end] in listed), None)


def _moved(document: Document, item: _Item, slug: str, indent: str) -> str:
    """The lines of a bullet with what stands beside its links, which lead to ``slug`` now."""
    parts, at = [], item.span.start + len(item.indent)
    for entry in item.entries:
        parts += [document.text[at : entry.link.url_span.start], f"#{slug}"]
        at = entry.link.url_span.end
    lines = "".join([*parts, document.text[at : item.span.end]]).split("\n")
    # The lines below go with their bullet: they stand as far to its right as before.
    deeper = len(indent) - len(item.indent)
    if deeper >= 0:
        below = [" " * deeper + line if line.strip() else line for line in lines[1:]]
    else:
        below = [re.sub(rf"^ {{0,{-deeper}}}", "", line) for line in lines[1:]]
    return "\n".join([indent + lines[0], *below])


def _left(document: Document, whole: Span, moved: Sequence[Span]) -> Iterator[str]:
    """What stands between the bullets that move, and is more than blanks."""
    edges = [whole.start, *(edge for span in moved for edge in (span.start, span.end)), whole.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = document.text[start:end].strip("\r\n")
        if piece.strip():
            yield piece
