"""The preview's page as a reader gets it: no network, nothing that runs, the language of its cards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlcards.deck.export import Order
from dlcards.deck.preview.build import make_preview
from dlcards.deck.preview.page import Page, Problem, QuestionView, render
from dlcards.identity.lock import Lock
from dlcards.model import Config, Text
from tests.support.documents import FakeFiles, context, document
from tests.support.exports import export
from tests.support.pictures import PNG
from tests.support.preview import DOCUMENT, Elements, html, made


def test_the_page_needs_no_network() -> None:
    preview = made(DOCUMENT, mathjax={"mathjax/tex-chtml-full.js": b""})
    for tag, attrs in Elements(html(preview)).found:
        for name in ("src", "srcset", "action", "data", "poster"):
            assert not re.match(r"(https?:)?//", attrs.get(name) or ""), tag
        assert tag == "a" or not (attrs.get("href") or "").startswith("http"), tag
    assert "@import" not in html(preview)
    assert not re.search(r"url\(", html(preview))
    assert "default-src 'none'" in html(preview)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    ("text", "config"),
    [
        (DOCUMENT.replace("기울기는", f"{HOSTILE} 기울기는"), Config()),
        (
            DOCUMENT.replace("층마다 곱한다.", f"{HOSTILE} <svg onload=alert(1)><style>*{{}}</style>"),
            Config(),
        ),
        (DOCUMENT.replace("아직 답이", f"{HOSTILE} 아직 답이"), Config()),
        (DOCUMENT.replace("(https://example.com)", "(javascript:alert(1))"), Config()),
        (DOCUMENT.replace("p.png", "<x onerror=alert(1)>.png"), Config()),
        (DOCUMENT, Config(deck=HOSTILE)),
        (DOCUMENT, Config(repository="o/n")),
        (DOCUMENT.replace("기울기는", "[[script]] [[deck]] 기울기는"), Config()),
    ],
)
def test_nothing_of_a_document_runs(text: str, config: Config) -> None:
    clean, hostile = Elements(html(made(DOCUMENT))).found, Elements(html(made(text, config))).found
    for one in (clean, hostile):
        assert [tag for tag, _ in one].count("script") == 1
    assert [tag for tag, _ in hostile].count("style") == [tag for tag, _ in clean].count("style")
    for _, attrs in hostile:
        assert not [name for name in attrs if name.startswith("on")]
        assert not (attrs.get("href") or "").startswith("javascript")


def test_without_mathjax_formulas_are_tex_and_the_page_says_what_to_install() -> None:
    page = html(made(DOCUMENT))
    assert "<script async" not in page
    assert "pip install 'dlcards[preview]'" in page
    assert r"\prod_l" in page


def test_the_page_speaks_the_language_of_its_cards() -> None:
    page = html(made(DOCUMENT, Config(language="en")))
    assert '<html class="pv" lang="en"' in page
    assert "Not in the deck" in page
    assert "덱에 없음" not in page


def test_a_document_that_cannot_be_read_is_said_on_the_page() -> None:
    one, where = document(DOCUMENT), context(files=FakeFiles(contents={"answers/p.png": PNG}))
    result = export([one], where, Path("/nowhere"), Order("덱", Lock(), 0))
    preview = make_preview([one], where, "덱", result, {}, [Text("b.md: 읽을 수 없다", "b.md: cannot")])
    assert "b.md: 읽을 수 없다" in html(preview)


def test_what_is_wrong_elsewhere_is_folded_the_worst_first() -> None:
    problems = [Problem("note", f"N{number}", Text("글", "words"), "") for number in range(7)]
    problems.insert(3, Problem("error", "E1", Text("글", "words"), ""))
    page = render(Page("덱", "en", "", (), problems, has_mathjax=True))
    assert page.index("E1") < page.index("N0") < page.index('<details class="pv-more"') < page.index("N6")
    assert "<summary>3 more</summary>" in page
    few = render(Page("덱", "en", "", (), problems[:5], has_mathjax=True))
    assert "<details" not in few


def test_an_id_of_words_is_not_repeated_in_the_list_of_questions() -> None:
    made_of = {"12-3": True, "what-is-overfitting": False}
    questions = [QuestionView(name, name, "?", "a.md", 1, "", (), (), ()) for name in made_of]
    page = render(Page("덱", "en", "", questions, (), has_mathjax=True))
    shown = {name: f'<span class="pv-id">#{name}</span>' in page for name in made_of}
    assert shown == made_of
