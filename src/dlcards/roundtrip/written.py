"""A canonical form as markdown: what it says otherwise than its author, it says so of base and edit alike.

Two forms that differ are written differently. What markdown has no marks for is written as noncharacters,
which stand in no document and may come into none (:func:`is_markdown`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from dlcards.markdown.links import escape_url
from dlcards.model import lazy_compile
from dlcards.roundtrip.elements import BLOCKS, Child, Element

# What an export alone makes elements of: they begin and end with noncharacters, without lines of their own.
_UNMARKED = (
    "details",
    "summary",
    "section",
    "p",
    "day",
    "night",
    "div",
    "dl",
    "dt",
    "dd",
    "figure",
    "center",
    "math",
    "cell",
    "deep",
)
_NONCHARACTERS = lazy_compile("[\ufdd0-\ufdef]")
# Signs to a terminal, which would obey them where a patch is looked at.
_CONTROLS = lazy_compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_AT_START = lazy_compile(r"(?m)^([ \t]*)([-+#>=~]|\d{1,9}(?=[.)](?:\s|$)))")
_SPECIAL = lazy_compile(r"([\\`*\[\]<$~])")
_AT_WORDS = lazy_compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = lazy_compile(r"&(?=#?\w+;)")
_AUTOLINK = lazy_compile(r"[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*")
# With round brackets at most in pairs.
_PLAIN_ADDRESS = lazy_compile(r"(?!<)(?:[^\s()\"<>]|\([^\s()\"<>]*\))*")
_ANGLE = lazy_compile(r"([<>\\])")
_QUOTE = lazy_compile(r'(["\\])')
_BACKSLASHED = r"\\\1"
_BULLET = lazy_compile(r"(?m)^[ \t>]*([-*+])[ \t]+(?=\S)")
_FENCE = lazy_compile(r"(?m)^[ \t>]*```+[ \t]*([\w+#.-]*)[^`\n]*$")
_ORDINAL = lazy_compile(r"(?m)^[ \t>]*\d+([.)])[ \t]")
# What words are marked with in HTML, with the attributes that elements of a canonical form have.
_HTML = {"strong": (), "em": (), "del": (), "code": (), "a": ("href", "title")}
_HTML_BLOCKS = frozenset({"p", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote"})
_END_TAG = lazy_compile(r"</([a-z]+)\s*>")
_MARKS = {"strong": "**", "em": "*", "del": "~~"}


class Style(NamedTuple):
    """The author's own marks, so that what is new looks like what is there.

    Attributes:
        bullet: What begins an item of a list.
        delimiter: What follows the number of an item.
        info: What stands behind the fence of a block of code.
        picture: Gives the address of a picture by its name in the deck.
        escapes: Whether every character that might be a mark is kept from being one.
        is_html: Whether words have HTML's marks: in raw HTML no others are read.
        tags: The blocks that the author writes in HTML; they are new so, too, where words have its marks.
    """

    bullet: str = "-"
    delimiter: str = "."
    info: str = ""
    picture: Callable[[str], str] = str
    escapes: bool = True
    is_html: bool = False
    tags: frozenset[str] = frozenset()

    @classmethod
    def of(cls, source: str, picture: Callable[[str], str] = str) -> Style:
        """The style of some markdown."""
        bullet, ordinal = _BULLET.search(source), _ORDINAL.search(source)
        infos = {fence[1] for fence in _FENCE.finditer(source)} - {""}
        return cls(
            bullet[1] if bullet else "-",
            ordinal[1] if ordinal else ".",
            infos.pop() if len(infos) == 1 else "",
            picture,
            tags=_HTML_BLOCKS.intersection(_END_TAG.findall(source)),
        )


def written(children: Sequence[Child], style: Style) -> str:
    """The markdown of a canonical form, without a line end at its end."""
    if any(isinstance(child, Element) and child.name in BLOCKS for child in children):
        return _blocks(children, style)
    return _inline(children, style)


def is_markdown(text: str) -> bool:
    """Whether a text holds nothing but what may stand in a document."""
    return not _NONCHARACTERS.search(text) and not _CONTROLS.search(text)


def unwritable(before: str, after: str) -> list[str]:
    """What markdown has no marks for and ``after`` has more of than ``before``: the names of elements."""
    was, now = Counter(_NONCHARACTERS.findall(before)), Counter(_NONCHARACTERS.findall(after))
    return [_UNMARKED[(ord(mark) - 0xFDD1) // 2] for mark in now - was if ord(mark) % 2]


def shown_as_text(text: str) -> str:
    """What was written, without what no document may hold: for people."""
    return _NONCHARACTERS.sub("", text)


def _escaped(text: str, style: Style) -> str:
    if style.is_html:
        return escape(text, quote=False)
    if not style.escapes:
        return text
    return _ENTITY.sub(r"\\&", _AT_WORDS.sub(r"\\_", _SPECIAL.sub(r"\\\1", text)))


def _paragraph(children: Sequence[Child], style: Style) -> str:
    text = _inline(children, style)
    # A first word may look like the mark of a list, a heading or a quote; a number, before its point.
    if style.escapes and not style.is_html and children and isinstance(children[0], str):
        text = _AT_START.sub(
            lambda m: f"{m[1]}{m[2]}\\" if m[2].isdecimal() else f"{m[1]}\\{m[2]}", text, count=1
        )
    return text


def _unmarked(name: str, text: str) -> str:
    number = _UNMARKED.index(name)
    return f"{chr(0xFDD1 + 2 * number)}{text}{chr(0xFDD2 + 2 * number)}"


def _inline(children: Sequence[Child], style: Style) -> str:
    return "".join(
        _escaped(child, style) if isinstance(child, str) else _inline_element(child, style)
        for child in children
    )


def _inline_element(element: Element, style: Style) -> str:
    name, attributes, children = element
    if style.is_html and name in _HTML:
        names = zip(_HTML[name], attributes, strict=False)
        said = "".join(f' {key}="{escape(value)}"' for key, value in names if value)
        return f"<{name}{said}>{_inline(children, style)}</{name}>"
    if mark := _MARKS.get(name):
        return f"{mark}{_inline(children, style)}{mark}"
    if name == "code":
        return _code("".join(map(str, children)))
    if name == "math":
        mark, tex = "$$" if attributes else "$", "".join(map(str, children))
        return f"{mark}{tex}{mark}" if "$" not in tex.replace("\\$", "") else _unmarked("math", tex + mark)
    if name == "deep":
        return _unmarked(name, attributes[0])
    if name == "br":
        return "<br>"
    if name == "img":
        source, words, title, theme = attributes
        address = _address(style.picture(source))
        shown = f"![{_escaped(words, style)}]({address}{_title(title)})" if is_markdown(words) else address
        return shown if not theme else _unmarked(theme.split()[0], shown)
    if name == "a":
        words = children[0] if len(children) == 1 and isinstance(children[0], str) else ""
        if _AUTOLINK.fullmatch(words) and (escape_url(words), "") == attributes:
            return f"<{words}>"
        return f"[{_inline(children, style)}]({_address(attributes[0])}{_title(attributes[1])})"
    if name == "input":
        return "[x] " if attributes else "[ ] "
    return f"<{name}>{written(children, style)}</{name}>"


def _address(address: str) -> str:
    """An address; in angle brackets where it would end too early."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    return f"<{_ANGLE.sub(_BACKSLASHED, address)}>"


def _title(title: str) -> str:
    return f' "{_QUOTE.sub(_BACKSLASHED, title)}"' if title else ""


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    # Of a blank at each end, readers take one away.
    is_padded = text.strip() and text[:1] == text[-1:] == " "
    pad = " " if is_padded or "`" in (text[:1], text[-1:]) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _blocks(children: Sequence[Child], style: Style) -> str:
    parts: list[str] = []
    between = "\n" if style.is_html and style.tags else "\n\n"
    for child in children:
        if isinstance(child, Element) and child.name in BLOCKS:
            parts.append(_block(child, style))
        else:
            parts.append(_inline([child], style))
    return between.join(parts)


def _block(element: Element, style: Style) -> str:
    name, attributes, children = element
    if style.is_html and name in style.tags and not (name == "p" and any(attributes)):
        start = f' start="{attributes[0]}"' if name == "ol" and attributes != ("1",) else ""
        return f"<{name}{start}>{written(children, style)}</{name}>"
    if name == "p":
        text = _paragraph(children, style)
        return _unmarked("p", text) if any(attributes) else text
    if name == "display-math":
        return f"$$\n{''.join(map(str, children))}\n$$"
    if name == "pre":
        text = "".join(map(str, children))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return f"{fence}{style.info}\n{text}\n{fence}"
    if name == "hr":
        return "---"
    if name[0] == "h" and name[1:].isdecimal():
        return f"{'#' * int(name[1:])} {_inline(children, style)}"
    if name == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in written(children, style).split("\n"))
    if name in ("ul", "ol"):
        return _list(element, style)
    if name == "table":
        return _table(element, style)
    if name in _UNMARKED:
        return _unmarked(name, _blocks(children, style))
    said = " ".join(filter(None, (name, *attributes)))
    return f"<{said}>\n{_blocks(children, style)}\n</{name}>"


def _list(element: Element, style: Style) -> str:
    items = [child for child in element.children if isinstance(child, Element)]
    number = int(element.attributes[0]) if element.name == "ol" and element.attributes[0].isdecimal() else 1
    is_loose = any(isinstance(part, Element) and part.name == "p" for item in items for part in item.children)
    lines = []
    for place, item in enumerate(items):
        mark = f"{number + place}{style.delimiter} " if element.name == "ol" else f"{style.bullet} "
        first = next((k for k, part in enumerate(item.children) if _is_block(part)), len(item.children))
        head, rest = item.children[:first], item.children[first:]
        between = "\n\n" if head and rest and _is_block(rest[0], "p") else "\n"
        body = between.join(filter(None, [_paragraph(head, style), _blocks(rest, style)]))
        lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
    return ("\n\n" if is_loose else "\n").join(lines)


def _is_block(child: Child, *names: str) -> bool:
    return isinstance(child, Element) and child.name in (names or BLOCKS)


def _table(element: Element, style: Style) -> str:
    rows = [_cells(row) for row in element.children if isinstance(row, Element)]
    lines = []
    for number, row in enumerate(rows):
        usual = "td" if number else "th"
        cells = ((cell, written(cell.children, style).replace("|", "\\|")) for cell in row)
        said = [text if cell.name == usual else _unmarked("cell", text) for cell, text in cells]
        lines.append(f"| {' | '.join(said)} |")
    if rows:
        lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join(lines)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element)]
