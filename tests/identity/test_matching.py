"""Which note a question is: never another question's, and never lost for a typo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.identity.evidence import Wordings, fingerprint
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


MASK = fingerprint("가려진 자리의 낱말을 앞뒤 문맥으로 맞히게 하여 표현을 배우게 한다.")
BEAM = fingerprint("점수가 높은 몇 갈래만 남기며 문장을 한 낱말씩 늘려 가는 탐색이다.")
TEMPERATURE = fingerprint("확률을 고르게 하거나 뾰족하게 하여 뽑히는 말의 다양함을 정한다.")


def asked(number: str, words: str, answer: str = "", order: int = 0, **more: str) -> Key:
    return Key("question", "a.md", number, words, answer=answer, order=order, **more)


def known(guid: str, number: str, words: str, answer: str = "", after: str = "", **more: object) -> Row:
    return replace(row(guid, number, words), answer=answer, after=after, **more)  # type: ignore[arg-type]


BEFORE, AFTER, OTHER = (
    "빔 탐색은 어떤 탐색인가요?",
    "온도는 무엇을 정하는 값인가요?",
    "손실 함수는 왜 두나요?",
)
MASKED = "가려진 낱말은 왜 맞히게 하나요?"


@pytest.mark.parametrize(
    ("around", "place", "is_there"),
    [
        ((BEFORE, AFTER), ("B", "A"), True),
        ((BEFORE, OTHER), ("B", "A"), True),
        ((BEFORE,), ("B", "A"), True),
        ((OTHER, None, AFTER), ("B", "A"), True),
        ((OTHER, None), ("B", "A"), False),
        ((OTHER, None, OTHER), ("B", "A"), False),
        ((BEFORE, OTHER, None, OTHER, AFTER), ("B", "A"), False),
        ((AFTER, None, BEFORE), ("B", "A"), False),
        ((None, OTHER), ("", "A"), True),
        ((None,), ("", ""), True),
        ((OTHER, None), ("", ""), False),
        ((None, OTHER), ("B", ""), False),
    ],
)
def test_a_question_that_is_answered_anew_and_renumbered_is_known_by_its_neighbours(
    around: tuple[str | None, ...], place: tuple[str, str], is_there: bool
) -> None:
    words = around if None in around else (around[0], None, *around[1:])
    answers = {BEFORE: BEAM, AFTER: TEMPERATURE}
    keys = [
        asked(f"n{n}", said or MASKED, answers.get(said or "", fingerprint(f"{n}") if said else MASK), n)
        for n, said in enumerate(words)
    ]
    number = words.index(None)
    rows = [known("X", "2", MASKED, fingerprint("아직 쓰지 않았다."), place[0])]
    if place[0]:
        rows.append(known("B", "1", BEFORE, BEAM))
    if place[1]:
        rows.append(known("A", "3", AFTER, TEMPERATURE, "X"))
    for order in (rows, rows[::-1]):
        found = match(keys, order)
        assert (found.rows.get(number) == rows[0]) == is_there
        assert (found.ambiguous.get(number) == (rows[0],)) != is_there, "else it is asked about"


@pytest.mark.parametrize("retired", [0, 1, 2])
@pytest.mark.parametrize("living", [0, 1, 2])
def test_a_reworded_question_has_the_only_living_row_with_its_answer_or_the_only_one(
    living: int, retired: int
) -> None:
    rows = [known(f"l{n}", f"{n}", f"{n} {BEFORE}", MASK) for n in range(living)]
    rows += [known(f"r{n}", f"7{n}", f"{n} {AFTER}", MASK, retired=True) for n in range(retired)]
    found = match([asked("9", "이것은 무엇을 맞히는 방법인가?", MASK)], rows)
    is_one = living == 1 or (not living and retired == 1)
    assert [r.guid for r in found.rows.values()] == ([rows[0].guid] if is_one else [])
    both = [asked("9", "이것은 무엇을 맞히는 방법인가?", MASK), asked("8", "저것은 어째서 그런가?", MASK)]
    assert match(both, rows[:1]).rows == {}, "whose it is, is not known"


@pytest.mark.parametrize(
    ("parent", "words", "answer", "came_to"),
    [
        ("P", "언제 가리나요?", MASK, "row"),
        ("P", "언제 가리나요?", BEAM, "row"),
        ("P", "언제 가리는가요?", MASK, "row"),
        ("P", "언제 가리는가요?", BEAM, "asked"),
        ("P", "몇 갈래를 남기나요?", BEAM, "new"),
        ("O", "언제 가리나요?", MASK, "row"),
        ("O", "언제 가리나요?", BEAM, "new"),
        ("Q", "언제 가리나요?", BEAM, "new"),
        ("O", "언제 가리는가요?", BEAM, "new"),
        ("Q", "언제 가리는가요?", BEAM, "new"),
    ],
)
def test_whose_a_follow_up_is(parent: str, words: str, answer: str, came_to: str) -> None:
    rows = [known("F", "1", "언제 가리나요?", MASK, kind="follow-up", parent="P")]
    found = match([Key("follow-up", "a.md", "1", words, parent, answer=answer)], rows)
    assert found.rows == ({0: rows[0]} if came_to == "row" else {})
    assert found.ambiguous == ({0: (rows[0],)} if came_to == "asked" else {})


def test_a_follow_up_goes_where_its_question_goes_and_a_question_with_other_words_above_does_not() -> None:
    follow_up = known("F", "1", "언제 가리나요?", MASK, kind="follow-up", parent="P")
    for answer in (MASK, BEAM):
        moved = Key("follow-up", "b.md", "7", "언제 가리나요?", "P", answer=answer)
        assert match([moved], [follow_up]).rows == {0: follow_up}
    elsewhere = asked("1", MASKED, BEAM)._replace(document="b.md")
    found = match([elsewhere], [known("X", "1", MASKED, MASK)])
    assert (found.rows, found.ambiguous) == ({}, {}), "the same words with another answer elsewhere: new"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ({}, {"retired": True, "id": "1", "topic": "층"}),
        ({"document": "b.md"}, {"document": "b.md", "question": MASKED.upper() + "!", "id": "1"}),
        ({}, {"document": "b.md", "topic": "층", "id": "1"}),
        ({"topic": "층"}, {"topic": "모델", "id": "1"}),
        ({"topic": "층", "id": "1"}, {"topic": "층"}),
    ],
)
def test_of_rows_with_the_same_words_and_answer_the_nearest_is_the_questions(
    near: dict[str, object], far: dict[str, object]
) -> None:
    rows = [replace(known("z", "8", MASKED, MASK), **near), replace(known("a", "9", MASKED, MASK), **far)]  # type: ignore[arg-type]
    keys = [asked("0", OTHER, order=0), asked("1", MASKED, MASK, 1, topic="층")]
    for order in (rows, rows[::-1]):
        assert match(keys, order).rows == {1: rows[0]}


def test_elsewhere_words_must_be_more_alike_than_at_their_place() -> None:
    rows = [
        known("a", "1", "배치 정규화의 좋은 점은 무엇인가요?"),
        known("b", "2", "드롭아웃은 어디에 두나요?"),
    ]
    counts = {True: 0, False: 0}
    for words in ("배치 정규화의 좋은 점과 나쁜 점은?", "배치 정규화는 좋은가?", "배치 정규화의 좋은 점은?"):
        alike = Wordings([words, *(r.question for r in rows)]).alike(words, rows[0].question)
        assert alike >= 0.5
        counts[alike >= 0.6] += 1
        assert match([asked("1", words)], rows).rows == {0: rows[0]}
        assert match([asked("9", words)], rows).rows == ({0: rows[0]} if alike >= 0.6 else {})
    assert all(counts.values()), counts
