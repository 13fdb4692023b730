r"""Which commands of MathJax stay on cards, and which are parted so that nothing of them works."""

from __future__ import annotations

import pytest

from dlcards.deck.cards.finish import finished
from dlcards.deck.cards.harmless_tex import harmless
from dlcards.deck.cards.parts import write


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b}",
        r"\hrefs \classes \stylebook \bboxes",
        r"\href{https://a.b/c?d=e}{x}",
        r"\href {mailto:a@b.c}{x}",
        r"\bbox[yellow]{x} \bbox[5px, #ffffff]{x} \bbox{x}",
        r"\unicode{x41} \unicode[Times]{x41} \unicode[.5,.1][Times]{x41}",
        r"\require{cancel}\cancel{x}",
        r"\mmlToken{mi}{x}",
        r"\\href \\\\style",
        r"href{javascript:x} style class",
    ],
)
def test_what_only_draws_stays(tex: str) -> None:
    assert harmless(tex) == tex


@pytest.mark.parametrize(
    ("tex", "parted"),
    [
        (r"\href{javascript:x}{y}", r"\hr|ef{javascript:x}{y}"),
        (r"\\\href{javascript:x}{y}", r"\\\hr|ef{javascript:x}{y}"),
        (r"\href{#1}{y}", r"\hr|ef{#1}{y}"),
        ("\\href%\n{javascript:x}{y}", "\\hr|ef%\n{javascript:x}{y}"),
        (r"\let\a\href", r"\let\a\hr|ef"),
        (r"\style{x}{y} \class{x}{y} \cssId{x}{y}", r"\sty|le{x}{y} \cl|ass{x}{y} \css|Id{x}{y}"),
        (r"\bbox[color:red]{x}", r"\bb|ox[color:red]{x}"),
        (r"\mmlToken{mi}[href=x]{y}", r"\mml|Token{mi}[href=x]{y}"),
        (r"\unicode[a;b:c]{x41}", r"\uni|code[a;b:c]{x41}"),
        (r"\require{setoptions}\setOptions{x}", r"\re|quire{setoptions}\set|Options{x}"),
    ],
)
def test_what_does_more_is_parted(tex: str, parted: str) -> None:
    assert harmless(tex).replace("\u2060", "|") == parted
    assert harmless(harmless(tex)) == harmless(tex)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (r"<p>\href{x} is a command of TeX.</p>", None),
        (r"<p>\(x\) <code>\href{x}</code></p><pre>\style{x}</pre>", None),
        (r"<p>\(x<wbr>y\)</p>", None),
        (r"<p>\(\href{x}{y}\)</p>", r"<p>\(\hr|ef{x}{y}\)</p>"),
        (r"<p>\(\hr<wbr>ef{x}{y}\)</p>", r"<p>\(\hr<wbr><span></span>ef{x}{y}\)</p>"),
        (r"<p>\<wbr>(\href{x}{y})</p>", r"<p>\<wbr><span></span>(\hr|ef{x}{y})</p>"),
    ],
)
def test_where_mathjax_reads_formulas(html: str, shown: str | None) -> None:
    found = write(finished(html, is_korean=False)).replace("\u2060", "|")
    assert found == (shown or html)
