"""M004 invalid-math: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import findings, places


@pytest.mark.parametrize(
    "text",
    [
        r"값은 $\frac{1}{2}$이다",
        "`$\\frac{1$`",
        "```text\n\\frac{1\n```",
        "| 식 |\n|---|\n| $\\lvert x\\rvert \\| y \\|$ |",
        "$$\n\\def\\R{\\mathbb R} \\R\n$$\n\n$\\R$",
        "> $$\n> \\begin{aligned}\n> a &= b\n> \\end{aligned}\n> $$",
    ],
)
def test_valid_math(text: str) -> None:
    assert places(text, "M004") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"값은 $x^2^3$이다", "1:8 ^"),
        (r"값은 $\frac{1}$이다", r"1:4 $\frac{1}$"),
        ("글 $$x_1_2$$ 글", "1:8 _"),
        ("$$\r\nx\r\n+ \\foo\r\n$$", "1:1 $$"),
        ("$$\nx\n+ \\foo\n$$", "3:3 \\foo"),
        ("```math\nx\n+ \\foo\n```", "3:3 \\foo"),
        ("> - $\\foo$", "1:6 \\foo"),
        ("| $\\foo$ |\n|---|\n| 1 |", "1:4 \\foo"),
    ],
)
def test_invalid_math(text: str, found: str) -> None:
    assert places(text, "M004") == [found]


def test_a_message_says_what_is_wrong() -> None:
    [finding] = [finding for finding in findings("$\\argmax_x$") if finding.code == "M004"]
    assert "\\argmax" in finding.diagnostic.message.ko
    assert "\\argmax" in finding.diagnostic.message.en
