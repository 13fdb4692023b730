"""D003 and D004: clean cases first, then what is found and what a fix makes of it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.lint.fixes import fix
from dlcards.lint.rules.deck.image_name_clash import RULE as CLASH
from dlcards.model import Config, Context, Diagnostic
from tests.support.documents import PATH, FakeFiles, context, places

HEAD = "## #1\n\n#### 질문?\n\n"


@pytest.mark.parametrize(
    "body",
    [
        "`[sound:a.mp3]`와 `{{c1::답}}`",
        "```\n{{c1::답}}\n```",
        "$x^{y^{2}}$\n\n$$\n\\frac{1}{2^{n}}\n$$",
        "{한 겹}, [소리], [라텍스], [sounds:a]",
        r"\{\{c1::답\}\} [sound\:a.mp3]",
        "<p>{{이름}}</p>",
        "<!-- {{c1::답}} -->",
        "![{{이름}}](a.png)",
        "[글](https://example.com/{{a}})",
        "[sound](u)",
    ],
)
def test_no_markup_of_anki(body: str) -> None:
    assert places(HEAD + body, "D003") == []


def test_outside_of_questions_it_is_only_text() -> None:
    assert places("# 템플릿\n\n{{Front}}와 [sound:a.mp3]", "D003") == []


@pytest.mark.parametrize(
    ("body", "found", "mended"),
    [
        ("소리 [sound:a.mp3]를", ["5:4 [sound:"], r"소리 [sound\:a.mp3]를"),
        ("[latex]x[/latex]", ["5:1 [latex]", "5:9 [/latex]"], r"[latex\]x[/latex\]"),
        ("[anki:tts]", ["5:1 [anki:"], r"[anki\:tts]"),
        ("{{c1::답}}은", ["5:1 {{c1::답}}"], r"{\{c1::답}\}은"),
        ("{{c1::**답**}} {{a}}", ["5:1 {{c1::**답**}}", "5:15 {{a}}"], r"{\{c1::**답**}\} {\{a}\}"),
        ("{{{a}}}", ["5:1 {{{a}}}"], r"{\{\{a}\}\}"),
        ("}} {{", ["5:1 }}", "5:4 {{"], r"}\} {\{"),
        ("{{ [sound:a {{", ["5:1 {{", "5:4 [sound:", "5:13 {{"], r"{\{ [sound\:a {\{"),
        ("**{{a**", ["5:3 {{"], r"**{\{a**"),
        ("[글 {{a}}](u)", ["5:4 {{a}}"], r"[글 {\{a}\}](u)"),
        ("> 핵심: **답**은 {{a}}다.", ["5:14 {{a}}"], r"> 핵심: **답**은 {\{a}\}다."),
        ("| a |\r\n|---|\r\n| {{a}} |", ["7:3 {{a}}"], "| a |\r\n|---|\r\n| {\\{a}\\} |"),
        ("> - 인용 {{a}}", ["5:8 {{a}}"], r"> - 인용 {\{a}\}"),
        ("#### 꼬리질문\n\n- {{a}}?\n  - 답", ["7:3 {{a}}"], "#### 꼬리질문\n\n- {\\{a}\\}?\n  - 답"),
        (
            "#### References\n\n- [가 {{나}}](u)",
            ["7:6 {{나}}"],
            "#### References\n\n- [가 {\\{나}\\}](u)",
        ),
    ],
)
def test_markup_of_anki_is_found_and_escaped(body: str, found: list[str], mended: str) -> None:
    assert places(HEAD + body, "D003") == found
    assert fix(PATH, HEAD + body, context(Config(select=("D003",)))).text == HEAD + mended


def test_a_question_is_a_card_too() -> None:
    assert places("## #1\n\n#### {{a}}란?\n\n답", "D003") == ["3:6 {{a}}"]


FILES = FakeFiles(
    contents={
        "answers/a/loss.png": b"one",
        "answers/b/Loss.PNG": b"two",
        "answers/c/loss.png": b"one",
        "answers/d/loss.png": b"three",
        "answers/a/other.png": b"four",
        "answers/a/\uac00.png": b"five",
        "answers/b/\u1100\u1161.png": b"six",
    },
    paths=frozenset({"answers/e/loss.png"}),
)


@pytest.mark.parametrize(
    "body",
    [
        "![그림](a/loss.png) ![그림](a/loss.png) ![그림](a/other.png)",
        "![그림](a/loss.png) ![그림](c/loss.png)",
        "![그림](a/loss.png) ![그림](e/loss.png)",
        "![그림](a/loss.png) ![그림](https://example.com/loss.png)",
        "![그림](a/loss.png) ![그림](없음/loss.png)",
        "![그림](a/loss.png) [글](b/Loss.PNG)",
    ],
)
def test_names_that_do_not_clash(body: str) -> None:
    assert places(HEAD + body, "D004", None, FILES) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![그림](a/loss.png) ![그림](b/Loss.PNG)", ["5:25 b/Loss.PNG"]),
        ("![그림](a/loss.png) <img src='b/Loss.PNG'>", ["5:29 b/Loss.PNG"]),
        ("![그림](a/loss.png) ![그림](d/loss.png) ![그림](d/loss.png)", ["5:25 d/loss.png"]),
        (
            "![그림](a/loss.png) ![그림](b/Loss.PNG) ![그림](c/loss.png) ![그림](d/loss.png)",
            ["5:25 b/Loss.PNG", "5:61 d/loss.png"],
        ),
        ("![그림](a/\uac00.png) ![그림](b/\u1100\u1161.png)", ["5:22 b/\u1100\u1161.png"]),
    ],
)
def test_names_that_clash(body: str, found: list[str]) -> None:
    assert places(HEAD + body, "D004", None, FILES) == found


def test_a_picture_outside_of_questions_is_in_no_deck() -> None:
    text = "![그림](a/loss.png)\n\n" + HEAD + "![그림](b/Loss.PNG)\n\n# 끝\n\n![그림](d/loss.png)"
    assert places(text, "D004", None, FILES) == []


def clashes(*texts: str) -> list[list[Diagnostic]]:
    documents = tuple(
        build(PurePosixPath(f"answers/{number}.md"), HEAD + text, Config())
        for number, text in enumerate(texts)
    )
    run = Context(Config(), FILES, documents)
    return [list(CLASH.check(document, run)) for document in documents]


def test_a_clash_between_documents_stands_in_the_later_one() -> None:
    one, two, three = clashes("![그림](a/loss.png)", "![그림](b/Loss.PNG)", "![그림](a/loss.png)")
    assert [len(one), len(two), len(three)] == [0, 1, 0]
    assert "answers/a/loss.png" in two[0].message.en
    assert not two[0].related


def test_equal_pictures_of_two_documents_are_one() -> None:
    assert clashes("![그림](a/loss.png)", "![그림](c/loss.png)") == [[], []]


def test_the_first_of_two_pictures_is_shown() -> None:
    _, second = clashes("글", "![그림](a/loss.png) ![그림](b/Loss.PNG)")
    assert [related.message.en for related in second[0].related] == ["the first picture is here"]
