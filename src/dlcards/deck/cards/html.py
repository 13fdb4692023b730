"""Nodes of a document as the HTML of a card's field, drawn by mistune's renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby

import nh3
from mistune import HTMLRenderer
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from dlcards.deck.cards.directions import Directions
from dlcards.deck.cards.finish import (
    finished,
    is_lost,
    parted,
    without_breaks_around,
    without_empty_paragraphs,
)
from dlcards.deck.cards.meant import Meant
from dlcards.deck.cards.parts import Part, write
from dlcards.deck.cards.words import alert_in
from dlcards.document.language import base
from dlcards.markdown import plain_text
from dlcards.model import Document, Node, Span, lazy_compile, nodes_in

_TAGS = nh3.ALLOWED_TAGS | {"details", "summary", "section", "input", "mark"}
_ATTRIBUTES = {
    "a": {"href"},
    # Not align: a picture at the side leaves a phone no room for words.
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "details": {"open"},
    "input": {"checked", "disabled"},
    **{tag: {"align"} for tag in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr")},
    **{tag: {"align", "colspan", "rowspan", "width"} for tag in ("td", "th")},
    "*": {"class", "lang", "dir", "title"},
}
# Whatever an <input> was meant for, on a card it is the box of a task. One attribute only: nh3 adds
# several in another order each time.
_FIXED = {"input": {"type": "checkbox"}}
# What cards have a style for: our own classes and Pygments' short ones.
_CLASSES = lazy_compile(
    r"code|night|table|math|footnotes?|task|children|left|center|right|[a-z][a-z0-9]{0,2}"
)
# Where links may lead; and what pictures may name, so that whoever packs them hears of it and says so.
_LINKED = {"http", "https", "mailto"}
_PICTURED = {"data", "file", "ftp", "blob", "cid", "attachment"}
_SCHEME = lazy_compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = lazy_compile(r"[\x00-\x20]+")  # what browsers skip in a scheme
# The question is h1 on a card.
_TOP_LEVEL = 3
_FORMATTER = HtmlFormatter(nowrap=True)
_BREAKS = ("softbreak", "linebreak")
# What we know of nodes, and mistune's methods do not ask for.
_INTERNAL = frozenset({"style", "marker", "tight", "label"})

RewriteUrl = Callable[[str], str | None]


class FieldRenderer:
    """Makes the HTML of one document's fields.

    Args:
        document: The document.
        language: Its language.
        footnotes: The document's footnote definitions by key.
        image: Gives the name in the package of a picture's address, None where there is none.
        link: Gives the absolute address of a link, None where it leads nowhere from a card.
    """

    def __init__(
        self,
        document: Document,
        language: str,
        footnotes: Mapping[str, Node],
        image: RewriteUrl,
        link: RewriteUrl,
    ) -> None:
        self._meant = Meant(document, _TAGS)
        self._is_korean = base(language) == "ko"
        self._directions = Directions(document)
        self._renderer = _NodeRenderer(lambda url: link(url) if _may_be_linked(url) else None)
        self._footnotes = footnotes
        self._image = image
        # Several fields show a question. The nodes are kept, too, so that no other ones get their ids.
        self._inlines: dict[tuple[int, ...], tuple[Sequence[Node], str]] = {}
        self._refused = 0  # pictures of the field in work that can't be had
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            set_tag_attribute_values=_FIXED,
            url_schemes=_LINKED | _PICTURED,
            link_rel=None,
        )

    def begin(self) -> None:
        """Begin another pair: what was kept of the last one's blocks is of no more use."""
        self._meant.forget()
        self._inlines.clear()

    def inline(self, nodes: Sequence[Node]) -> str:
        """Inlines as HTML, without a paragraph around them, and without references to footnotes."""
        ids = tuple(map(id, nodes))
        if ids not in self._inlines:
            self._renderer.footnote_numbers = {}
            html = self._renderer.nodes(self._meant.inlines(nodes))
            self._inlines[ids] = nodes, write(self._finish(html)).strip()
        return self._inlines[ids][1]

    def question(self, nodes: Sequence[Node]) -> str:
        """The inlines of a question as HTML, in the direction of its words."""
        return self._directions.question(self.inline(nodes))

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Blocks as HTML, with the footnotes that they refer to at the end.

        The highest heading among them becomes the level below a card's own sections.
        """
        if not nodes:
            return ""
        keys = self._footnote_keys(nodes)
        self._renderer.footnote_numbers = {key: number for number, key in enumerate(keys, start=1)}
        levels = [below.attrs.get("level") for below in nodes_in(nodes)]
        highest = min((level for level in levels if isinstance(level, int)), default=_TOP_LEVEL)
        self._renderer.lowered_by = _TOP_LEVEL - highest
        html = self._renderer.nodes(self._meant.blocks(nodes))
        if keys:
            notes = self._meant.blocks([self._footnotes[key] for key in keys])
            items = "".join(f"<li>{self._renderer.note(note)}</li>\n" for note in notes)
            html += f'<section class="footnotes"><ol>\n{items}</ol></section>\n'
        parts = without_breaks_around(without_empty_paragraphs(self._finish(html)))
        return self._directions.blocks(write(parts), nodes[0].span.start)

    def words(self, blocks: Sequence[Node], *, footnotes: bool = True) -> str:
        """What a learner must see of ``blocks``, told without making any HTML; maybe with their footnotes."""
        keys = self._footnote_keys(blocks) if footnotes else []
        notes = (child for key in keys for child in self._footnotes[key].children)
        return self._meant.words([*blocks, *notes])

    def inline_words(self, nodes: Sequence[Node]) -> str:
        """The same of inlines, which are shown without footnotes."""
        return self._meant.words([Node("paragraph", Span(0, 0), tuple(nodes))])

    def brief(self, nodes: Sequence[Node]) -> str:
        """Blocks as HTML; of a lone paragraph its inlines, without a paragraph and footnotes."""
        line = _line_of(nodes)
        return self.inline(line) if line else self.blocks(nodes)

    def brief_words(self, nodes: Sequence[Node]) -> str:
        """What :meth:`brief` has to show."""
        line = _line_of(nodes)
        return self.inline_words(line) if line else self.words(nodes)

    def _footnote_keys(self, nodes: Iterable[Node]) -> list[str]:
        """The footnotes that ``nodes`` refer to, and those that these refer to, in order."""
        keys: dict[str, None] = {}
        waiting = list(nodes) if self._footnotes else []
        while waiting:
            found = [
                key
                for node in waiting
                for below in node.walk()
                if below.kind == "footnote_ref" and (key := below.str_attr("key")) in self._footnotes
            ]
            new = [key for key in dict.fromkeys(found) if key not in keys]
            keys.update(dict.fromkeys(new))
            waiting = [self._footnotes[key] for key in new]
        return list(keys)

    def _finish(self, html: str) -> list[Part]:
        """Remove what could harm, put addresses right, and keep Anki from reading markup of its own."""
        self._refused = 0
        parts = finished(self._cleaner.clean(html), is_korean=self._is_korean)
        # An address that can't be read is gone before anybody is asked for its picture.
        for _ in range(sum(map(is_lost, parts)) - self._refused):
            self._image("")
        return parts

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            name_in_deck = self._image(value)
            self._refused += name_in_deck is None
            return name_in_deck
        if tag == "a" and name == "href":
            return self._renderer.link_to(value)
        if name == "class":
            return " ".join(word for word in value.split() if _CLASSES.fullmatch(word)) or None
        return value


def _line_of(nodes: Sequence[Node]) -> Sequence[Node]:
    """The inlines of blocks that are but one paragraph; none of others."""
    shown = [node for node in nodes if node.kind != "blank_line"]
    is_line = len(shown) == 1 and shown[0].kind in ("block_text", "paragraph")
    return shown[0].children if is_line else ()


def _may_be_linked(url: str) -> bool:
    scheme = _SCHEME.match(_IGNORED.sub("", url))
    return scheme is None or scheme[1].lower() in _LINKED


class _NodeRenderer(HTMLRenderer):
    """mistune's HTML renderer, fed with nodes instead of mistune's own tokens."""

    def __init__(self, link_to: RewriteUrl) -> None:
        super().__init__(escape=False)
        self.link_to = link_to
        self.footnote_numbers: dict[str, int] = {}
        self.lowered_by = 0

    def nodes(self, nodes: Iterable[Node]) -> str:
        """The HTML of ``nodes``, one after the other."""
        nodes = tuple(nodes)
        return _joined(nodes, [self._node(node) for node in nodes])

    def note(self, node: Node) -> str:
        """The HTML of what a footnote says; a single paragraph stands beside its number."""
        if [block.kind for block in node.children] == ["paragraph"]:
            return self._lines(node.children[0].children)
        return self.nodes(node.children)

    def _node(self, node: Node) -> str:
        if own := getattr(self, f"_{node.kind}", None):
            return str(own(node))
        draw = self._get_method(node.kind)
        if node.kind in ("linebreak", "softbreak", "thematic_break", "blank_line"):
            return draw()
        attrs = {name: value for name, value in node.attrs.items() if name not in _INTERNAL}
        return draw(node.raw or self.nodes(node.children), **attrs)

    def _text(self, node: Node) -> str:
        # Not mistune's, which leaves what looks like an entity as it is: "&notanumber;" is text.
        return escape(node.raw, quote=False)

    def _inline_math(self, node: Node) -> str:
        return rf"\({escape(node.raw, quote=False)}\)"

    def _block_math(self, node: Node) -> str:
        return _display(node)

    def _lines(self, nodes: Sequence[Node]) -> str:
        """The inlines of a block; a formula of two dollars is displayed where it has its line to itself."""
        if all(node.kind != "inline_math" for node in nodes):
            return self.nodes(nodes)
        parts = []
        for before, node, after in zip((None, *nodes), nodes, (*nodes[1:], None), strict=False):
            is_alone = all(other is None or other.kind in _BREAKS for other in (before, after))
            shown = node.attrs.get("display") and is_alone
            parts.append(rf"\[{escape(node.raw, quote=False)}\]" if shown else self._node(node))
        return _joined(nodes, parts)

    def _paragraph(self, node: Node) -> str:
        if len(node.children) == 1 and node.children[0].attrs.get("display"):
            return _display(node.children[0])
        return f"<p>{self._lines(node.children)}</p>\n"

    def _block_text(self, node: Node) -> str:
        return self._lines(node.children)

    def _heading(self, node: Node) -> str:
        level = node.attrs.get("level")
        tag = f"h{min(6, (level if isinstance(level, int) else 1) + self.lowered_by)}"
        return f"<{tag}>{self.nodes(node.children)}</{tag}>\n"

    def _fold(self, node: Node) -> str:
        heading, *folded = node.children
        words = self.nodes(heading.children)
        return f"<details>\n<summary>{words}</summary>\n{self.nodes(folded)}</details>\n"

    def _block_quote(self, node: Node) -> str:
        first, *rest = node.children or (None,)
        alert = alert_in(node)
        if first is None or not alert:
            return f"<blockquote>\n{self.nodes(node.children)}</blockquote>\n"
        kinds = [child.kind for child in first.children]
        begin = next((index + 1 for index, kind in enumerate(kinds) if kind in _BREAKS), len(kinds))
        words = self._lines(first.children[begin:])
        head = f"<p><strong>{alert}</strong></p>\n" + (f"<p>{words}</p>\n" if words else "")
        return f"<blockquote>\n{head}{self.nodes(rest)}</blockquote>\n"

    def _block_code(self, node: Node) -> str:
        language = node.str_attr("info").split(" ")[0]
        if language == "math":
            return _display(node)
        code = highlight(node.raw, _lexer(language), _FORMATTER)
        return f'<pre class="code"><code>{code.rstrip()}</code></pre>\n'

    def _table(self, node: Node) -> str:
        head, *body = node.children
        rows = "".join(self._row(row) for row in body)
        return f"<table>\n<thead>\n{self._row(head)}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"

    def _row(self, node: Node) -> str:
        cells = []
        for cell in node.children:
            tag = "th" if cell.attrs.get("head") else "td"
            css = f' class="{align}"' if (align := cell.str_attr("align")) else ""
            cells.append(f"<{tag}{css}>{self._lines(cell.children)}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>\n"

    def _list_item(self, node: Node) -> str:
        if "checked" not in node.attrs:
            return f"<li>{self.nodes(node.children)}</li>\n"
        checked = "checked disabled" if node.attrs["checked"] else "disabled"
        return f'<li class="task"><input {checked}> {self.nodes(node.children)}</li>\n'

    def _link(self, node: Node) -> str:
        words, url = self.nodes(node.children), self.link_to(node.str_attr("url"))
        if url is None:
            return words
        title = f' title="{escape(node.str_attr("title"))}"' if node.str_attr("title") else ""
        return f'<a href="{escape(url)}"{title}>{words}</a>'

    def _image(self, node: Node) -> str:
        title = f' title="{escape(node.str_attr("title"))}"' if node.str_attr("title") else ""
        theme = f' class="{theme}"' if (theme := node.str_attr("class")) else ""
        return f'<img src="{escape(node.str_attr("url"))}" alt="{escape(_alt(node))}"{title}{theme}>'

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


@cache
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False)


def _joined(nodes: Sequence[Node], parts: Sequence[str]) -> str:
    """The HTML of nodes that stand side by side; texts among them make no formula's mark together."""
    html = "".join(parts)
    if "\\" not in html:
        return html
    runs = groupby(zip(nodes, parts, strict=True), key=lambda pair: pair[0].kind == "text")
    joined = (("".join(part for _, part in run), is_text) for is_text, run in runs)
    return "".join(parted(html) if is_text else html for html, is_text in joined)


def _display(node: Node) -> str:
    return rf'<div class="math">\[{escape(node.raw.strip(), quote=False)}\]</div>' + "\n"


def _alt(node: Node) -> str:
    return " ".join(plain_text(node.children).split())
