"""``dlcards preview``: the page as a reader gets it, and the server as a browser does."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dlcards.deck.export import Export, Order, export
from dlcards.deck.package.apkg import field_values
from dlcards.deck.package.notetypes import NoteType, note_type
from dlcards.deck.preview.build import PAGE, Preview, make_preview
from dlcards.deck.preview.templating import render_cards
from dlcards.identity.lock import Lock
from dlcards.model import Config, Text
from tests.support.anki_collection import Learner, learner
from tests.support.documents import FakeFiles, context, document, md
from tests.support.pictures import PNG

__all__ = ["learner"]

DOCUMENT = md(r"""
    ## #1

    #### 기울기는 왜 사라지나?

    > 핵심: **시그모이드**의 미분이 작아 **곱**이 0에 가까워진다. $\sigma'(z)\le\frac14$

    > 힌트: 연쇄 법칙을 생각해 보자.

    층마다 곱한다.

    $$
    \prod_l \sigma'(z_l)
    $$

    ![작은 그림](p.png)

    ```python
    print("<b>")
    ```

    #### 꼬리질문

    - 얼마나 작나?
      - 층마다 4분의 1이 곱해진다.

    #### References

    - [출처](https://example.com)

    ---

    ## #1-1

    #### 아직 답이 없는 것은?

    #### References

    ---

    ## #2

    #### 굵게 보이지 않는 것은?

    가나 **과적합(overfitting)**은 다라.

    #### References

    - [출처](https://example.com)
""")


def made(text: str, config: Config | None = None, mathjax: dict[str, bytes] | None = None) -> Preview:
    config = config or Config()
    files = FakeFiles(contents={"answers/p.png": PNG})
    one, where = document(text, config), context(config, files)
    result = export([one], where, Path("/nowhere"), Order("덱", Lock(), 1_700_000_000))
    return make_preview([one], where, config.deck or "덱", result, mathjax or {})


def html(preview: Preview) -> str:
    return preview.files[PAGE].decode()


class Elements(HTMLParser):
    """The elements of a page: their names and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_every_question_is_there_with_all_of_its_cards() -> None:
    page = made(DOCUMENT).page
    assert [(q.anchor, [(c.kind, c.number) for c in q.cards]) for q in page.questions] == [
        ("1", [("질문", ""), ("빈칸", "1/2"), ("빈칸", "2/2"), ("꼬리질문", "")]),
        ("1-1", []),
        ("2", [("질문", "")]),
    ]
    assert page.cards == {"질문": 2, "빈칸": 2, "꼬리질문": 1}


def test_problems_stand_at_their_question() -> None:
    page = made(DOCUMENT).page
    assert [q.state for q in page.questions] == ["", "refused", "warning"]
    assert [problem.code for problem in page.questions[1].reasons] == ["Q001"]
    (found,) = page.questions[2].problems
    assert (found.code, found.place) == ("M001", "answers/deep-learning.md:44")
    assert (page.refused, page.with_problems) == (1, 2)


def test_a_picture_that_cannot_be_had_is_said_at_its_question() -> None:
    text = DOCUMENT.replace("p.png", "no.png")
    (refused,) = (question for question in made(text).page.questions if question.id == "1")
    assert refused.cards == ()
    assert any("no.png" in problem.message.en for problem in refused.reasons)


def test_two_questions_with_one_id_have_two_anchors() -> None:
    config = Config(severity={"Q004": "warning"})
    text = DOCUMENT.replace("## #2", "## #1")
    page = made(text, config).page
    assert len({question.anchor for question in page.questions}) == 3
    shown = {question.anchor: question for question in page.questions}
    for question in shown.values():
        for card in question.cards:
            assert question.question in card.front + card.back or card.kind == "빈칸"


def test_pictures_lie_beside_the_page() -> None:
    preview = made(DOCUMENT)
    sources = {attrs["src"] for tag, attrs in Elements(html(preview)).found if tag == "img"}
    assert sources == preview.files.keys() - {PAGE}
    assert all(preview.files[source or ""] == PNG for source in sources)


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


def test_the_same_input_gives_the_same_bytes() -> None:
    assert dict(made(DOCUMENT).files) == dict(made(DOCUMENT).files)


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


# Anki's templates


def notes_of(text: str) -> Export:
    files = FakeFiles(contents={"answers/p.png": PNG})
    return export(
        [document(text)], context(files=files), Path("/nowhere"), Order("덱", Lock(), 1_700_000_000)
    )


def test_cards_are_what_the_real_anki_makes_of_them(learner: Learner, tmp_path: Path) -> None:
    """Its ``data-cloze`` apart, which only scripts read."""
    result = notes_of(DOCUMENT)
    (tmp_path / "deck.apkg").write_bytes(result.package)
    learner.import_(tmp_path / "deck.apkg")
    notes = learner.notes()
    compared = 0
    for identified in result.identified.cards:
        ours = render_cards(note_type(identified.card.kind, "ko"), field_values(identified))
        theirs = sorted(notes[identified.guid].cards(), key=lambda card: int(card.ord))
        for sides, card in zip(ours, theirs, strict=True):
            output = card.render_output()
            for mine, its in ((sides.front, output.question_text), (sides.back, output.answer_text)):
                assert mine == re.sub(r' data-cloze="[^"]*"', "", its)
                compared += 1
    assert compared == 10


def kind(front: str, back: str = "", *, cloze: bool = False) -> NoteType:
    names = ("A", "B", "Text")
    return NoteType(
        1, "n", tuple({"name": name} for name in names), ({"qfmt": front, "afmt": back},), "", cloze
    )


@pytest.mark.parametrize(
    ("template", "fields", "shown"),
    [
        ("{{A}}-{{B}}", {"A": "1", "B": "2"}, "1-2"),
        ("{{ A }}", {"A": "{{B}}"}, "{{B}}"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": "1"}, "x[1]y"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": " <br><div></div>\n"}, "xy"),
        ("x{{^A}}none{{/A}}y", {}, "xnoney"),
        ("x{{^A}}none{{/A}}y", {"A": "1"}, "xy"),
        ("{{#A}}1{{#B}}2{{/B}}3{{/A}}", {"A": "1"}, "13"),
        ("{{#B}}1{{#A}}2{{/A}}3{{/B}}", {"A": "1"}, ""),
    ],
)
def test_templates_are_filled(template: str, fields: dict[str, str], shown: str) -> None:
    (sides,) = render_cards(kind(template), fields)
    assert sides.front == shown


def test_a_cloze_note_has_a_card_for_each_number() -> None:
    first, third = render_cards(
        kind("{{cloze:Text}}", "{{FrontSide}}|{{cloze:Text}}", cloze=True),
        {"Text": "{{c1::a::hint}} {{c3::b}} {{c1::c}}"},
    )
    assert first.front.count("[hint]") == first.front.count("[...]") == 1
    assert '<span class="cloze-inactive" data-ordinal="3">b</span>' in first.front
    assert third.back.startswith(f"{third.front}|")
    assert third.back.endswith(
        '<span class="cloze" data-ordinal="3">b</span> <span class="cloze-inactive" data-ordinal="1">c</span>'
    )


@pytest.mark.parametrize("template", ["{{C}}", "{{type:A}}", "{{#A}}", "{{/A}}", "{{#A}}{{#B}}{{/A}}{{/B}}"])
def test_what_is_unknown_in_a_template_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match="template"):
        render_cards(kind(template), {"A": "1", "B": "1"})
