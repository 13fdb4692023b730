"""What a field says, whatever wrote it: our renderer, Anki's editor (Chromium), AnkiDroid's, a learner.

Two fields say the same if their canonical forms are equal. What these do not see of what a learner may have
done (colours, sizes, directions) is told by :func:`unseen`, so that nothing is called the same for it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dlcards.markdown.links import escape_url
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
_ALIASES = {"b": "strong", "i": "em", "strike": "del", "s": "del", "div": "p"}
# They say nothing by themselves; what is in them stands in what they stand in.
_DISSOLVED = frozenset(["span", "font", "tbody", "thead", "tfoot", "anki-mathjax", "html", "body"])
_EMPTY = frozenset({"br", "hr", "img", "input"})
_STYLED = frozenset({"strong", "em", "del"})
_DEEPEST = 100
_WORD_JOINER = "\u2060"
_APART = "\ufdd0"  # no character, and so in no text that would be one
# What the canonical form sees of an element's attributes, and what goes with one of its kind.
_SEEN = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "ol": ("start",),
    "input": ("checked", "disabled", "type"),
}
# What Anki plays or draws: an export keeps it from doing so with the same characters in a document.
_ANKIS = lazy_compile(r"\[(?:sound|anki):[^\[\]]*\]|\[latex\]|\[\$\$?\]")
_BLANKS = lazy_compile(r"[\s\u00a0]+")
_OPENED = lazy_compile(r"\\([(\[])")
_CLOSED = {"(": r"\)", "[": r"\]"}
_PICTURE = lazy_compile(r"(dlcards-[0-9a-f]{24})(?:-\d+)?\.[a-z]+")
_BREAK = lazy_compile(r"<br ?/?>")


def canonical(html: str, picture: Callable[[str], str] = str) -> tuple[Child, ...]:
    """The canonical form of a field.

    Args:
        html: The field.
        picture: Gives the name of a picture in the deck by the one that the field has for it.
    """
    html = unicodedata.normalize("NFC", html)
    html = _without_breaks_in_formulas(html)
    body = LexborHTMLParser(f"<body>{html}").body
    if body is not None and _is_deep(body):
        return (Element("deep", (html,), ()),)
    children = _Reader(picture).children(body, "root") if body is not None else ()
    return tuple(_paragraphs(children)) if _has_block(children) else children


def original(name: str) -> str:
    """The name of a picture in a deck, whatever width it was scaled to: it is made of its original."""
    match = _PICTURE.fullmatch(name)
    return match[1] if match else name


def _is_deep(body: LexborNode) -> bool:
    """Whether elements stand in one another deeper than anyone has written them."""
    node, depth = body, 0
    while True:
        if below := node.first_child:
            node, depth = below, depth + 1
            if depth > _DEEPEST:
                return True
            continue
        while depth and node.next is None:
            assert node.parent is not None
            node, depth = node.parent, depth - 1
        if not depth or node.next is None:
            return False
        node = node.next


def pictures(html: str) -> list[str]:
    """The names of the pictures in a field, in order."""
    body = LexborHTMLParser(f"<body>{html}").body
    return [node.attributes.get("src") or "" for node in (body.css("img") if body is not None else ())]


def unseen(html: str) -> Counter[str]:
    """What of a field its canonical form does not see, and how often: attributes, and Anki's own marks."""
    html = unicodedata.normalize("NFC", html)
    body = LexborHTMLParser(f"<body>{html}").body
    found = Counter(
        f'{name}="{" ".join((value or "").split())}"'
        for node in (body.traverse() if body is not None else ())
        for name, value in node.attributes.items()
        if not _is_seen(node.tag or "", name, value)
    )
    return found + Counter(" ".join(mark.split()) for mark in _ANKIS.findall(html))


def _is_seen(tag: str, name: str, value: str | None) -> bool:
    # No button of an editor sets a class, or the direction that cards give to each block by themselves.
    is_ours = name == "class" or name.startswith("data-") or (name, value) == ("dir", "auto")
    return is_ours or name in _SEEN.get(tag, ())


class _Reader:
    """Makes canonical forms of the nodes of a field."""

    def __init__(self, picture: Callable[[str], str]) -> None:
        self._picture = picture
        self._by_day: tuple[str, str] | None = None  # the words of the picture before, if it is for the day

    def children(self, node: LexborNode, name: str) -> tuple[Child, ...]:
        """What stands in a node; ``name`` is the node's own, in canonical form."""
        found: list[Child] = []
        run = ""
        for part in _flat(node):
            if isinstance(part, str):
                run += part
                continue
            found += _texts(run)
            run = ""
            found += self._element(part)
        found += _texts(run)
        joined = list(_joined(found))
        return tuple(_trimmed(joined)) if name in BLOCKS or name == "root" else tuple(joined)

    def _element(self, node: LexborNode) -> Iterator[Child]:
        tag = node.tag or ""
        name = _ALIASES.get(tag, tag)

        def of(attribute: str) -> str:
            return node.attributes.get(attribute) or ""

        if tag == "pre":
            yield Element("pre", (), (_source(node).replace(_WORD_JOINER, "").strip("\n"),))
        elif tag == "code":
            yield Element("code", (), (_blanks(_source(node).replace(_WORD_JOINER, "")),))
        elif tag == "img":
            theme = " ".join(c for c in _classes(node) if c in ("day", "night"))
            words = of("alt"), of("title")
            # What a picture for the night shows again, its author has written once.
            said = (_APART, _APART) if theme == "night" and words == self._by_day else words
            self._by_day = words if theme == "day" else None
            yield Element("img", (original(self._picture(of("src"))), *said, theme), ())
        elif tag == "input":
            yield Element("input", ("checked",) if "checked" in node.attributes else (), ())
        elif tag in ("br", "hr"):
            yield Element(tag, (), ())
        elif tag == "div" and "math" in _classes(node):
            yield from self._display_math(node)
        else:
            attributes: tuple[str, ...] = ()
            if tag == "a":
                attributes = (escape_url(of("href")), of("title"))
            elif tag == "ol":
                attributes = (of("start") or "1",)
            elif tag in ("p", "div"):
                attributes = (of("class"),)
            yield _plainest(Element(name, attributes, self.children(node, name)))

    def _display_math(self, node: LexborNode) -> Iterator[Child]:
        """A formula on lines of its own; Backspace may have pulled a paragraph's words in."""
        for child in self.children(node, "p"):
            if isinstance(child, Element) and child.name == "math":
                yield Element("display-math", (), child.children)
            else:
                yield Element("p", ("",), (child,))


def _plainest(element: Element) -> Element:
    """An element in the one of several forms that say the same."""
    name, attributes, children = element
    if name in ("blockquote", "section") and children:
        return element._replace(children=tuple(_paragraphs(children)))
    if name == "p" and len(children) == 1 and isinstance(only := children[0], Element):
        # A formula that is displayed alone: an editor has no element of its own for it.
        is_formula = only.name == "math" and only.attributes and not any(attributes)
        return Element("display-math", (), only.children) if is_formula else element
    if name == "li" and children and _is(children[0], "p") and not any(_is(c, "p") for c in children[1:]):
        # The items of a list with blank lines between them; what an editor adds has none.
        first = children[0]
        assert isinstance(first, Element)
        return element._replace(children=(*first.children, *children[1:]))
    if (
        name == "strong"
        and len(children) == 1
        and isinstance(inner := children[0], Element)
        and inner.name == "em"
    ):
        return inner._replace(children=(element._replace(children=inner.children),))
    return element


def _flat(node: LexborNode) -> Iterator[LexborNode | str]:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            yield child.text_content or ""
        elif tag == "span" and child.first_child is None:
            yield _APART  # what reads formulas does not read on over it
        elif tag in _DISSOLVED or (tag == "div" and "table" in _classes(child)):
            yield from _flat(child)
        elif tag and not tag.startswith("-"):  # no comment
            yield child


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _texts(run: str) -> Iterator[Child]:
    """Text, with the formulas in it apart."""
    run = run.replace(_WORD_JOINER, "")
    at = 0
    for formula in _formulas(run):
        yield _blanks(run[at : formula.start].replace(_APART, ""))
        yield Element("math", ("display",) if formula.is_displayed else (), (_blanks(formula.tex).strip(),))
        at = formula.end
    yield _blanks(run[at:].replace(_APART, ""))


class _Formula(NamedTuple):
    start: int
    end: int
    tex: str
    is_displayed: bool


def _formulas(text: str) -> Iterator[_Formula]:
    """The formulas in a text, in time that grows with its length, whatever a hostile one leaves open."""
    at, unclosed = 0, set()
    while opened := _OPENED.search(text, at):
        at, kind = opened.end(), opened[1]
        end = -1 if kind in unclosed else text.find(_CLOSED[kind], at + 1)
        if end < 0:
            unclosed.add(kind)
            continue
        yield _Formula(opened.start(), end + 2, text[at:end], kind == "[")
        at = end + 2


def _without_breaks_in_formulas(html: str) -> str:
    parts, at = [], 0
    for formula in _formulas(html):
        parts += [html[at : formula.start], _BREAK.sub("\n", html[formula.start : formula.end])]
        at = formula.end
    return "".join([*parts, html[at:]])


def _blanks(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _source(node: LexborNode) -> str:
    """The characters of code, line breaks of editors among them."""
    said = ""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            said += child.text_content or ""
        elif child.tag == "br":
            said += "\n"
        elif child.tag and not child.tag.startswith("-"):
            said += _source(child)
    return said


def _joined(children: Iterable[Child]) -> Iterator[Child]:
    """Neighbouring texts and emphases as one, and blanks at the ends of emphasis outside of it."""
    found: list[Child] = []

    def add(child: Child) -> None:
        last = found[-1] if found else None
        if isinstance(child, str) and isinstance(last, str):
            found[-1] = _blanks(last + child)
        elif (
            isinstance(child, Element)
            and isinstance(last, Element)
            and child.name == last.name
            and child.name in _STYLED
        ):
            found[-1] = last._replace(children=tuple(_joined([*last.children, *child.children])))
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


def _has_block(children: Sequence[Child]) -> bool:
    return any(map(_is_block, children))


def _trimmed(children: Sequence[Child]) -> Iterator[Child]:
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
            if _has_block(child.children):  # a <div> around blocks
                yield from _paragraphs(child.children, child.attributes)
                continue
        yield child


def _nearest_words(children: Sequence[Child]) -> Iterator[Child | None]:
    """For each of some children the nearest one before it that is no break."""
    last: Child | None = None
    for child in children:
        yield last
        last = last if _is(child, "br") else child


def _paragraphs(children: Iterable[Child], attributes: tuple[str, ...] = ("",)) -> Iterator[Child]:
    """Blocks as they are, and what stands loose between them as paragraphs."""
    loose: list[Child] = []
    for child in children:
        if not _is_block(child):
            loose.append(child)
            continue
        if loose:
            yield _plainest(Element("p", attributes, tuple(_trimmed(loose))))
        loose = []
        yield child
    if loose:
        yield _plainest(Element("p", attributes, tuple(_trimmed(loose))))
