r"""Formulas on cards need no other one: labels, references and macros (tables), and MathJax in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcards.deck.cards.formulas import Formulas
from dlcards.linter.rules.markup.shared_formulas import formulas
from tests.support.browser import Side, reviewed
from tests.support.decks import CONFIG, answer, made, question
from tests.support.documents import document, places


def shown(text: str) -> list[str]:
    """The TeX of each formula of a text, as cards show it."""
    found = document(text)
    return [Formulas(found).of(node) for node in formulas(found)]


@pytest.mark.parametrize(
    "text",
    [
        r"$x$ 와 $$\frac{a}{b} \tag{1}$$",
        r"$\operatorname{label} \text{ref}$",
        r"$\definitely \newcommandx$",
        r"$\E \R$",
        r"$\def\x#1.{#1} \x 1.$",  # parameters that end with more than a brace
        r"$\newenvironment{a}{b}{c}$",
    ],
)
def test_as_it_is(text: str) -> None:
    found = document(text)
    assert shown(text) == [node.raw for node in formulas(found)]


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        (r"$$x \label{eq:a}$$", ["x "]),
        (r"$$x \label{a} \tag{3.1}$$" + "\n\n" + r"식 $\ref{a}$과 $\eqref{a}$", [r"x  \tag{3.1}", r"\text{3.1}", r"\text{(3.1)}"]),
        (r"$$x \label{a}$$" + "\n\n" + r"식 $\eqref{a}$", [r"x \tag{1}", r"\text{(1)}"]),
        (r"$\eqref{b}$" + "\n\n$$\n\\begin{align} x \\label{a} \\\\ y \\label{b} \\end{align}\n$$",
         [r"\text{(1)}", r"\begin{align} x  \\ y \tag{1} \end{align}"]),
        # Where MathJax takes no number, and where there is no such label, the label's name stands.
        (r"$$\begin{cases} x \label{eq_a} \end{cases}$$" + "\n\n" + r"$\ref{eq_a} \ref{none}$",
         [r"\begin{cases} x  \end{cases}", r"\text{eq_a} \text{none}"]),
        (r"$x \label{a}$ $\ref{a}$", ["x ", r"\text{a}"]),
        (r"$$x \label{a}$$" + "\n\n" + r"$$y \label{a}$$" + "\n\n" + r"$\ref{a}$", [r"x \tag{1}", r"y \tag{1}", r"\text{1}"]),
    ],
)  # fmt: skip
def test_labels_and_references(text: str, tex: list[str]) -> None:
    assert shown(text) == tex


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        (r"$\newcommand{\E}{\mathbb{E}} \E[x]$", r"\mathbb{E}[x]"),
        (r"$\newcommand\E{\mathbb E} \E x \Ex$", r"\mathbb E x \Ex"),
        (r"$\newcommand{\a}{\alpha} \a{}b \a b$", r"\alpha{}b \alpha b"),
        (r"$\renewcommand{\vec}[1]{\mathbf{#1}} \vec{x} \vec y$", r"\mathbf{x} \mathbf{y}"),
        (r"$\newcommand{\norm}[2][2]{\|#2\|_{#1}} \norm{x} \norm[1]{y}$", r"\|x\|_{2} \|y\|_{1}"),
        (r"$\def\d#1#2{\frac{d#1}{d#2}} \d{y}x$", r"\frac{dy}{dx}"),
        (r"$\DeclareMathOperator*{\argmin}{arg\,min} \argmin_x f$", r"\operatorname*{arg\,min}_x f"),
        (r"$\let\eps=\varepsilon \eps$", r"\varepsilon"),
        (r"$\newcommand{\R}{\mathbb{R}}\newcommand{\Rn}{\R^n} x \in \Rn$", r"x \in \mathbb{R}^n"),
        # MathJax takes what a macro stands for as one argument.
        (r"$\def\h{\hat x} y^\h \frac\h{2} \frac{\h}\h$", r"y^{\hat x} \frac{\hat x}{2} \frac{\hat x}{\hat x}"),
        # What has no end stays.
        (r"$\def\x{\x} \x$", r"\x"),
        (r"$\def\x{\x\x} \x$", None),
    ],
)  # fmt: skip
def test_macros(text: str, tex: str | None) -> None:
    (found,) = shown(text)
    assert tex is None or found.strip() == tex


def test_macros_go_from_the_preamble_to_every_question_and_from_none_to_another() -> None:
    text = (
        "$$\n\\newcommand{\\E}{\\mathbb{E}}\n$$\n\n"
        + question(r"$\def\V{\mathrm{Var}} \V[x] = \E[x^2]$이고 $\V$다.", "1")
        + question(r"$\E[x]$와 $\V[x]$", "2")
    )
    assert [tex.strip() for tex in shown(text)] == [
        "", r"\mathrm{Var}[x] = \mathbb{E}[x^2]", r"\mathrm{Var}", r"\mathbb{E}[x]", r"\V[x]",
    ]  # fmt: skip
    assert places(text, "M004") == [r"21:11 \V"]


def test_a_formula_that_only_defines_is_on_no_card(tmp_path: Path) -> None:
    text = question("$$\n\\newcommand{\\E}{\\mathbb{E}}\n$$\n\n글 $\\def\\R{R}$ $\\E \\R$")
    assert answer(made(tmp_path, text, CONFIG)) == r"<p>글  \(\mathbb{E} R\)</p>"


@pytest.mark.slow
def test_cards_are_typeset_again_and_again_in_one_page(tmp_path: Path) -> None:
    first = "$$\n\\newcommand{\\E}{\\mathbb{E}} \\E[x] \\label{eq:mean}\n$$\n\n식 $\\eqref{eq:mean}$이다."
    second = "$\\def\\E{e} \\E$와 $$\\begin{align} a &= b \\label{x} \\\\ c &= d \\label{y} \\end{align}$$"
    third = "$$y \\label{eq:mean} \\tag{7}$$\n\n$\\ref{y}$"
    text = question(first, "1") + question(second, "2") + question(third, "3")
    made_cards = made(tmp_path, text, CONFIG)
    fields = [entry.card.fields["Answer"] for entry in made_cards.identified.cards]
    assert len(fields) == 3
    seen = reviewed([Side(html, "") for html in fields * 2], tmp_path)
    assert [side["errors"] for side in seen] == [[]] * 6
    assert [side["unknown"] for side in seen] == [0] * 6
    assert all("???" not in tex for side in seen for tex in side["formulas"])
    # What the page would make of the formulas as they are written.
    raw = [r"<p>\[x \label{a} \tag{1}\]</p>", r"<p>\[x \label{a} \tag{1}\]</p>"]
    assert any(side["errors"] for side in reviewed([Side(html, "") for html in raw], tmp_path))
