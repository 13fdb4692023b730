"""Whose schedule a card gets: what goes wrong when it is guessed, and does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcards.deck.export import Export
from dlcards.identity.lock import anki_search
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
