"""Whose schedule a card gets: what goes wrong when it is guessed, and does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dlcards.deck.export import Export
from dlcards.identity import LAST_SECOND
from dlcards.identity.evidence import fingerprint, similar_terms
from dlcards.identity.identify import (
    IdentifiedCard,
    content_hash,
    identify,
    number_terms,
    question_key,
    with_note_types,
)
from dlcards.identity.lock import Lock, anki_search
from dlcards.model import Card, Kind
from tests.support.anki_collection import Learner, learner
from tests.support.deck_project import Project, png, question

__all__ = ["learner"]

Before = tuple[tuple[str, str], ...]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "answers/images").mkdir(parents=True)
    (tmp_path / "answers/images/a.png").write_bytes(png())
    return Project(tmp_path)


def deck(*questions: tuple[str, str]) -> str:
    return "".join(question(number, words) for number, words in questions)


def guids(result: Export) -> dict[str, str]:
    """The notes of the questions, by their ids."""
    return {c.card.id: c.guid for c in result.identified.cards if c.card.kind == "question"}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        # Sub-questions that say the same go with the questions that they stand under.
        (
            (("1", "배치 정규화란?"), ("1-1", "장점은?"), ("2", "드롭아웃이란?"), ("2-1", "장점은?")),
            (
                ("1", "합성곱이란?"),
                ("1-1", "장점은?"),
                ("2", "배치 정규화란?"),
                ("2-1", "장점은?"),
                ("3", "드롭아웃이란?"),
                ("3-1", "장점은?"),
            ),
            {"2": "1", "2-1": "1-1", "3": "2", "3-1": "2-1"},
        ),
        # Few words under another question are another question, even where no one else says them.
        (
            (("1", "배치 정규화란?"), ("1-1", "장점은?")),
            (("1", "트랜스포머의 구조는?"), ("1-1", "장점은?")),
            {},
        ),
        # Many words are the same question wherever they stand.
        (
            (("1", "배치 정규화란?"), ("1-1", "실제 사용할 때 주의할 점은 무엇인가?"), ("2", "드롭아웃이란?")),
            (("1", "배치 정규화란?"), ("2", "드롭아웃이란?"), ("2-1", "실제 사용할 때 주의할 점은 무엇인가?")),
            {"1": "1", "2": "2", "2-1": "1-1"},
        ),
        # A parent that was reworded keeps its sub-questions.
        (
            (("1", "배치 정규화의 효과는?"), ("1-1", "장점은?")),
            (("1", "배치 정규화의 효과를 말해 보라"), ("1-1", "장점은?")),
            {"1": "1", "1-1": "1-1"},
        ),
        # The same letters, other signs.
        (
            (("1", "C++의 장점은?"), ("2", "C#의 장점은?")),
            (("1", "C#의 장점은?"), ("2", "C++의 장점은?")),
            {"1": "2", "2": "1"},
        ),
        # Another question with the same ending, under an old number.
        (
            (("1", "볼츠만 머신은 무엇인가요?"), ("2", "GAN이란 무엇인가요?")),
            (("1", "트랜스포머는 무엇인가요?"), ("2", "VAE란 무엇인가요?")),
            {},
        ),
        ((("1", "What is dropout?"),), (("1", "What is softmax?"),), {}),
    ],
)  # fmt: skip
def test_who_is_who(project: Project, before: Before, after: Before, same: dict[str, str]) -> None:
    old = guids(project.export(deck(*before))[0])
    new = guids(project.export(deck(*after))[0])
    known = {guid: number for number, guid in old.items()}
    assert {number: known[guid] for number, guid in new.items() if guid in known} == same


def test_a_question_that_is_only_left_out_is_not_gone(project: Project, learner: Learner) -> None:
    first = question("1", "배치 정규화의 장점은 무엇인가요?", "![그래프](images/a.png) 답이다.")
    result, package = project.export(first)
    learner.import_(package)
    before = guids(result)
    (project.root / "answers/images/a.png").unlink()
    result, _ = project.export(first + question("2", "배치 정규화의 단점은 무엇인가요?"))
    assert guids(result)["2"] != before["1"], "no other question takes its note"
    assert result.identified.retired == ()
    (project.root / "answers/images/a.png").write_bytes(png())
    result, _ = project.export(first + question("2", "배치 정규화의 단점은 무엇인가요?"))
    assert guids(result)["1"] == before["1"]
    assert result.identified.new == 0


def test_follow_ups_of_few_words_stay_with_their_question(project: Project) -> None:
    follow_up = "답이다.\n\n#### 꼬리질문\n\n- 예를 들면?\n  - 이것이다."
    first, _ = project.export(question("1", "배치 정규화란 어떤 층인가?", follow_up))
    second, _ = project.export(question("1", "트랜스포머는 어떤 모델인가?", follow_up))
    assert not {c.guid for c in first.identified.cards} & {c.guid for c in second.identified.cards}


def test_a_document_that_was_not_looked_at_is_not_gone(project: Project) -> None:
    both = deck(("1", "배치 정규화란?"), ("2", "드롭아웃이란?"))
    project.export(both, "a.md")
    result, _ = project.export(
        deck(("1", "합성곱이란 어떤 연산인가?")), "b.md"
    )  # a.md is there, and not read
    assert result.identified.retired == ()
    (project.root / "answers/a.md").unlink()
    result, _ = project.export(deck(("1", "합성곱이란 어떤 연산인가?")), "b.md")
    assert [row.id for row in result.identified.retired] == ["1", "2"]


def test_a_renamed_document_keeps_what_was_reworded(project: Project) -> None:
    first, _ = project.export(deck(("1", "배치 정규화의 효과는?"), ("2", "드롭아웃의 효과는?")), "a.md")
    (project.root / "answers/a.md").unlink()
    second, _ = project.export(
        deck(("1", "배치 정규화의 효과를 말하라"), ("2", "드롭아웃의 효과란?")), "b.md"
    )
    assert guids(second) == guids(first)
    assert [(row.question, card.question) for row, card in second.identified.reworded] == [
        ("배치 정규화의 효과는?", "배치 정규화의 효과를 말하라"),
        ("드롭아웃의 효과는?", "드롭아웃의 효과란?"),
    ]


def test_the_search_for_what_is_gone_finds_nothing_that_lives(project: Project, learner: Learner) -> None:
    answer = (
        "> 핵심: **{0}**이 **핵심**이다.\n\n답이다.\n\n#### 꼬리질문\n\n- **{0}**는 왜 쓰나?\n  - 그래서."
    )
    topics = ["배치 정규화", "드롭아웃", "합성곱", "어텐션"]
    first = "".join(
        question(str(n), f"**{topic}**이란 무엇인가?", answer.format(topic))
        for n, topic in enumerate(topics, 1)
    )
    old, package = project.export(first)
    learner.import_(package)
    gone = {c.guid for c in old.identified.cards if c.card.id == "2"}
    kept = [topic for topic in topics if topic != "드롭아웃"]
    second = "".join(
        question(str(n), f"**{topic}**이란 무엇인가?", answer.format(topic))
        for n, topic in enumerate(kept, 1)
    )
    result, package = project.export(second)
    learner.import_(package)
    (row,) = (row for row in result.identified.retired if row.kind == "question")
    found = {learner.col.get_note(nid).guid for nid in learner.col.find_notes(anki_search(row))}
    assert found == gone


TERMS = [
    "정규화",
    "정규화의 원리",
    "정규화 원리",
    "배치 정규화",
    "드롭아웃",
    "드롭 아웃",
    "8줄",
    "98%",
    "1/(1−β)",
    r"\(1/(1-\beta)\)",
    "a",
    "b",
    "ab",
]
terms = st.lists(st.sampled_from(TERMS), unique=True, max_size=6)


@given(terms, terms)
@example(["정규화의 원리", "정규화 원리"], ["정규화"])  # one of them may have it
@example(["정규화의 원리", "정규화"], ["정규화"])  # nor is it free
def test_a_blank_goes_to_no_other_term(asked: list[str], known: list[str]) -> None:
    numbered = number_terms(asked, known)
    assert len(numbered) >= len(known)
    assert sorted(numbered) == sorted({*numbered}), "each term has one blank"
    assert set(asked) <= set(numbered)
    for before, after in zip(known, numbered, strict=False):
        if before != after:
            assert before not in asked, "it is still asked for"
            assert after not in known, "it has a blank of its own"
            assert similar_terms(before, after), "nor is it reworded"
    # Who has no blank from before takes the next ones, in the order of the summary.
    assert [term for term in asked if term in numbered[len(known) :]] == list(numbered[len(known) :])


def test_blanks_beyond_those_that_anki_makes_cards_of_are_given_to_nobody() -> None:
    known = [f"{number:03}" for number in range(502)]
    for last, numbers in ((498, 502), (499, 502), (500, 503)):
        reworded = f"{known[last]}x"
        asked = [*(term for term in known if term != known[last]), reworded]
        numbered = number_terms(asked, known)
        assert (len(numbered), numbered.index(reworded)) == (numbers, last if last < 500 else 502)


WORDS = [
    "왜 쓰는가?",
    "배치 정규화의 장점은?",
    "배치 정규화의 약점은?",
    "배치 정규화의 장점은 무엇?",
    "커널이란?",
]
ANSWERS = [*map(fingerprint, ["답이다.", "아니다.", "커널은 입력을 훑으며 곱하고 더하는 작은 행렬이다."])]


@st.composite
def made(draw: st.DrawFn) -> list[Card]:
    """The cards of a document: questions, some under the one before, with what is derived from them."""
    cards: list[Card] = []

    def add(kind: Kind, number: int, above: str, said: str = "", blanks: tuple[str, ...] = ()) -> None:
        words = draw(st.sampled_from(WORDS))
        if kind == "cloze":
            words = cards[-1].question
        fields = {"Text": "{{c1::가}}", "Question": f"{len(cards)}"}
        cards.append(
            Card(kind, "a.md", str(number), words, fields, (), "ko", above, "", said, number, blanks)
        )

    for number in range(draw(st.integers(1, 4))):
        above = str(number - 1) if number and draw(st.booleans()) else ""
        add("question", number, above, draw(st.sampled_from(ANSWERS)))
        if draw(st.booleans()):
            add("cloze", number, above, blanks=("가",))
        for _ in range(draw(st.integers(0, 2))):
            add("follow-up", number, "", draw(st.sampled_from(ANSWERS)))
    return cards


def place(card: Card) -> tuple[str, str, str]:
    return card.kind, card.id, card.fields["Question"]


@given(made(), made())
def test_each_card_is_a_note_or_asked_about_or_waits_and_each_row_is_kept(
    before: list[Card], after: list[Card]
) -> None:
    lock = identify(before, Lock(), "덱", 1).lock
    found = identify(after, lock, "덱", 2)
    notes = Counter(place(entry.card) for entry in found.cards)
    asked = Counter(place(entry.card) for entry in found.ambiguous)
    undecided = {entry.card.id for entry in found.ambiguous if entry.card.kind == "question"}
    for card in after:
        waits = card.kind != "question" and card.id in undecided
        assert notes[place(card)] + asked[place(card)] + waits == 1, card
    for entry in found.ambiguous:
        assert entry.candidates
        derived = [card for card in after if card.kind != "question" and card.id == entry.card.id]
        assert entry.waiting == (len(derived) if entry.card.kind == "question" else 0)
        assert (f"{entry.waiting} card" in entry.message.en) == (entry.waiting > 0)
        assert (f"{entry.waiting}장" in entry.message.ko) == (entry.waiting > 0)
    guids = [entry.guid for entry in found.cards]
    assert len(guids) == len(set(guids))
    rows = {row.guid: row for row in found.lock.rows}
    assert {row.guid for row in lock.rows} <= set(rows), "what a learner has is never forgotten"
    assert found.new == len(set(rows) - {row.guid for row in lock.rows})
    for entry in found.ambiguous:
        assert not any(rows[row.guid].retired for row in entry.candidates)
    assert {row.guid for row in found.retired} == {guid for guid in rows if rows[guid].retired}
    assert not {row.guid for row in found.retired} & set(guids)
    assert {entry.language for entry in found.cards} <= {"ko"}
    asking = [entry.guid for entry in found.cards if entry.card.kind == "question"]
    assert [rows[guid].after for guid in asking] == ["", *asking][: len(asking)]
    # Whatever is decided is decided the same again.
    again = identify(after, found.lock, "덱", 3)
    if not found.ambiguous:
        assert Counter(map(said, again.cards)) == Counter(map(said, found.cards))


def said(entry: IdentifiedCard) -> tuple[str, str, str, str, str]:
    # Of two cards that are alike in all, either may have either's note.
    return entry.guid, entry.card.kind, entry.card.id, entry.card.question, entry.card.answer


@given(made(), made(), st.sets(st.sampled_from("0123")))
def test_a_question_of_which_no_card_is_made_retires_nothing_that_is_its_own(
    before: list[Card], after: list[Card], left_out: set[str]
) -> None:
    lock = identify(before, Lock(), "덱", 1).lock
    whole = identify(after, lock, "덱", 2)
    cards = [card for card in after if card.id not in left_out]
    absent = [question_key(card) for card in after if card.kind == "question" and card.id in left_out]
    found = identify(cards, lock, "덱", 2, absent=absent)
    gone = {row.guid for row in whole.retired}
    assert gone & {row.guid for row in lock.rows if row.kind == "question"} == {
        row.guid for row in found.retired if row.kind == "question"
    }
    assert all({row.guid, row.parent} & gone for row in found.retired)


def test_a_follow_up_that_may_be_another_is_asked_about_and_keeps_its_row() -> None:
    def cards(words: str, answer: str) -> list[Card]:
        def card(kind: Kind, asked: str, said: str) -> Card:
            return Card(kind, "a.md", "1", asked, {"Question": asked}, (), "ko", "", "", fingerprint(said), 0)

        return [card("question", "학습률이란 무엇인가?", "보폭이다."), card("follow-up", words, answer)]

    lock = identify(
        cards("학습률은 왜 줄이는가?", "끝에 가까우면 보폭이 커서 지나친다."), Lock(), "덱", 1
    ).lock
    found = identify(cards("학습률은 왜 낮추는가?", "메모리가 모자라기 때문이라고 본다."), lock, "덱", 2)
    (asked,) = found.ambiguous
    assert asked.card.question == "학습률은 왜 낮추는가?"
    assert [row.question for row in asked.candidates] == ["학습률은 왜 줄이는가?"]
    assert [entry.card.kind for entry in found.cards] == ["question"]
    assert found.lock == lock


def test_notes_of_a_fresh_clone_are_those_that_learners_have() -> None:
    def card(kind: Kind, asked: str, language: str = "ko") -> Card:
        fields = {"Question": asked, "Text": "{{c1::가}}"}
        terms = ("가",) if kind == "cloze" else ()
        return Card(kind, "a.md", "1", asked, fields, (), language, "", "", "", 0, terms)

    cards = [card("question", "커널이란?"), card("cloze", "커널이란?"), card("follow-up", "왜?")]
    made_ = identify(cards, Lock(), "덱", 1)
    assert [entry.guid for entry in made_.cards] == ["b,W1r[1zPU", "u9BT7I(41D", "oF-$wV8}Bq"]
    assert [row.hash for row in sorted(made_.lock.rows, key=lambda row: row.kind)] == [
        "67542a6690567767",
        "9553aae6ca67068f",
        "67542a6690567767",
    ]
    english = identify([card("question", "What is it?", "en")], Lock(), "덱", 1)
    assert [entry.language for entry in english.cards] == [english.lock.rows[0].language] == ["en"]


def test_what_counts_as_a_change_of_a_note() -> None:
    before = content_hash({"Question": "?", "Answer": "!"}, ["own"])
    for fields, tags in (
        ({"Answer": "!", "Question": "?", "Summary": ""}, ["own"]),
        ({"Question": "?", "Answer": "!"}, ["dlcards::a::b", "own"]),
    ):
        assert content_hash(fields, tags) == before
    for fields, tags in (
        ({"Question": "?", "Answer": "."}, ["own"]),
        ({"Question": "?", "Answer": "!"}, []),
        ({"Question": "?", "Answer": "!"}, ["own", "other"]),
        ({"Question": "!", "Answer": "?"}, ["own"]),
    ):
        assert content_hash(fields, tags) != before
    assert content_hash({}, ["a", "b"]) == content_hash({}, ["b"], "a") == content_hash({}, ["b", "a"])


def test_a_change_is_always_later_than_the_one_before() -> None:
    card = Card("question", "a.md", "1", "?", {"Question": "?"}, (), "ko", "", "", "", 0)
    lock = identify([card], Lock(), "덱", 1_000).lock
    changed = replace(card, fields={"Question": "!"})
    for now, mod in ((1_000, 1_001), (500, 1_001), (2_000, 2_000)):
        found = identify([changed], lock, "덱", now)
        assert (found.new, found.changed, found.cards[0].mod) == (0, 1, mod)
        assert identify([card], lock, "덱", now).cards[0].mod == 1_000, "nothing has changed"
    last = replace(lock, rows=(replace(lock.rows[0], mod=LAST_SECOND),))
    assert identify([changed], last, "덱", 1).cards[0].mod == LAST_SECOND


def test_a_note_type_is_newer_only_where_it_has_changed() -> None:
    first = with_note_types(Lock(), {2: "b", 1: "a"}, 10)
    assert [(number, mod) for number, _, mod in first.note_types] == [(1, 10), (2, 10)]
    assert with_note_types(first, {1: "a", 2: "b"}, 20) == first
    for now, mod in ((20, 20), (10, 11), (5, 11)):
        second = with_note_types(first, {2: "c"}, now)
        assert [(number, mod) for number, _, mod in second.note_types] == [(1, 10), (2, mod)]
        assert second.note_types[0] == first.note_types[0]
