"""M002 unbalanced-math: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "값은 $x$이고 $$y$$다",
        "$5와 $10",
        "US$ 5",
        "가격대는 $$ - $$$",
        "$HOME과 $PATH, $a_long_name, ${x}, $(x), $1",
        r"C:\Users\$share",
        r"\$\alpha\$",
        "`$$`는 셸의 번호다",
        "```sh\necho $$\n```",
        "<!-- $$ -->",
        "<div>\n$$\n</div>",
        "$$\nx\n$$",
        "$$  \nz=1  \n$$",
        "> $$x$$\n>\n> 글",
        "- 항목\n\n  $$\n  x\n  $$",
        "| a |\n|---|\n| $ |",
        "| ^[0-9]*$ | ^\\d{2,3}-\\d{4}$ |\n|---|---|\n| ^[a-z]*$ | $ |",
        "[글](u)$5",
        "$x_1 $과 $y$",
        r"$ \alpha $",
        "| 가격대 | 뜻 |\n|---|---|\n| $$ | 10_20 |\n| $ | x = 1 |\n| $$$ | 비쌈 |",
        "- $$\n- $\n- $$$",
        "> $$",
        "식당\n$$\n술집\n$",
        "- Price: $$$ / $$",
        "Cheap $, fair $$, dear $$$",
        "$$ – $$$ (per night)",
    ],
)
def test_balanced(text: str) -> None:
    assert places(text, "M002") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"학습률 $\eta 는 작다", "1:5 $"),
        ("차원 $x_1 은 크다", "1:4 $"),
        ("차원 $x^{2} 은 크다", "1:4 $"),
        (r"학습률 \eta$는 작다", "1:9 $"),
        ("$x$$은 남는다", "1:4 $"),
        ("글\n\n$$\nx = 1\n\n글", "3:1 $$"),
        ("$$x = \\frac{1}{2}$\n\n글", "1:1 $"),
        ("- 항목\n  $$\n  x\n\n글", "2:3 $$"),
        ("> 글\n> $$ \\alpha\n", "2:3 $$"),
        ("x = \\alpha$$\r\n\r\n글", "1:11 $$"),
        ("| a |\n|---|\n| $\\alpha |", "3:3 $"),
    ],
)
def test_left_open(text: str, found: str) -> None:
    assert places(text, "M002") == [found]
