"""Long documents of one kind: what rules do with them grows as they do, not as their square."""

from __future__ import annotations

import time

import pytest

from dlcards.linter.rules import load
from tests.support.documents import context, document


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (("M021", "Q001"), "## #1\n\n#### 무엇?\n\n" + "말 <mask> <div><b>x " * 15_000),
        (
            ("M004",),
            "$\\newcommand{\\aa}{b}$\n\n" * 4_000 + "## #1\n\n#### 무엇?\n\n" + "$\\bb\\aa$\n\n" * 4_000,
        ),
        (("M013",), "- 가\n\n" + "-항목\n1.항목\n####제목\n" * 4_000),
        (("L014",), "| [여기](https://a.b) |\n|-|\n\n" * 6_000),
    ],
    ids=["tags of a line", "macros", "marks of a paragraph", "tables"],
)
def test_it_takes_minutes_only_where_it_is_quadratic(codes: tuple[str, ...], text: str) -> None:
    read = document(text)
    began = time.process_time()
    for code in codes:
        list(load(code).check(read, context()))
    assert time.process_time() - began < 60
