"""D003 anki-markup: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.deck.cases import HEAD
from tests.support.documents import mend, places


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
    assert mend(HEAD + body, Config(select=("D003",))) == HEAD + mended


def test_a_question_is_a_card_too() -> None:
    assert places("## #1\n\n#### {{a}}란?\n\n답", "D003") == ["3:6 {{a}}"]
