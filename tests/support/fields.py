"""Fields of notes as strategies: what an export makes of them, and how programs that edit them save it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from hypothesis import strategies as st

from tests.support.learner_edits import KINDS

_WORDS = st.sampled_from(
    [
        "딥러닝은",
        "한글",
        "word",
        "a_b_c",
        "2 * 3",
        "**",
        "`",
        "[x]",
        "$5",
        "<b>",
        "&lt;",
        "\\",
        "~~",
        "|",
        "_",
    ]
    + [
        "#",
        "-",
        "1.",
        ">",
        "“따옴표”",
        "(괄호)",
        "!",
        "é",
        "각",
        "A&B",
        "x < y",
        "*",
        "https://a.b/c_d",
        "__",
    ]
)
TEXTS = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
"""Words, many of which would be marks in markdown."""
_LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


def _element(name: str, inner: str, attributes: str = "") -> str:
    return f"<{name}{' ' * bool(attributes)}{attributes}>{inner}</{name}>"


_TEXT = (TEXTS | _LETTERS).map(lambda text: escape(text, quote=False))
_CODE = TEXTS.map(lambda text: _element("code", escape(text, quote=False)))
_FORMULAS = st.sampled_from([r"\(x_1\)", r"\(a &lt; b\)", r"\(\frac{1}{n}\)", r"\[y^2\]"])
_PICTURES = st.sampled_from(["p-1.png", "그림 (둘).png"]).map(
    lambda name: f'<img src="{name}" alt="그림 *1*">'
)
_LINKS = st.builds(
    lambda inner, href: _element("a", inner, f'href="{escape(href)}"'),
    _TEXT,
    st.sampled_from(["https://a.b/c_d?e=1&f=2", "https://a.b/(c)", "https://a.b/가 나"]),
)


def _inlines(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=4).map(" ".join)


_STYLED = st.builds(_element, st.sampled_from(["strong", "em", "del", "u", "sub", "sup", "kbd"]), _TEXT)
INLINES = _inlines(_TEXT | _STYLED | _CODE | _LINKS | _FORMULAS | _PICTURES | st.just("앞<br>뒤"))
"""What stands in a line."""


def _blocks(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(blocks, min_size=1, max_size=3).map("\n".join)

    def items(name: str, inner: Sequence[str]) -> str:
        return _element(name, "\n" + "".join(f"<li>{each}</li>\n" for each in inner))

    return (
        st.builds(items, st.sampled_from(["ul", "ol"]), st.lists(INLINES | several, min_size=1, max_size=3))
        | several.map(lambda inner: _element("blockquote", f"\n{inner}\n"))
        | st.builds(lambda head, inner: f"<details>\n<summary>{head}</summary>\n{inner}</details>", _TEXT, several)
    )  # fmt: skip


_SOURCE = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
_SIMPLE = (
    INLINES.map(lambda inner: f"<p>{inner}</p>")
    | _SOURCE.map(lambda code: f'<pre class="code"><code>{escape(code, quote=False)}</code></pre>')
    | TEXTS.map(lambda tex: "<h3>" + escape(tex, quote=False) + "</h3>")
    | st.just('<div class="math">\\[x_1\n+ y\\]</div>')
    | st.just("<hr>")
    | st.builds(
        lambda a, b: (
            f"<table>\n<thead>\n<tr><th>{a}</th></tr>\n</thead>\n<tbody>\n<tr><td>{b}</td></tr>\n</tbody>\n</table>"
        ),
        _TEXT,
        INLINES,
    )
)
FIELDS = INLINES | st.lists(st.recursive(_SIMPLE, _blocks, max_leaves=4), min_size=1, max_size=3).map(
    "\n".join
)
"""Fields as an export makes them, and as learners may make them of these."""


@st.composite
def edits(draw: st.DrawFn, fields: st.SearchStrategy[str] = FIELDS) -> tuple[str, str]:
    """A field, and what a learner makes of it."""
    html = draw(fields)
    chance = random.Random(draw(st.integers(0, 2**32)))
    kinds = chance.sample(sorted(KINDS), len(KINDS))
    edited = (KINDS[kind](html, chance) for kind in kinds)
    return html, next((new for new in edited if new is not None and new != html), html + "<p>끝</p>")


_BY_EDITORS = {"strong": "b", "em": "i", "del": "s"}


def as_saved(html: str, chance: random.Random) -> str:
    """A field as a browser may save it that shows the same of it."""
    writer = _Writer(chance)
    writer.feed(html)
    writer.close()
    saved = "".join(writer.parts)
    return unicodedata.normalize("NFD", saved) if chance.random() < 0.5 else saved


class _Writer(HTMLParser):
    def __init__(self, chance: random.Random) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._chance = chance
        self._names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _BY_EDITORS.get(tag, tag) if self._chance.random() < 0.5 else tag
        if tag not in ("br", "hr", "img", "input"):
            self._names.append(name)
        self._chance.shuffle(attrs)
        said = "".join(f" {key}={self._quoted(value or '')}" for key, value in attrs)
        self.parts.append(f"<{name}{said}>")

    def _quoted(self, value: str) -> str:
        double = f'"{escape(value)}"'
        return f"'{escape(value)}'" if self._chance.random() < 0.5 else double

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{self._names.pop()}>")

    def handle_data(self, data: str) -> None:
        if "pre" not in self._names:
            data = "".join(self._blank() if character == " " else character for character in data)
        self.parts.append(data)

    def _blank(self) -> str:
        return self._chance.choice([" ", " ", " ", "&nbsp;", " &nbsp;", "\u00a0"])

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
