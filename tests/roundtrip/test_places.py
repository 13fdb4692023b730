"""Where the fields of notes stand in their documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.model import Config
from dlcards.roundtrip.places import Place, passages, place_of
from tests.document.layouts.cases import DOCUMENTS
from tests.support.answered import LAYOUTS, read, texts
from tests.support.documents import document, md


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_a_passage_put_in_its_own_place_changes_nothing(layout: str, data: st.DataObject) -> None:
    found, config = read(data.draw(texts(layout)), layout), LAYOUTS[layout].config
    for pair in found.pairs:
        places = passages(found, pair, config)
        assert Place("question", 0, "Question") in places
        for passage in places.values():
            assert passage.replaced(found, passage.text) == found.text
            assert "\r" not in passage.text
            assert pair.span.start <= passage.span.start <= passage.span.end <= len(found.text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_as_they_are_met(name: str) -> None:
    found = document(md(DOCUMENTS[name]))
    for pair in found.pairs:
        places = passages(found, pair, Config())
        assert places
        for passage in places.values():
            assert passage.replaced(found, passage.text) == found.text


def test_each_field_of_each_note() -> None:
    layout = "native"
    write, config, _ = LAYOUTS[layout]
    found = read(write(["답이다.\n\n- 항목", "둘째 답이다."]), layout)
    said = {place: passage.text for place, passage in passages(found, found.pairs[0], config).items()}
    assert said == {
        Place("question", 0, "Question"): "질문 1은 무엇인가?",
        Place("question", 0, "Summary"): "질문 1은 **표현**을 배우는 **갈래 1**이다.",
        Place("question", 0, "Hint"): "누가 1을 만드는지 생각해 보자.",
        Place("question", 0, "Answer"): "답이다.\n\n- 항목",
        Place("question", 0, "FollowUps"): (
            "- **왜 1인가?**\n  - 층이 적어 1을 덜 배운다.\n- **1의 단점은?**\n  - 느린 *것*이다."
        ),
        Place("question", 0, "References"): "- [출처](https://example.com/1)",
        Place("follow-up", 0, "Question"): "**왜 1인가?**",
        Place("follow-up", 0, "Summary"): "층이 적어 1을 덜 배운다.",
        Place("follow-up", 1, "Question"): "**1의 단점은?**",
        Place("follow-up", 1, "Summary"): "느린 *것*이다.",
    }


def test_a_cloze_is_made_of_its_questions_summary_and_answer() -> None:
    assert place_of("cloze", 0, "Text") == Place("question", 0, "Summary")
    assert place_of("cloze", 0, "Extra") == Place("question", 0, "Answer")
    assert place_of("follow-up", 1, "Summary") == Place("follow-up", 1, "Summary")


def test_what_lists_and_quotes_write_before_each_line_comes_back_before_new_lines() -> None:
    layout = "heading in list"
    write, config, _ = LAYOUTS[layout]
    found = read(write(["답이다.\n\n둘째 문단", "다른 답"]), layout)
    passage = passages(found, found.pairs[0], config)[Place("question", 0, "Answer")]
    assert passage.text == "답이다.\n\n둘째 문단"
    assert "  답이다.\n\n  - 하나\n    - 둘\n" in passage.replaced(found, "답이다.\n\n- 하나\n  - 둘")


def test_line_ends_of_windows_stay_those_of_windows() -> None:
    layout = "native"
    write, config, _ = LAYOUTS[layout]
    found = read(write(["답이다.\n\n- 항목", "둘째 답이다."]).replace("\n", "\r\n"), layout)
    passage = passages(found, found.pairs[0], config)[Place("question", 0, "Answer")]
    assert passage.text == "답이다.\n\n- 항목"
    text = passage.replaced(found, "답이다.\n\n- 항목\n- 새 항목")
    assert "- 항목\r\n- 새 항목\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_definitions_at_the_end_of_a_document_are_in_no_list() -> None:
    layout = "heading in list"
    write, config, _ = LAYOUTS[layout]
    text = write(["답이다.", "다른 답[^1]"]) + "\n[^1]: 각주\n"
    for newline in ("\n", "\r\n"):
        found = read(text.replace("\n", newline), layout)
        passage = passages(found, found.pairs[1], config)[Place("question", 0, "Answer")]
        assert passage.replaced(found, "다른 답[^1]\n\n새 문단") == text.replace(
            "다른 답[^1]", "다른 답[^1]\n\n  새 문단"
        ).replace("\n", newline)
