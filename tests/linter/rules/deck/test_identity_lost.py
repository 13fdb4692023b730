"""D001 identity-lost: clean cases first, then what is found and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.linter.rules.deck.cases import asking, locked
from tests.support.documents import FakeFiles, messages, places

TWO = {"1": "과적합이란 무엇인가?", "2": "드롭아웃은 왜 쓰는가?"}
ONE = {"1": TWO["1"]}


@pytest.mark.parametrize(
    ("questions", "files"),
    [
        pytest.param(ONE, FakeFiles(), id="no lock"),
        pytest.param(ONE, FakeFiles(contents={"answers/deck.lock": b"{"}), id="a damaged lock"),
        pytest.param(TWO, locked(TWO), id="all are there"),
        pytest.param({**TWO, "3": "배치 정규화란?"}, locked(TWO), id="one is new"),
        pytest.param({"1": TWO["1"], "7": TWO["2"]}, locked(TWO), id="renumbered"),
        pytest.param({"1": TWO["1"], "2": "드롭아웃은 왜 쓰나요?"}, locked(TWO), id="reworded"),
        pytest.param(ONE, locked(TWO, retired=True), id="gone before"),
    ],
)
def test_clean(questions: Mapping[str, str], files: FakeFiles) -> None:
    assert places(asking(questions), "D001", None, files) == []


def test_where_not_all_of_the_locks_documents_are_linted_nothing_is_known() -> None:
    files = locked(TWO, document="answers/other.md")
    assert len(places(asking({"3": "배치 정규화란?"}), "D001", None, files)) == 2, "a document that is gone"
    with_it = replace(files, paths=frozenset({"answers/other.md"}))
    assert places(asking({"3": "배치 정규화란?"}), "D001", None, with_it) == []


@pytest.mark.parametrize(
    "questions",
    [
        pytest.param(ONE, id="gone"),
        pytest.param({"1": TWO["1"], "7": "경사 하강법이란?"}, id="renumbered and reworded"),
    ],
)
def test_found(questions: Mapping[str, str]) -> None:
    text = asking(questions)
    assert places(text, "D001", None, locked(TWO)) == ["1:1 ## #1"]
    (said,) = messages(text, "D001", None, locked(TWO))
    assert said.startswith(
        'the question of card #2 "드롭아웃은 왜 쓰는가?" is gone; Anki finds it by "Id:2" '
    )


def test_what_an_open_fence_has_swallowed_is_not_gone() -> None:
    first, second = (asking({id_: words}) for id_, words in TWO.items())
    assert places(f"{first}\n\n```python\nx = 1\n\n{second}", "D001", None, locked(TWO)) == []
