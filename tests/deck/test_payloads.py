"""What documents hold to run, fetch or dress something does none of it on a card, nor on the preview's page.

Here HTML is read as browsers read it, by a parser that follows the standard; ``test_payloads_in_browser.py``
asks a browser itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from dlcards.deck.cards.parts import Start, read, write
from dlcards.deck.preview.build import PAGE, make_preview
from dlcards.model import Context
from tests.support import payloads
from tests.support.payloads import FORMS, PAYLOADS, Shown

pytestmark = pytest.mark.xdist_group("payloads")  # which are made into cards once

Elements = list[tuple[str, dict[str, str | None]]]

# What cards are made of. Nothing of it runs, and no text in it is read by other rules than elsewhere.
_ELEMENTS = {
    "a", "abbr", "b", "blockquote", "br", "center", "code", "dd", "del", "details", "div", "dl", "dt", "em", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "main", "map", "mark", "ol", "p",
    "pre", "q", "s", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "tt", "u", "ul", "wbr", "area",
}  # fmt: skip
_ATTRIBUTES = {
    "align", "alt", "checked", "class", "colspan", "data-ordinal", "dir", "disabled", "height", "href", "id", "lang",
    "open", "rowspan", "src", "start", "style", "title", "type", "width",
}  # fmt: skip
_IDS = {"answer"}
_STYLES = re.compile(
    r"text-align: start|padding: 0 1\.4em|margin-top: 10px; font-size: 0\.77em; font-size: max\([^()]*\);"
    r" font-weight: 400"
)
_PICTURE = re.compile(r"dlcards-[0-9a-f]{24}\.(png|svg)")
# Commands of MathJax that lead, fetch or dress.
_COMMAND = re.compile(
    r"\\(href(?!\{https?:)|style|class|cssId|setOptions|bbox\[[^\]]*:|mmlToken\{\w+\}\[|unicode\[[^\]]*[:/])"
)
# What Anki finds in the HTML itself, wherever it stands.
_ANKI = re.compile(r"\[sound:|\[anki:|\[\[type:|\[/?latex\]|\[/?\$\$?\]", re.I)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    return payloads.shown(tmp_path_factory.mktemp("payloads"))


def _elements(html: str, tree: LexborHTMLParser | None = None) -> Elements:
    body = (tree or _tree(html)).body
    assert body is not None
    return [(node.tag or "", dict(node.attributes)) for node in body.traverse(include_text=False)][1:]


def _tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{html}")


def _harm(elements: Elements) -> Iterator[str]:
    """What there is among elements that no card should hold."""
    for name, attributes in elements:
        if name not in _ELEMENTS:
            yield f"<{name}>"
        for attribute, value in attributes.items():
            value = value or ""
            if attribute not in _ATTRIBUTES:
                yield f"<{name} {attribute}>"
            elif attribute == "style" and not _STYLES.fullmatch(value):
                yield f"<{name} style={value!r}>"
            elif attribute == "id" and value not in _IDS:
                yield f"<{name} id={value!r}>"
            elif attribute == "href" and urlsplit(value).scheme not in ("http", "https", "mailto"):
                yield f"<{name} href={value!r}>"
            elif attribute == "src" and not _PICTURE.fullmatch(value):
                yield f"<{name} src={value!r}>"
            elif attribute == "class" and re.search(r"night|mode|pv-", value, re.I):
                yield f"<{name} class={value!r}>"


def test_there_are_enough_of_them_and_most_become_cards(shown: dict[str, Shown]) -> None:
    assert len(FORMS) >= 80
    without = [name for name, what in shown.items() if not what.sides]
    assert len(without) < len(PAYLOADS) / 5, without


def test_cards_hold_nothing_that_could_harm(shown: dict[str, Shown]) -> None:
    found = {
        name: harm
        for name, what in shown.items()
        for side in what.sides
        for html in side
        if (harm := list(_harm(_elements(html))))
    }
    assert not found


def test_cards_are_read_the_same_a_second_time(shown: dict[str, Shown]) -> None:
    for name, what in shown.items():
        for side in what.sides:
            for html in side:
                tree = _tree(html)
                again = LexborHTMLParser(tree.html or "")
                assert _elements("", again) == _elements("", tree), name


def test_fields_close_what_they_open(shown: dict[str, Shown]) -> None:
    """So that no field takes in what a template has after it."""
    for name, what in shown.items():
        for side in what.sides:
            for html in side:
                body = _tree(html).body
                assert body is not None
                (only,) = (node for node in body.iter(include_text=False))
                assert only.tag == "main", name


def test_formulas_only_draw(shown: dict[str, Shown]) -> None:
    found = set()
    for name, what in shown.items():
        for side in what.sides:
            for html in side:
                tree = _tree(html)
                for code in tree.css("pre, code"):
                    code.decompose()
                for mark in tree.css("span:empty"):
                    mark.replace_with("|")  # over which MathJax does not read on
                body = tree.body
                assert body is not None
                text = body.text()  # over <wbr>, as MathJax reads
                if (r"\(" in text or r"\[" in text) and _COMMAND.search(text):
                    found.add(name)
    assert not found


def test_anki_finds_no_markup_but_our_own_blanks(shown: dict[str, Shown]) -> None:
    assert not {
        (name, field)
        for name, what in shown.items()
        for fields in what.fields
        for field, html in fields.items()
        if _ANKI.search(html)
    }
    for name, what in shown.items():
        for fields, terms in zip(what.fields, what.terms, strict=True):
            for field, html in fields.items():
                blanks = re.findall(r"\{\{(.*?)\}\}", html) if field == "Text" and terms else []
                assert all(re.match(r"c[123]::", blank) and blank.count("::") == 1 for blank in blanks), name
                assert html.count("{{") == html.count("}}") == len(blanks), (name, field)


def test_the_page_of_the_preview_holds_nothing_that_could_harm(tmp_path: Path) -> None:
    config, files = payloads.project(tmp_path)
    documents = list(payloads.documents(config).values())
    result = payloads.exported(documents, config, files, tmp_path)
    preview = make_preview(documents, Context(config, files), payloads.FORMS["tags in a title"], result, {})
    tree = LexborHTMLParser(preview.files[PAGE].decode())
    assert len(tree.css("script")) == 1
    assert len(tree.css("style")) == 2
    cards = tree.css(".card")
    assert len(cards) > len(PAYLOADS)
    allowed = {"loading", "role"}
    for card in cards:
        elements: Elements = [
            (node.tag or "", {k: v for k, v in node.attributes.items() if k not in allowed})
            for node in card.traverse(include_text=False)
        ]
        assert not list(_harm(elements[1:]))
        assert [node.tag for node in card.iter(include_text=False)] == ["main"]
    # Around the cards, the page has nothing but its own elements.
    for card in cards:
        card.decompose()
    for node in tree.root.traverse(include_text=False) if tree.root else ():
        assert node.tag not in ("img", "iframe", "object", "svg", "math", "form")
        assert not [name for name in node.attributes if name.startswith("on")]
        assert urlsplit(node.attributes.get("href") or "").scheme in ("", "https", "data"), node.html


@pytest.mark.parametrize(
    "html",
    [
        "글",
        "<p>글 <b>굵게</b></p>\n<br>",
        '<a href="https://a.b/?c&amp;d" title="&quot;x&quot;">글</a>',
        '<input checked="" type="checkbox">',
        '<div class="math">\\[a &lt; b\\]</div>',
    ],
)
def test_what_is_read_is_written_as_it_was(html: str) -> None:
    assert write(read(html)) == html


@pytest.mark.parametrize(
    "html",
    [
        '<b title="<table><script>alert(1)</script>">글</b>',
        "<b title='<img src=x onerror=alert(1)>'>글</b>",
        "글 < 글 > <",
        "<img src=x onerror=alert(1)>",
        "<!-- <b> -->",
        '<b title="a"onclick="b">',
        "<svg/onload=alert(1)>",
    ],
)
def test_only_tags_that_are_read_are_written(html: str) -> None:
    """Whatever a sanitizer leaves unescaped."""
    parts = read(html)
    starts = [(part.name, len(part.attributes)) for part in parts if isinstance(part, Start)]
    again = _elements(write(parts))
    assert [(name, len(attributes)) for name, attributes in again] == starts
    assert read(write(parts)) == read(write(read(write(parts))))
