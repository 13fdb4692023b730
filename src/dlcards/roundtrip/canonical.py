"""What a field says, whatever wrote it: our renderer, Anki's editor (Chromium), AnkiDroid's, a learner.

Two fields say the same if their canonical forms are equal. What these do not see of what a learner may have
done (colours, sizes, directions) is told by :func:`unseen`, so that nothing is called the same for it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dlcards.markdown.links import escape_url
from dlcards.model import lazy_compile
from dlcards.roundtrip.elements import (
    BLOCKS,
    Child,
    Element,
    displayed,
    has_block,
    joined,
    paragraphs,
    plain_blanks,
    plainest,
    trimmed,
)

# In which a displayed formula may stand on lines of its own.
_BREAKABLE = frozenset({"root", "p", "li", "blockquote", "section", "details"})
_ALIASES = {"b": "strong", "i": "em", "strike": "del", "s": "del", "div": "p"}
# They say nothing by themselves; what is in them stands in what they stand in.
_DISSOLVED = frozenset(["span", "font", "tbody", "thead", "tfoot", "anki-mathjax", "html", "body"])
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
    return tuple(paragraphs(children)) if has_block(children) else children


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
        made = list(joined(found))
        if name in _BREAKABLE:
            made = [displayed(child) for child in made]
        return tuple(trimmed(made)) if name in BLOCKS or name == "root" else tuple(made)

    def _element(self, node: LexborNode) -> Iterator[Child]:
        tag = node.tag or ""
        name = _ALIASES.get(tag, tag)

        def of(attribute: str) -> str:
            return node.attributes.get(attribute) or ""

        if tag == "pre":
            yield Element("pre", (), (_source(node).replace(_WORD_JOINER, "").strip("\n"),))
        elif tag == "code":
            yield Element("code", (), (plain_blanks(_source(node).replace(_WORD_JOINER, "")),))
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
                # A learner may write it as people read it; cards have it percent-encoded.
                attributes = (escape_url(of("href")), of("title"))
            elif tag == "ol":
                attributes = (of("start") or "1",)
            elif tag in ("p", "div"):
                attributes = (of("class"),)
            yield plainest(Element(name, attributes, self.children(node, name)))

    def _display_math(self, node: LexborNode) -> Iterator[Child]:
        """A formula on lines of its own; Backspace may have pulled a paragraph's words in."""
        for child in self.children(node, "p"):
            if isinstance(child, Element) and child.name in ("math", "display-math"):
                yield Element("display-math", (), child.children)
            else:
                yield Element("p", ("",), (child,))


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
        yield plain_blanks(run[at : formula.start].replace(_APART, ""))
        yield Element(
            "math", ("display",) if formula.is_displayed else (), (plain_blanks(formula.tex).strip(),)
        )
        at = formula.end
    yield plain_blanks(run[at:].replace(_APART, ""))


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
