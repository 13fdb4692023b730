"""Documents that are twice as long take twice as much work, whatever they are full of.

What is counted are calls, so that no test fails for being slow: work that hides in a single call of Python's own
(a slice, a search) is not seen here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.model import Config
from tests.support.work import calls_of

_FEW = 150
_LITTLE = 2_000  # calls that a short document takes, too
DOCUMENTS: dict[str, Callable[[int], str]] = {
    "lines of a paragraph": lambda n: "한 줄과 words\n" * n,
    "blank lines in an item": lambda n: "- a\n" + "\n" * n + "- b\n",
    "brackets": lambda n: "[" * n + "a" + "]" * n + "\n",
    "links": lambda n: "[a](b) " * n + "\n",
    "angle brackets": lambda n: "<a " * n + "\n",
    "comments without an end": lambda n: "a <!-- " * n + "\n",
    "asterisks": lambda n: "*a **b_ " * n + "\n",
    "backticks": lambda n: "` `` " * n + "\n",
    "dollars": lambda n: "$a $$b " * n + "\n\n" + "$$ a\n" * n,
    "quotes": lambda n: "> a\n> > b\n" * n,
    "lazy lines": lambda n: "> a\n" + "b\n" * n,
    "cells": lambda n: "|a" * n + "\n" + "|-" * n + "\n",
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "definitions": lambda n: "".join(f"[a{i}]: /b\n" for i in range(n)) + "\n[a1]\n",
    "footnotes": lambda n: "".join(f"[^{i}]\n\n[^{i}]: a\n\n" for i in range(n)),
    "headings of the same words": lambda n: "## 왜 그런가?\n\na\n\n" * n,
    "headings without questions": lambda n: "".join(f"## {i}. 이름\n\na\n\n" for i in range(n)),
    "headings in items": lambda n: "- ## 왜?\n\n  a\n" * n,
    "headings of HTML": lambda n: "<h2>a\n\n" * n,
    "anchors": lambda n: "".join(f"## #{i}\n\n#### 왜?\n\na\n\n" for i in range(n)),
    "contents": lambda n: "# 목차\n\n" + "".join(f"- [a{i}](#a{i})\n" for i in range(n)),
    "items": lambda n: "- 왜 그런가?\n" * n,
    "items of items": lambda n: "- a\n  - 왜?\n    - b\n" * n,
    "bold questions": lambda n: "**왜 그런가?**\n\na\n\n" * n,
    "dialogue": lambda n: "Q: 왜?\nA: a\n\n" * n,
    "cards": lambda n: "a\n\n. . .\n\nb\n\n---\n\n" * n,
    "folds": lambda n: "<details><summary>왜?</summary>\n\na\n\n</details>\n\n" * n,
    "folds in a fold": lambda n: (
        "<details><summary>모음</summary>\n\n"
        + "<details><summary>왜?</summary>\n\na\n\n</details>\n\n" * n
        + "</details>\n"
    ),
    "folds without an end": lambda n: "<details><summary>왜?</summary>\n\na\n\n" * n,
    "folds in one another": lambda n: (
        "<details><summary>왜?</summary>\n\n" * n + "## 왜?\n\n" + "</details>\n\n" * n
    ),
    "folds in one that ends": lambda n: "<details><summary>왜?</summary>\n\n" * n + "</details>\n\n",
    "answers that fold out": lambda n: "왜?\n\n<details><summary>답</summary>\n\na\n\n</details>\n\n" * n,
    "tags": lambda n: "a <b>c</b> <br> " * n + "\n",
    "attributes": lambda n: "<a " + "b=c " * n + ">\n",
    "bare addresses": lambda n: "https://example.com/a " * n + "\n",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_work_grows_as_documents_do(name: str) -> None:
    short, long = DOCUMENTS[name](_FEW), DOCUMENTS[name](2 * _FEW)
    _calls(long)  # what is compiled or looked up once belongs to neither
    assert _calls(long) <= 2.2 * _calls(short) + _LITTLE


def _calls(text: str) -> int:
    """How many calls it takes to build the document of ``text``."""
    return calls_of(lambda: build(PurePosixPath("a.md"), text, Config()))
