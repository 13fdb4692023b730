"""D004 image-name-clash: clean cases first, then what is found in one document and between several."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.linter.rules.deck.image_name_clash import RULE as CLASH
from dlcards.model import Config, Diagnostic
from tests.linter.rules.deck.cases import HEAD
from tests.support.documents import FakeFiles, context_of, places

FILES = FakeFiles(
    contents={
        "answers/a/loss.png": b"one",
        "answers/b/Loss.PNG": b"two",
        "answers/c/loss.png": b"one",
        "answers/d/loss.png": b"three",
        "answers/a/other.png": b"four",
        "answers/a/\uac00.png": b"five",
        "answers/b/\u1100\u1161.png": b"six",
    },
    paths=frozenset({"answers/e/loss.png"}),
)


@pytest.mark.parametrize(
    "body",
    [
        "![그림](a/loss.png) ![그림](a/loss.png) ![그림](a/other.png)",
        "![그림](a/loss.png) ![그림](c/loss.png)",
        "![그림](a/loss.png) ![그림](e/loss.png)",
        "![그림](a/loss.png) ![그림](https://example.com/loss.png)",
        "![그림](a/loss.png) ![그림](없음/loss.png)",
        "![그림](a/loss.png) [글](b/Loss.PNG)",
    ],
)
def test_names_that_do_not_clash(body: str) -> None:
    assert places(HEAD + body, "D004", None, FILES) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![그림](a/loss.png) ![그림](b/Loss.PNG)", ["5:25 b/Loss.PNG"]),
        ("![그림](a/loss.png) <img src='b/Loss.PNG'>", ["5:29 b/Loss.PNG"]),
        ("![그림](a/loss.png) ![그림](d/loss.png) ![그림](d/loss.png)", ["5:25 d/loss.png"]),
        (
            "![그림](a/loss.png) ![그림](b/Loss.PNG) ![그림](c/loss.png) ![그림](d/loss.png)",
            ["5:25 b/Loss.PNG", "5:61 d/loss.png"],
        ),
        ("![그림](a/\uac00.png) ![그림](b/\u1100\u1161.png)", ["5:22 b/\u1100\u1161.png"]),
    ],
)
def test_names_that_clash(body: str, found: list[str]) -> None:
    assert places(HEAD + body, "D004", None, FILES) == found


def test_a_picture_outside_of_questions_is_in_no_deck() -> None:
    text = "![그림](a/loss.png)\n\n" + HEAD + "![그림](b/Loss.PNG)\n\n# 끝\n\n![그림](d/loss.png)"
    assert places(text, "D004", None, FILES) == []


def clashes(*texts: str) -> list[list[Diagnostic]]:
    documents = tuple(
        build(PurePosixPath(f"answers/{number}.md"), HEAD + text, Config())
        for number, text in enumerate(texts)
    )
    run = context_of(documents, Config(), FILES)
    return [
        [finding.diagnostic for finding in lint(document, run) if finding.code == CLASH.code]
        for document in documents
    ]


def test_a_clash_between_documents_stands_in_the_later_one() -> None:
    one, two, three = clashes("![그림](a/loss.png)", "![그림](b/Loss.PNG)", "![그림](a/loss.png)")
    assert [len(one), len(two), len(three)] == [0, 1, 0]
    assert "answers/a/loss.png" in two[0].message.en
    assert not two[0].related


def test_equal_pictures_of_two_documents_are_one() -> None:
    assert clashes("![그림](a/loss.png)", "![그림](c/loss.png)") == [[], []]


def test_the_first_of_two_pictures_is_shown() -> None:
    _, second = clashes("글", "![그림](a/loss.png) ![그림](b/Loss.PNG)")
    assert [related.message.en for related in second[0].related] == ["the first picture is here"]
