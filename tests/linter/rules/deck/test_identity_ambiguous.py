"""D002 identity-ambiguous: clean cases first, then what is found, where and in which words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.linter.rules.deck.cases import asking, locked
from tests.support.documents import FakeFiles, messages, places

NET, GAN = "활성화 함수는 신경망에서 어떤 쓸모가 있는가?", "활성화 함수는 생성망에서 어떤 쓸모가 있는가?"
LOCK = locked({"1": NET, "2": GAN})
EITHER = "활성화 함수는 어떤 쓸모가 있는가?"


@pytest.mark.parametrize(
    ("questions", "files"),
    [
        pytest.param({"3": EITHER}, FakeFiles(), id="no lock"),
        pytest.param({"3": EITHER}, FakeFiles(contents={"answers/deck.lock": b"{"}), id="a damaged lock"),
        pytest.param({"1": NET, "2": GAN}, LOCK, id="as they were"),
        pytest.param({"1": NET.replace("있는가", "있나")}, LOCK, id="reworded, with its number"),
        pytest.param({"3": NET}, LOCK, id="renumbered, in its words"),
        pytest.param({"3": EITHER}, locked({"1": NET}), id="like one card"),
        pytest.param({"3": "경사 하강법이란?"}, LOCK, id="like none"),
    ],
)
def test_clean(questions: Mapping[str, str], files: FakeFiles) -> None:
    assert places(asking(questions), "D002", None, files) == []


def test_found() -> None:
    text = asking({"5": "경사 하강법이란?", "3": EITHER})
    assert places(text, "D002", None, LOCK) == [f"9:1 #### {EITHER}\n"]
    assert messages(text, "D002", None, LOCK) == [
        f'#3 may be one of these cards or a new question: #1 "{NET}", #2 "{GAN}"'
    ]
