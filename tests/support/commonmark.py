r"""GitHub's own parser as a judge of ours: what a page shows, read by both, and random documents for it.

    python -m tests.support.commonmark --seed 1 --count 20000

cmark-gfm's tree is walked through ctypes, since cmarkgfm's Python module hands out nothing but HTML.

What is different on purpose is left out of the comparison; ARCHITECTURE.md says why:

- math (``$``): documents without a dollar only;
- front matter: cut off for both;
- bare addresses: cmark-gfm runs without its ``autolink`` extension;
- boxes of tasks in quotes: taken off on both sides;
- definitions of footnotes that nothing refers to, which GitHub drops;
- NUL, which GitHub shows as U+FFFD;
- the words of documents in which GitHub garbles them: with ``[^`` and a line end before the next ``]``, with
  ``[\^``, and with the box of a task in a line that is indented by four or more;
- GitHub's limits against attacks, and ours.
"""

from __future__ import annotations

import argparse
import ctypes
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import cmarkgfm.cmark
from cmarkgfm import _cmark

from dlcards.markdown import parse, plain_text
from dlcards.markdown.links import escape_url
from dlcards.model import Node

_EXTENSIONS = ("table", "strikethrough", "tasklist")
_OPTIONS = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE | cmarkgfm.cmark.Options.CMARK_OPT_FOOTNOTES
_BOX = re.compile(r"\[[ xX]\][ \t\v\f]+")
_LOST_WORDS = re.compile(
    r"\[\^(?:[^\]]*|(?:[^\[\]]|\[[^\]]*\])*)[\r\n]|\[\\\^|^(?: {4}| {0,3}\t)[ \t]*(?:[-+*]|[0-9]+.)[ \t]+\[[ xX]\][ \t]",
    re.M,
)

# A block as both sides see it: its kind, what is said of it, and what stands in it.
Shown = tuple[str, tuple[Any, ...], tuple[Any, ...]]


def expected(text: str) -> list[Shown]:
    """The blocks that GitHub shows, the footnotes that are referred to at the end."""
    cmarkgfm.cmark.core_extensions_ensure_registered()
    parser = cmarkgfm.cmark.parser_new(_OPTIONS)
    try:
        for name in _EXTENSIONS:
            cmarkgfm.cmark.parser_attach_syntax_extension(parser, cmarkgfm.cmark.find_syntax_extension(name))
        cmarkgfm.cmark.parser_feed(parser, text)
        root = cmarkgfm.cmark.parser_finish(parser)
        address = int(_cmark.ffi.cast("uintptr_t", root))
        blocks = [_Theirs(address, child).shown() for child in _below(address)]
        _library().cmark_node_free(address)
    finally:
        cmarkgfm.cmark.parser_free(parser)
    return [block for block in blocks if block[0] != "footnote"] + sorted(
        (block for block in blocks if block[0] == "footnote"), key=repr
    )


def actual(text: str) -> list[Shown]:
    """The blocks that our parser sees, in the same form."""
    nodes = [node for block in parse(text) for node in block.walk()]
    wanted = {node.attrs["key"] for node in nodes if node.kind == "footnote_ref"}
    # Of footnotes with the same label the first one counts; one in another one ends before it.
    notes = sorted(
        (n for n in nodes if n.kind == "footnote_definition"), key=lambda n: (n.span.end, -n.span.start)
    )
    footnotes: dict[object, Node] = {}
    for node in notes:
        if node.attrs["key"] in wanted:
            footnotes.setdefault(node.attrs["key"], node)
    shown = [("footnote", (key,), _ours(node.children)) for key, node in footnotes.items()]
    return [*_ours(parse(text)), *sorted(shown, key=repr)]


def differences(text: str) -> list[str]:
    """What the two see differently: names of kinds, empty where they agree."""
    body = text.replace("\0", "\ufffd")
    theirs, ours = expected(body), actual(body)
    if _LOST_WORDS.search(text):
        theirs, ours = [_without_words(block) for block in theirs], [_without_words(block) for block in ours]
    if theirs == ours:
        return []
    kinds = sorted({kind for kind, *_ in [*_flat(theirs), *_flat(ours)]})
    different = [
        kind
        for kind in kinds
        if [block for block in _flat(theirs) if block[0] == kind]
        != [block for block in _flat(ours) if block[0] == kind]
    ]
    return different or ["order"]


def _without_words(block: Shown) -> Shown:
    kind, said, inside = block
    return (kind, said, tuple(_without_words(child) for child in inside if child[0] != "words"))


def _flat(blocks: list[Shown] | tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for kind, said, inside in blocks:
        yield kind, said, len(inside)
        yield from _flat(inside)


def _ours(nodes: tuple[Node, ...]) -> tuple[Shown, ...]:
    return tuple(
        _our_block(node)
        for node in nodes
        if node.kind not in ("blank_line", "definition", "front_matter", "footnote_definition")
    )


def _our_block(node: Node) -> Shown:
    kind = node.kind
    if kind in ("paragraph", "block_text"):
        return ("paragraph", (), _our_inlines(node))
    if kind == "heading":
        return ("heading", (node.attrs["level"],), _our_inlines(node))
    if kind == "block_code":
        return ("code", (node.str_attr("info"), node.raw.rstrip("\n")), ())
    if kind == "block_html":
        return ("html", (node.raw.rstrip("\n"),), ())
    if kind == "list":
        start = node.attrs.get("start", 1) if node.attrs["ordered"] else 0
        return ("list", (node.attrs["ordered"], start, node.attrs["tight"]), _ours(node.children))
    if kind == "table":
        rows = tuple(
            ("row", (), tuple(("cell", (c.attrs["align"],), _our_inlines(c)) for c in row.children))
            for row in node.children
        )
        return ("table", (), rows)
    return (kind, (), _ours(node.children))


def _our_inlines(node: Node) -> tuple[Shown, ...]:
    links = [
        (n.kind, (n.attrs["url"], n.attrs.get("title", "")), ())
        for n in node.walk()
        if n.kind in ("link", "image")
    ]
    return (*links, ("words", (_words(plain_text(node.children)),), ()))


def _words(text: str) -> str:
    # A box that stands alone is no task for us.
    return " ".join(_BOX.sub("", text, count=1).split()) if _BOX.match(text) else " ".join(text.split())


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(_cmark.__file__)
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result in (
        ("first_child", pointer),
        ("next", pointer),
        ("get_type_string", text),
        ("get_literal", text),
        ("get_url", text),
        ("get_title", text),
        ("get_fence_info", text),
        ("get_heading_level", number),
        ("get_list_type", number),
        ("get_list_start", number),
        ("get_list_tight", number),
        ("free", None),
    ):
        function = getattr(library, f"cmark_node_{name}")
        function.restype, function.argtypes = result, [pointer]
    alignments = library.cmark_gfm_extensions_get_table_alignments
    alignments.restype, alignments.argtypes = ctypes.POINTER(ctypes.c_uint8), [pointer]
    return library


def _below(node: int) -> Iterator[int]:
    child = _library().cmark_node_first_child(node)
    while child:
        yield child
        child = _library().cmark_node_next(child)


class _Theirs:
    """A node of cmark-gfm's tree."""

    def __init__(self, parent: int, node: int) -> None:
        self.parent = parent
        self.node = node
        self.kind = str(self.text("type_string"))

    def text(self, name: str) -> str:
        value = getattr(_library(), f"cmark_node_get_{name}")(self.node)
        return value.decode() if value else ""

    def number(self, name: str) -> int:
        return int(getattr(_library(), f"cmark_node_get_{name}")(self.node))

    def below(self) -> list[_Theirs]:
        return [_Theirs(self.node, child) for child in _below(self.node)]

    def shown(self) -> Shown:
        kind, below = self.kind, self.below()
        if kind == "paragraph":
            return (kind, (), self.inlines())
        if kind == "heading":
            return (kind, (self.number("heading_level"),), self.inlines())
        if kind == "code_block":
            return ("code", (self.text("fence_info"), self.text("literal").rstrip("\n")), ())
        if kind == "html_block":
            return ("html", (self.text("literal").rstrip("\n"),), ())
        if kind == "list":
            is_ordered = self.number("list_type") == 2
            said = (
                is_ordered,
                self.number("list_start") if is_ordered else 0,
                bool(self.number("list_tight")),
            )
            return (kind, said, tuple(child.shown() for child in below))
        if kind == "table":
            aligns = _library().cmark_gfm_extensions_get_table_alignments(self.node)
            names = {ord("l"): "left", ord("c"): "center", ord("r"): "right", 0: None}
            rows = tuple(
                (
                    "row",
                    (),
                    tuple(
                        ("cell", (names[aligns[i]],), cell.inlines()) for i, cell in enumerate(row.below())
                    ),
                )
                for row in below
            )
            return (kind, (), rows)
        if kind == "<unknown>":  # what cmark-gfm calls the definition of a footnote
            return ("footnote", (self.text("literal").casefold(),), tuple(child.shown() for child in below))
        names_of = {"item": "list_item", "tasklist": "list_item"}
        return (names_of.get(kind, kind), (), tuple(child.shown() for child in below))

    def inlines(self) -> tuple[Shown, ...]:
        words: list[str] = []
        links: list[Shown] = []
        self._collect(words, links, in_image=False)
        return (*links, ("words", (_words("".join(words)),), ()))

    def _collect(self, words: list[str], links: list[Shown], *, in_image: bool) -> None:
        for child in self.below():
            if child.kind in ("link", "image"):
                links.append((child.kind, (escape_url(child.text("url")), child.text("title")), ()))
            if child.kind in ("softbreak", "linebreak"):
                words.append("" if in_image else " ")
            elif child.kind in ("text", "code") and not in_image:
                words.append(child.text("literal"))
            child._collect(words, links, in_image=in_image or child.kind == "image")


# Lines, or their ends, that mean something in markdown.
LINES = (
    # text
    [
        "글",
        "글이다. ",
        "a",
        "word *em* **st** `c`",
        "가나  ",
        "다라\\",
        "",
        "",
        "",
        " ",
        "\t",
        "a | b",
        "***",
        "x ~~y~~ ~z~",
    ]
    # headings and breaks
    + [
        "# 제목",
        "## h *a* ##",
        "#",
        "####### 일곱",
        "#글",
        "# a #b# ##",
        "===",
        "---",
        "-",
        "=",
        "- - -",
        "_ _ _",
        "* * *",
        "----",
        "## #",
    ]
    # code
    + [
        "```",
        "```py",
        "````",
        "~~~",
        "~~~ a `b`",
        "``` a`b",
        "```&amp;\\*",
        "    code",
        "\tcode",
        "  \tx",
        "`` ` ``",
        "~~~~ ",
    ]
    # HTML, one of each kind
    + [
        "<div>",
        "</div>",
        "<br/>",
        "<img src='a' />",
        "<b>x</b>",
        "<details>",
        "<summary>답</summary>",
        "<pre>",
        "</pre>",
        "<!-- c -->",
    ]
    + [
        "<!--",
        "-->",
        "<?php",
        "?>",
        "<!X y>",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script> x",
        "<a href='u'>",
        "</a>",
        "<a b",
        "<hr",
        "<p/>",
    ]
    + ["<!-- a --->", "<textarea>", "<x-y z=1>", "a <b", "c='d'>", "<!doctype html>"]
    # links and definitions
    + [
        "[a]: /u",
        "[a]: <u v> 't'",
        "[a]:",
        "/u2",
        "'title",
        "more'",
        "[b]: x (y)",
        "[A]: /other",
        "[글]: #글",
        "[a] [b][a] [글]",
        "[x](y)",
    ]
    + [
        "![p](q.png)",
        '[x](<y z> "t")',
        "[x](a(b)c)",
        "[x](y 't' )",
        "[a][]",
        "[[a]](b)",
        "[a]: u 't' x",
        "<http://a.b>",
        "<m@x.y>",
        "[c\\]]: u",
    ]
    + [
        "[x]( y",
        "'t')",
        "[a",
        "b]: c",
        "[  ]: x",
        "[a]: <>",
        "[x]()",
        "![[a]](b)",
        "https://a.b/c",
        "www.a.b",
        "[a](b) [c](d)",
        "[d]: u 'a\\'b'",
    ]
    # tables
    + [
        "| a | b |",
        "|---|---|",
        "|:-:|",
        "| a |",
        ":-",
        "-:",
        "| a \\| b |",
        "|-|",
        "a|b",
        "-|-",
        "| `x|y` | z |",
        "| [a](b) | ![c](d)",
        "|",
        "||",
        "|:--|--:|",
        "| \\\\| |",
    ]
    # footnotes
    + [
        "[^1]: 각주",
        "[^1]:",
        "[^n]: - a",
        "글[^1] 글[^n]",
        "[^없다]",
        "    이어진다",
        "[^1]",
        "[^N]: x",
        "![^1]",
        "[^ 1]",
        "[^*a*]",
        "[^1]: # h",
        "[^a b]: c",
    ]
    # lists
    + [
        "- a",
        "- ",
        "-",
        "* b",
        "+ c",
        "1. 하나",
        "2. 둘",
        "1) x",
        "1.",
        "10. y",
        "-   z",
        "-     code",
        "- - n",
        "1. - m",
        "- # h",
        "- [ ] t",
        "- [x] u",
        "- [ ]",
        "01. o",
        "-\tt",
    ]
    # quotes
    + ["> 인용", ">", ">글", "> > 둘", ">> - q", ">\tt", "> # h", "> ```", "> ---", "> - a", ">     c"]
    # entities and escapes
    + [
        "&amp; &lt;b&gt; &#42;a&#x2A;",
        "\\# a",
        "\\- b",
        "&copy; &nope; &#0;",
        "[x](&auml;\\(&quot;)",
        "# a &amp; b",
        "\\[a](b)",
        "`a\\`b`",
        "\\&amp;",
    ]
)
PREFIXES = [
    "",
    "",
    "",
    "",
    "",
    " ",
    "  ",
    "   ",
    "    ",
    "     ",
    "\t",
    "> ",
    ">",
    "- ",
    "  - ",
    "1. ",
    "   1. ",
    "* ",
    ">\t",
    "-\t",
    " \t",
    "[^1]: ",
    "      ",
]
PIECES = (
    [
        "*",
        "**",
        "***",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](u)",
        "[a]",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
    ]
    + [
        "\\",
        "\\*",
        "&",
        "&amp;",
        "&lt;",
        "&#35;",
        "&ouml",
        " ",
        "  ",
        "\n",
        "  \n",
        "\\\n",
        "a",
        "b",
        "가",
        "은",
        ".",
        "!",
        "“",
        "”",
        "·",
        "(가)",
    ]
    + [
        "\u00a0",
        "\u3000",
        "'",
        '"',
        "<http://x.y>",
        "<a@b.c>",
        "[^1]",
        "[x](y)",
        "![x](y)",
        "](<u> 't')",
        "[a][b]",
        "^",
        ":",
        "|",
        "$"[:0],
        "+",
        "€",
    ]
    + ["<?", "?>", "<![CDATA[", "]]>", "<!A ", "<a b='", "'>", "/", "-", "#", "1"]
)


CHARACTERS = "  \t\n\n>-*_+=#`~<>[]()!|:^\\1.)ab가&;'\"/"


def random_document(source: random.Random) -> str:
    """A small document that is harder than what people write."""
    choice = source.random()
    if choice < 0.1:
        text = "".join(source.choice(CHARACTERS) for _ in range(source.randint(1, 60)))
    elif choice < 0.75:
        lines = []
        for _ in range(source.randint(1, 12)):
            prefix = "".join(source.choice(PREFIXES) for _ in range(source.choice((0, 0, 1, 1, 2, 3))))
            lines.append(prefix + source.choice(LINES))
        text = source.choice(("\n", "\n", "\n", "\r\n", "\r")).join(lines) + source.choice(("", "\n"))
    else:
        text = "".join(source.choice(PIECES) for _ in range(source.randint(1, 30)))
        text = source.choice(("", "# ", "- ", "> ", "| a |\n|-|\n| ")) + text + source.choice(("", "\n===\n"))
        text += "\n\n[a]: /u\n[b]: <v w> (t)\n" * source.randint(0, 1)
    # Footnotes that nothing refers to are not shown.
    return source.choice(("", "[^1] [^n]\n\n")) + text


def main() -> None:
    """Compare random documents, and say in what they differ."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--count", type=int, default=20_000)
    arguments.add_argument("--show", type=int, default=3, help="so many documents that differ")
    options = arguments.parse_args()
    source = random.Random(options.seed)
    kinds: Counter[str] = Counter()
    different = 0
    for _ in range(options.count):
        text = random_document(source)
        if found := differences(text):
            kinds.update(found)
            different += 1
            if different <= options.show:
                print(repr(text), found)
    print(f"seed {options.seed}: {different} of {options.count} documents differ", dict(kinds.most_common()))


if __name__ == "__main__":
    main()
