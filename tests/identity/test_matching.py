"""Which note a question is: never another question's, and never lost for a typo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.identity.key import Key
from dlcards.identity.lock import Lock, Row, dump, load
from dlcards.identity.matching import match


def row(guid: str, number: str, question: str, *, retired: bool = False, document: str = "a.md") -> Row:
    return Row(guid, "question", document, number, question, "h", 1, retired)


def key(number: str, question: str, document: str = "a.md") -> Key:
    return Key("question", document, number, question)


OLD = [
    row("a", "1", "딥러닝은 무엇인가요?"),
    row("b", "2", "활성화 함수는 왜 필요한가요?"),
    row("c", "3", "배치 정규화의 효과는?"),
    row("d", "4", "배치 정규화의 부작용은?"),
]


@pytest.mark.parametrize(
    ("keys", "guids"),
    [
        ([key("1", "딥러닝은 무엇인가요?")], ["a"]),
        ([key("1", "딥러닝은, 무엇인가요")], ["a"]),
        ([key("9", "딥러닝은 무엇인가요?")], ["a"]),
        ([key("9", "딥러닝은 무엇인가요?", "b.md")], ["a"]),
        ([key("1", "딥러닝이란 무엇인가요?")], ["a"]),
        ([key("9", "활성화 함수는 왜 필요할까요?")], ["b"]),
        ([key("1", "GPU를 쓰면 좋은 이유는?")], [None]),
        ([key("2", "딥러닝은 무엇인가요?"), key("1", "활성화 함수는 왜 필요한가요?")], ["a", "b"]),
        ([key("3", "배치 정규화의 부작용은?"), key("4", "배치 정규화의 효과는?")], ["d", "c"]),
        ([key("1", "딥러닝은 무엇인가요?"), key("2", "딥러닝은 무엇인가요?")], ["a", None]),
        ([], []),
    ],
)
def test_a_question_is_known_again(keys: list[Key], guids: list[str | None]) -> None:
    found = match(keys, OLD)
    assert [found.rows[n].guid if n in found.rows else None for n in range(len(keys))] == guids
    assert found.ambiguous == {}


def test_two_candidates_are_said_and_not_guessed() -> None:
    found = match(
        [key("9", "배치 정규화의 효용은?")],
        [*OLD[:2], row("c", "3", "배치 정규화의 효능은?"), row("d", "4", "배치 정규화의 소용은?")],
    )
    assert found.rows == {}
    assert [r.guid for r in found.ambiguous[0]] == ["c", "d"]


def test_two_questions_that_claim_one_card_get_none() -> None:
    found = match([key("8", "활성화 함수는 왜 필요할까요?"), key("9", "활성화 함수는 왜 필요한가?")], OLD)
    assert found.rows == {}
    assert set(found.ambiguous) == {0, 1}


def test_a_living_card_goes_before_a_retired_one() -> None:
    rows = [row("old", "1", "같은 질문?", retired=True), row("new", "1", "같은 질문?")]
    assert match([key("1", "같은 질문?")], rows).rows[0].guid == "new"
    assert match([key("1", "같은 질문?")], rows[:1]).rows[0].guid == "old"


questions = st.lists(st.text("가나다라마 ?", min_size=1, max_size=8), max_size=8)


@given(questions, questions)
def test_no_row_is_two_questions_and_the_order_of_rows_decides_nothing(
    new: list[str], old: list[str]
) -> None:
    rows = [row(f"g{n}", str(n), words) for n, words in enumerate(dict.fromkeys(old))]
    keys = [key(str(n), words) for n, words in enumerate(new)]
    found = match(keys, rows)
    guids = [r.guid for r in found.rows.values()]
    assert len(set(guids)) == len(guids)
    assert set(found.rows) & set(found.ambiguous) == set()
    again = match(keys, rows[::-1])
    assert {n: r.guid for n, r in again.rows.items() if _exact(keys[n], r)} == {
        n: r.guid for n, r in found.rows.items() if _exact(keys[n], r)
    }
    lock = Lock(tuple(rows), ((1, "x", 2),))
    assert load(dump(lock), "deck.lock") == lock


def _exact(asked: Key, known: Row) -> bool:
    return asked.id == known.id and asked.question == known.question


def test_ten_thousand_reworded_questions_are_quick() -> None:
    rows = [
        row(f"g{n}", str(n), f"{n * 7919 % 10007}번째 개념은 무엇이고 어디에 {n * 104729 % 9973} 쓰는가?")
        for n in range(2_000)
    ]
    keys = [key(r.id, r.question.replace("무엇이고", "무엇이며")) for r in rows]
    assert len(match(keys, rows).rows) == 2_000


def test_short_words_with_a_short_answer_go_anywhere_where_no_other_question_has_both() -> None:
    digest = "0123456789ab"
    known = replace(row("a", "1-1", "옮기는 곁질문은?"), answer=digest, parent="p")
    asked = Key("question", "b.md", "7", "옮기는 곁질문은?", answer=digest, topic="다른 제목")
    assert match([asked], [known]).rows == {0: known}
    for other in (replace(known, guid="b"), replace(known, guid="b", parent="q")):
        assert match([asked], [known, other]).rows == {}
    assert match([asked._replace(question="왜?")], [replace(known, question="왜?")]).rows == {}


def test_short_words_of_an_old_lock_are_asked_where_one_more_says_them() -> None:
    known = [row("a", "장점은", "장점은?"), row("b", "장점은-1", "장점은?")]
    asked = [
        Key("question", "a.md", number, "장점은?", topic=topic, answer=digest, order=order)
        for order, (number, topic, digest) in enumerate(
            [
                ("장점은", "새 주제", "aaaaaaaaaaaa"),
                ("장점은-1", "하나", "bbbbbbbbbbbb"),
                ("장점은-2", "둘", "cccccccccccc"),
            ]
        )
    ]
    assert match(asked, known).rows == {}
    assert match(asked[:2], known).rows == dict(enumerate(known))
