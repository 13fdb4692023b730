"""Four times as much of one kind takes at most some four times as much work (4 ** 1.2) to export and to fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from dlcards.deck.export import Order
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.linter.fixes import fix
from dlcards.model import Config, Context
from tests.support.documents import FakeFiles
from tests.support.exports import export
from tests.support.work import calls_of

_FEW = 60
_LITTLE = 3_000  # calls that a short document takes, too
_MOST = 4**1.2
_PATH = PurePosixPath("a.md")
_PICTURE = b"\x89PNG\r\n\x1a\n"


def asked(answer: str, number: str = "1") -> str:
    return f"## #{number}\n\n#### {number}번은 무엇인가?\n\n{answer}\n\n#### References\n\n- [a](https://a.b)\n\n"


# Many of one kind in a paragraph of an answer.
_INLINES = (
    [
        "**과적합(overfitting)**은 ",
        "**90%**는 ** 낱말 **은 ",
        "__낱말__은 ",
        "*가(나)*은 ",
        "**`a`**은 ",
        "**가 ",
        "가** ",
    ]
    + ["~~a(b)~~은 ", "~~a~~ b ", "3~5 와 7~9 이고 ", "[**가(나)**은](b) ", "> **가(나)**은\n"]
    + ["http://a.io/c 와 ", "http://a.io/c를 ", "www.a.io/b ", "(http://a.b/(c) ", "me@a.io "]
    + [
        "5$ 와 6$ ",
        "$a_1$ 와 ",
        "$$a$$ ",
        "$$\\label{a} a$$ $\\ref{a}$ ",
        "$\\newcommand{\\a}{b}$ $\\a$ ",
        "\\(a\\) ",
    ]
    + [
        "<b>a</b> ",
        "<b>a ",
        "<font color=red>a</font> ",
        "<mask> a ",
        "<!-- a --> ",
        '<a id="a"></a> ',
        "a<br>b ",
    ]
    + [
        "[a](b) ",
        "[a][r] ",
        "[^1] ",
        "&amp; ",
        "{{c1::a}} ",
        "[sound:a.mp3] ",
        ":smile: ",
        "ReLU 는 `a` 은 ",
        "a  \n",
    ]
)


def _answers_of(words: str) -> Callable[[int], str]:
    return lambda n: asked(f"{words * n}\n\n[r]: u\n\n[^1]: x\n")


DOCUMENTS: dict[str, Callable[[int], str]] = {
    **{words.strip(): _answers_of(words) for words in _INLINES},
    "rows": lambda n: asked("| a | b |\n|---|---|\n" + "| **c(d)**은 | $d$ |\n" * n),
    "labels": lambda n: asked(
        "".join(f"$$\n\\label{{e{i}}} a\n$$\n\n" for i in range(n)) + "".join(f"$\\ref{{e{i}}}$ " for i in range(n))
    ),
    "labels of a formula": lambda n: asked("$$\n\\begin{align}" + "a \\label{x} \\\\" * n + "\\end{align}\n$$"),
    "macros": lambda n: asked(
        "".join(f"$\\newcommand{{\\{'m' * i}}}{{b}}$\n\n" for i in range(1, n)) + "$\\m\\mm$\n\n" * n
    ),
    "environments": lambda n: asked("$$\n" + "\\begin{matrix} a & b \\end{matrix} " * n + "\n$$"),
    "bold terms": lambda n: asked("> 핵심: " + "**a** b " * n),
    "labelled quotes": lambda n: asked("> 핵심: a\n" + ">\n> 힌트: b\n" * n),
    "follow-ups": lambda n: "## #1\n\n#### 왜?\n\na\n\n#### 꼬리질문\n\n" + "- 왜 그런가?\n  - 그래서다.\n" * n,
    "questions": lambda n: "".join(asked(f"답 {i}이다.", str(i)) for i in range(n)),
    "questions without an answer": lambda n: "".join(asked("", str(i)) for i in range(n)),
    "sub-questions": lambda n: asked("a") + "".join(asked(f"답 {i}", f"1-{i}") for i in range(1, n)),
    "marks of a merge": lambda n: "".join(asked(f"<<<<<<< a\n{i}\n=======\nb\n>>>>>>> c", str(i)) for i in range(n)),
    "dialogue without answers": lambda n: "Q: 왜?\nA: TODO\n\n" * n,
    "folds": lambda n: asked("<details><summary>a</summary>\n\nb\n\n</details>\n\n" * n),
    "divs": lambda n: asked("<div>\n\n" * n + "b\n\n" + "</div>\n\n" * n),
    "tags in tags": lambda n: asked("<b>" * n + "a" + "</b>" * n),
    "footnotes": lambda n: asked("".join(f"a[^{i}] " for i in range(n)) + "".join(f"\n\n[^{i}]: b" for i in range(n))),
    "pictures": lambda n: asked("![a](x.png) <img src=x.png>\n\n" * n),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_exports_grow_as_documents_do(name: str) -> None:
    _grows(name, lambda text: _export(text))


@pytest.mark.parametrize("name", ["**과적합(overfitting)**은", "http://a.io/c를", "a"])
def test_fixes_grow_as_documents_do(name: str) -> None:
    used = Context(Config(select=tuple("QTLIMKDS")), FakeFiles())
    _grows(name, lambda text: fix(_PATH, text, used))


def _grows(name: str, act: Callable[[str], object]) -> None:
    short, long = DOCUMENTS[name](_FEW), DOCUMENTS[name](4 * _FEW)
    act(short)  # what is compiled or looked up once belongs to neither
    assert calls_of(lambda: act(long)) <= _MOST * calls_of(lambda: act(short)) + _LITTLE


def _export(text: str) -> object:
    files = FakeFiles(contents={"x.png": _PICTURE})
    config = Config(language="ko")
    return export([build(_PATH, text, config)], Context(config, files), Path(), Order("덱", Lock(), 1))
