"""TeX as MathJax reads it: what it draws, and where it stops."""

from __future__ import annotations

import pytest

from dlcards.linter.rules.markup.shared_tex import problem


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
