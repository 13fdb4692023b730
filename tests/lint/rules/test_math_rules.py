"""M002-M004: formulas. Clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from dlcards.lint.rules.markup.shared_tex import problem
from dlcards.model import Config
from tests.support.documents import PATH, context, findings, places

ONLY_M003 = Config(ignore=tuple("QTLIMKDS"), select=("M003",))


def mended(text: str) -> str:
    return fix(PATH, text, context(ONLY_M003)).text


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
        (r"$ \alpha $5", r"1:1 $ \alpha $", r"$ \alpha $5"),
    ],
)
def test_not_rendered_on_github(text: str, found: str, fixed: str) -> None:
    assert places(text, "M003") == [found]
    assert mended(text) == fixed


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
    assert mended(text).count("$`") == 2


@pytest.mark.parametrize(
    "formula",
    [
        "",
        r"\frac{1}{2} + \frac12 + \frac ab",
        r"\sqrt[3]{x} + \sqrt\frac12 + x^\frac12",
        r"x_1^2 + {x_1}_2 + {}_a^b x + a_b{}_c",
        r"x'^2 + f_a'' + f' '",
        r"\left( \frac{a}{b} \middle| c \right]_{x=0}",
        r"\left. x \right\} \left\{ x \right. \left< x \right>",
        r"\bigl( x \bigr) \Big| \big\| \big{(}",
        "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}",
        "\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}",
        "\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{그 밖} \\end{cases}",
        r"\begin{bmatrix} 1 & 2 \end{bmatrix}^\top",
        r"\sum_{\substack{i<j \\ j<n}} \sum\limits_a^b",
        r"\cases{a & b \cr c & d}",
        r"\text{50% of $x_1$ & 한글_밑줄} \color{#ff0000} \textcolor{red}{x}",
        r"\operatorname*{argmax}_x \xrightarrow[a]{b}",
        r"50\% \# \& \_ \$ \{ \} \|",
        "a % 주석\n+ b",
        r"\newcommand{\R}{\mathbb{R}} \R",
        r"a &lt; b",
        r"\ce{H2O} \tag{1} \label{eq:a} \ket{0} \dv{x}",
        "한글_{가} ‖x‖ ≤ 1",
        "{" * 5_000 + "}" * 5_000,
    ],
)
def test_tex_that_mathjax_draws(formula: str) -> None:
    assert problem(formula, set()) is None


@pytest.mark.parametrize(
    ("formula", "at"),
    [
        (r"\frac{1}", ""),
        (r"(\frac{1})}", "}"),
        (r"\frac{a}^2", "^"),
        (r"\hat", ""),
        (r"\hat\mathbf{x}", r"\mathbf"),
        ("x^2^3", "^"),
        ("x_1_2", "_"),
        ("x^2'", "'"),
        ("x_", ""),
        ("x^^2", "^"),
        ("x_{1", "{"),
        ("x}", "}"),
        (r"\left( x", r"\left"),
        (r"x \right)", r"\right"),
        (r"\left( {x \right) }", r"\right"),
        (r"\left{ x \right\}", r"\left"),
        (r"\middle|", r"\middle"),
        (r"\big", r"\big"),
        (r"a & b", "&"),
        (r"{a & b}", "&"),
        (r"\begin{equation} a & b \end{equation}", "&"),
        (r"\begin{aligned} a \end{align}", r"\end{align}"),
        (r"\begin{aligned} a", r"\begin{aligned}"),
        (r"\begin{foo} a \end{foo}", r"\begin{foo}"),
        (r"\end{aligned}", r"\end{aligned}"),
        (r"\argmax_x", r"\argmax"),
        (r"\bm{x}", r"\bm"),
        (r"\cdotx", r"\cdotx"),
        ("x # y", "#"),
        ("50%", "%"),
        (r"\text{a", r"\text"),
        (r"\text", r"\text"),
    ],
)
def test_tex_that_mathjax_stops_at(formula: str, at: str) -> None:
    found = problem(formula, set())
    assert found is not None
    assert formula[found.start : found.end] == at


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
    [finding] = [finding for finding in findings("$\\argmax_x$") if finding.rule.code == "M004"]
    assert "\\argmax" in finding.diagnostic.message.ko
    assert "\\argmax" in finding.diagnostic.message.en
