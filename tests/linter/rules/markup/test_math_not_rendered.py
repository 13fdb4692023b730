"""M003 math-not-rendered: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, only, places


@pytest.mark.parametrize(
    "text",
    [
        "값은 $x$이다",
        "$x$로 시작한다",
        "값은\n$x$이다",
        "**$x$** 와 *$y$*",
        "[$x$](u)",
        "| $x$ | $y$ |\n|---|---|\n| $z$ | 1 |",
        "($`x`$)와 2$`\\pi`$",
        "$`\\{1\\}`$",
        "`값은$x$`",
        "값은$$x$$이다",
        "$$\n\\{x\\}\n$$",
        "```math\n\\{x\\}\n```",
        "$5와 $10",
        "해시는 $2a$10$Hyxcd5uzCvZ 꼴이다",
        "이름은 _$folder$ 꼴이다",
        "값 `a`$x$",
        "$a_1$과 $b_2$",
        r"$\mathbf{x}_i$와 $\mathbf{y}_j$",
        r"$a \le b$와 $c < d$",
        "$f(x)$-층",
        r"값은 $ 5 와 $ 10",
        r"\$x\$는",
        "- [ ] $x$",
        "> $x$",
        "각주[^1]\n\n[^1]: $x$",
    ],
)
def test_rendered_on_github(text: str) -> None:
    assert places(text, "M003") == []


@pytest.mark.parametrize(
    ("text", "found", "fixed"),
    [
        ("값은$x$이다", "1:3 $x$", "값은 $x$이다"),
        ("# 값은$x$", "1:5 $x$", "# 값은$x$"),
        ("제$n$항", "1:2 $n$", "제$n$항"),
        ("문제$n$항", "1:3 $n$", "문제 $n$항"),
        ("기울기($g$)는", "1:5 $g$", "기울기($`g`$)는"),
        ("“$x$”와", "1:2 $x$", "“$`x`$”와"),
        ("2$\\pi$는", "1:2 $\\pi$", "2$`\\pi`$는"),
        ("rank$(A)$이다", "1:5 $(A)$", "rank$(A)$이다"),
        ("a$`x`$", "1:2 $`x`$", "a$`x`$"),
        ("$k$NN은", "1:1 $k$", "$`k`$NN은"),
        ("$a$$b$", "1:4 $b$", "$a$ $b$"),
        ("값은 $\\{1\\}$이다", "1:4 $\\{1\\}$", "값은 $`\\{1\\}`$이다"),
        ("값은$\\|w\\|$이다", "1:3 $\\|w\\|$", "값은 $`\\|w\\|`$이다"),
        ("$a<b>c$이다", "1:1 $a<b>c$", "$`a<b>c`$이다"),
        ("> - 값은$x$이다", "1:7 $x$", "> - 값은 $x$이다"),
        ("| 값은$x$ |\n|---|\n| 1 |", "1:5 $x$", "| 값은 $x$ |\n|---|\n| 1 |"),
        ("하나\r\n값은$x$이다\r\n", "2:3 $x$", "하나\r\n값은 $x$이다\r\n"),
        (r"값 $ \alpha $이다", r"1:3 $ \alpha $", r"값 $\alpha$이다"),
        (r"값 $\alpha $는", r"1:3 $\alpha $", r"값 $\alpha$는"),
        (r"값은$ \alpha $이다", r"1:3 $ \alpha $", r"값은 $\alpha$이다"),
        (r"($\alpha $)", r"1:2 $\alpha $", r"($`\alpha`$)"),
        (r"a$ \alpha $", r"1:2 $ \alpha $", r"a$ \alpha $"),
        (r"# $ \alpha $", r"1:3 $ \alpha $", r"# $ \alpha $"),
        (r"$\\{1\\}$", r"1:1 $\\{1\\}$", r"$`\{1\}`$"),
        (r"값은$\\{1\\}$", r"1:3 $\\{1\\}$", r"값은 $`\{1\}`$"),
        (r"$\\alpha$는", r"1:1 $\\alpha$", r"$`\alpha`$는"),
        (r"$\begin{matrix}a\\b\end{matrix}$", None, r"$`\begin{matrix}a\\b\end{matrix}`$"),
        (r"$\begin{matrix}a\\\\b\end{matrix}$", None, r"$`\begin{matrix}a\\b\end{matrix}`$"),
        (r"$ \alpha $5", r"1:1 $ \alpha $", r"$ \alpha $5"),
    ],
)
def test_not_rendered_on_github(text: str, found: str | None, fixed: str) -> None:
    assert places(text, "M003") == [found or f"1:1 {text}"]
    assert mend(text, only("M003")) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "$\\mathfrak{S}_3$이고 $a_{b-1}$이다",
        "> 하나 $a*b$와\n> 둘 $c*d$이다",
        "$x^*$와 $y^*$",
    ],
)
def test_emphasis_over_two_formulas_damages_both(text: str) -> None:
    assert len(places(text, "M003")) == 2
    assert mend(text, only("M003")).count("$`") == 2
