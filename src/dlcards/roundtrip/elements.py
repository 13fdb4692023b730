"""The elements and texts of a canonical form: of several forms that say the same, the one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dlcards.model import lazy_compile


class Element(NamedTuple):
    """An element of a canonical form.

    Attributes:
        name: Its name in HTML; ``math`` and ``display-math`` for formulas, whose one child is their TeX;
            ``deep`` for a field that is not read, whose one attribute is its HTML.
        attributes: What of its attributes says something, in a fixed order.
        children: Its elements and texts; no text is empty, and none stands beside another.
    """

    name: str
    attributes: tuple[str, ...]
    children: tuple[Child, ...]


Child = Element | str

_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "hr", "display-math")
_LISTS = ("ul", "ol", "li", "table", "tr", "td", "th")
BLOCKS = frozenset((*_PARAGRAPHS, *_LISTS, "section", "details", "summary"))
_EMPTY = frozenset({"br", "hr", "img", "input"})
_STYLED = frozenset({"strong", "em", "del"})
_BLANKS = lazy_compile(r"[\s\u00a0]+")


def displayed(child: Child) -> Child:
    """A child of a block: a displayed formula breaks its lines, and so is a block, too."""
    if isinstance(child, Element) and child.name == "math" and child.attributes:
        return Element("display-math", (), child.children)
    return child


def plainest(element: Element) -> Element:
    """An element in the one of several forms that say the same."""
    name, _, children = element
    only = children[0] if len(children) == 1 else None
    if name in ("blockquote", "section") and children:
        return element._replace(children=tuple(paragraphs(children)))
    if name in ("ul", "ol"):
        return element._replace(children=tuple(_items(children)))
    if name == "li" and children and _is(children[0], "p") and not any(_is(c, "p") for c in children[1:]):
        # The items of a list with blank lines between them; what an editor adds has none.
        first = children[0]
        assert isinstance(first, Element)
        return element._replace(children=(*first.children, *children[1:]))
    if name == "strong" and isinstance(only, Element) and only.name == "em":
        return only._replace(children=(element._replace(children=only.children),))
    return element


def _items(children: Sequence[Child]) -> Iterator[Child]:
    """What stands in a list: one right in it, as browsers indent items, in the item before."""
    last: Child | None = None
    for child in children:
        if (
            isinstance(last, Element)
            and last.name == "li"
            and isinstance(child, Element)
            and child.name in ("ul", "ol")
        ):
            *before, inner = last.children or ("",)
            if isinstance(inner, Element) and inner[:2] == child[:2]:
                child = inner._replace(children=(*inner.children, *child.children))
                last = last._replace(children=tuple(before))
            last = last._replace(children=(*last.children, child))
            continue
        if last is not None:
            yield last
        last = child
    if last is not None:
        yield last


def plain_blanks(text: str) -> str:
    """A text with one blank for each run of them."""
    return _BLANKS.sub(" ", text)


def joined(children: Iterable[Child]) -> Iterator[Child]:
    """Neighbouring texts and emphases as one, and blanks at the ends of emphasis outside of it."""
    found: list[Child] = []

    def add(child: Child) -> None:
        last = found[-1] if found else None
        if isinstance(child, str) and isinstance(last, str):
            found[-1] = plain_blanks(last + child)
        elif (
            isinstance(child, Element)
            and isinstance(last, Element)
            and child.name == last.name
            and child.name in _STYLED
        ):
            found[-1] = last._replace(children=tuple(joined([*last.children, *child.children])))
        elif not _says_nothing(child):
            found.append(child)

    for child in children:
        if not (isinstance(child, Element) and child.name in _STYLED and child.children):
            if not (isinstance(child, Element) and child.name in _STYLED):
                add(child)
            continue
        inner = list(child.children)
        before = after = ""
        if isinstance(inner[0], str):
            stripped = inner[0].lstrip(" ")
            before, inner[0] = inner[0][: len(inner[0]) - len(stripped)], stripped
        if isinstance(inner[-1], str):
            stripped = inner[-1].rstrip(" ")
            after, inner[-1] = inner[-1][len(stripped) :], stripped
        add(before)
        if left := tuple(each for each in inner if each != ""):
            add(child._replace(children=left))
        add(after)
    return iter(found)


def _says_nothing(child: Child) -> bool:
    """Whether nobody sees a text or an element: one that a browser leaves around what has gone."""
    if isinstance(child, str):
        return not child
    return child.name not in BLOCKS and child.name not in _EMPTY and not any(child.children)


def _is(child: Child | None, *names: str) -> bool:
    return isinstance(child, Element) and child.name in names


def _is_block(child: Child | None) -> bool:
    return isinstance(child, Element) and child.name in BLOCKS


def has_block(children: Sequence[Child]) -> bool:
    """Whether there is a block among some elements and texts."""
    return any(map(_is_block, children))


def trimmed(children: Sequence[Child]) -> Iterator[Child]:
    """What stands in a block, without blanks and breaks at its edges and at those of blocks in it."""
    kept: list[Child] = []
    for number, child in enumerate(children):
        before = children[number - 1] if number else None
        after = children[number + 1] if number + 1 < len(children) else None
        if isinstance(child, str):
            if before is None or _is_block(before) or _is(before, "br"):
                child = child.lstrip(" ")
            if after is None or _is_block(after) or _is(after, "br"):
                child = child.rstrip(" ")
        if child != "":
            kept.append(child)
    before_each = _nearest_words(kept)
    behind_each = reversed(list(_nearest_words(kept[::-1])))
    for child, last, rest in zip(kept, before_each, behind_each, strict=True):
        if _is(child, "br") and (rest is None or last is None or _is_block(rest) or _is_block(last)):
            continue
        if _is(child, "ul", "ol", "blockquote") and isinstance(child, Element) and not child.children:
            continue
        if isinstance(child, Element) and child.name == "p":
            if not child.children:
                continue
            if has_block(child.children):  # a <div> around blocks
                yield from paragraphs(child.children, child.attributes)
                continue
        yield child


def _nearest_words(children: Sequence[Child]) -> Iterator[Child | None]:
    """For each of some children the nearest one before it that is no break."""
    last: Child | None = None
    for child in children:
        yield last
        last = last if _is(child, "br") else child


def paragraphs(children: Iterable[Child], attributes: tuple[str, ...] = ("",)) -> Iterator[Child]:
    """Blocks as they are, and what stands loose between them as paragraphs."""
    loose: list[Child] = []
    for child in children:
        if not _is_block(child):
            loose.append(child)
            continue
        if loose:
            yield plainest(Element("p", attributes, tuple(trimmed(loose))))
        loose = []
        yield child
    if loose:
        yield plainest(Element("p", attributes, tuple(trimmed(loose))))
