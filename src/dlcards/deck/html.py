"""Nodes of a document as the HTML of a card's field, drawn by mistune's renderer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import nh3
from mistune import BlockState, HTMLRenderer
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from dlcards.markdown import plain_text
from dlcards.model import Node

# What Anki reads as its own markup in the HTML of a field, and the same characters as entities.
_ANKI_MARKUP = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])|\{\{|\}\}")
_TAGS = nh3.ALLOWED_TAGS | {"details", "summary", "section", "input", "mark"}
_GLOBAL_ATTRIBUTES = {"class", "lang", "title"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start"},
    "details": {"open"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": _GLOBAL_ATTRIBUTES,
}

RewriteUrl = Callable[[str], str | None]


class FieldRenderer:
    """Makes the HTML of one pair's fields.

    Args:
        footnotes: The document's footnote definitions by key.
        image: Gives the name in the package of a picture's address, None where there is none.
        link: Gives the absolute address of a link, None where it leads nowhere from a card.
    """

    def __init__(self, footnotes: Mapping[str, Node], image: RewriteUrl, link: RewriteUrl) -> None:
        self._renderer = _NodeRenderer()
        self._footnotes = footnotes
        self._image = image
        self._link = link

    def inline(self, nodes: Iterable[Node]) -> str:
        """Inlines as HTML, without a paragraph around them."""
        return self._finish(self._render(nodes)).strip()

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Blocks as HTML, with the footnotes that they refer to at the end."""
        keys = [
            key
            for node in nodes
            for below in node.walk()
            if below.kind == "footnote_ref" and (key := below.str_attr("key")) in self._footnotes
        ]
        keys = list(dict.fromkeys(keys))
        self._renderer.footnote_numbers = {key: number for number, key in enumerate(keys, start=1)}
        html = self._render(nodes)
        if keys:
            items = [f"<li>{self._render(self._footnotes[key].children)}</li>\n" for key in keys]
            html += f'<section class="footnotes"><ol>\n{"".join(items)}</ol></section>\n'
        return self._finish(html).strip()

    def _render(self, nodes: Iterable[Node]) -> str:
        return self._renderer.nodes(nodes)

    def _finish(self, html: str) -> str:
        """Remove what could harm, put addresses right, and keep Anki from reading markup of its own."""
        clean = nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        return _ANKI_MARKUP.sub(lambda match: "".join(f"&#{ord(c)};" for c in match.group()), clean)

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return self._image(value)
        if tag == "a" and name == "href":
            return self._link(value)
        return value


class _NodeRenderer(HTMLRenderer):
    """mistune's HTML renderer, fed with nodes instead of mistune's own tokens."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.footnote_numbers: dict[str, int] = {}

    def nodes(self, nodes: Iterable[Node]) -> str:
        """The HTML of ``nodes``, one after the other."""
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> str:
        own = getattr(self, f"_{node.kind}", None)
        if own is not None:
            return str(own(node))
        state = BlockState()
        token: dict[str, Any] = {"type": node.kind, "attrs": dict(node.attrs)}
        for internal in ("style", "marker", "tight", "label"):
            token["attrs"].pop(internal, None)
        if node.kind in ("linebreak", "softbreak", "thematic_break", "blank_line"):
            token.pop("attrs")
        elif node.raw:
            token["raw"] = node.raw
        else:
            # The children are HTML already; mistune's ``render_token`` takes them as raw content.
            token["raw"] = self.nodes(node.children)
        return self.render_token(token, state)

    def _inline_math(self, node: Node) -> str:
        return rf"\({escape(node.raw, quote=False)}\)"

    def _block_math(self, node: Node) -> str:
        return _display(node)

    def _paragraph(self, node: Node) -> str:
        if len(node.children) == 1 and node.children[0].attrs.get("display"):
            return _display(node.children[0])
        return f"<p>{self.nodes(node.children)}</p>\n"

    def _block_code(self, node: Node) -> str:
        language = node.str_attr("info").split(" ")[0]
        if language == "math":
            return _display(node)
        try:
            lexer = get_lexer_by_name(language or "text", stripnl=False)
        except ClassNotFound:
            lexer = get_lexer_by_name("text", stripnl=False)
        code = highlight(node.raw, lexer, HtmlFormatter(nowrap=True))
        return f'<pre class="code"><code>{code.rstrip()}</code></pre>\n'

    def _table(self, node: Node) -> str:
        head, *body = node.children
        rows = "".join(self._row(row) for row in body)
        return (
            f'<div class="table"><table>\n<thead>\n{self._row(head)}</thead>\n<tbody>\n{rows}</tbody>\n'
            "</table></div>\n"
        )

    def _row(self, node: Node) -> str:
        cells = []
        for cell in node.children:
            tag = "th" if cell.attrs.get("head") else "td"
            align = cell.str_attr("align")
            css = f' class="{align}"' if align else ""
            cells.append(f"<{tag}{css}>{self.nodes(cell.children)}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>\n"

    def _list_item(self, node: Node) -> str:
        box = ""
        if "checked" in node.attrs:
            box = f'<input type="checkbox" disabled{" checked" if node.attrs["checked"] else ""}> '
        return f"<li>{box}{self.nodes(node.children)}</li>\n"

    def _image(self, node: Node) -> str:
        title = f' title="{escape(node.str_attr("title"))}"' if node.str_attr("title") else ""
        return f'<img src="{escape(node.str_attr("url"))}" alt="{escape(_alt(node))}"{title}>'

    def _strikethrough(self, node: Node) -> str:
        return f"<del>{self.nodes(node.children)}</del>"

    def _footnote_ref(self, node: Node) -> str:
        number = self.footnote_numbers.get(node.str_attr("key"))
        return f'<sup class="footnote">{number}</sup>' if number else ""

    def _definition(self, node: Node) -> str:
        return ""

    def _footnote_definition(self, node: Node) -> str:
        return ""

    def _front_matter(self, node: Node) -> str:
        return ""


def _display(node: Node) -> str:
    return rf'<div class="math">\[{escape(node.raw, quote=False)}\]</div>' + "\n"


def _alt(node: Node) -> str:
    return " ".join(plain_text(node.children).split())
