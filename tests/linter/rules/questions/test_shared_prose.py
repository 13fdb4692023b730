"""The prose of an answer, whose words know where they stand."""

from __future__ import annotations

from dlcards.linter.rules.questions.shared_prose import prose
from tests.support.documents import document


def test_prose_knows_where_its_words_stand() -> None:
    text = "> - 가 **나**\n>   \\*다 `코드` 라&amp;마\n"
    found = prose(document(text).blocks)
    assert " ".join(found.text.replace("\0", "").split()) == "가 나 *다 라&마"
    for word in ("가", "나", "다", "라", "마"):
        at = found.text.index(word)
        assert found.place(at, at + 1).of(text) == word
    assert prose(()).text == ""
