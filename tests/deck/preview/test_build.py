"""What the preview is made of: questions with their cards and problems, anchors, pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dlcards.deck.export import Order
from dlcards.deck.preview.build import PAGE, make_preview
from dlcards.identity.lock import Lock
from dlcards.model import Config
from tests.support.documents import FakeFiles, context, document
from tests.support.exports import export
from tests.support.pictures import PNG
from tests.support.preview import DOCUMENT, Elements, html, made


def test_every_question_is_there_with_all_of_its_cards() -> None:
    page = made(DOCUMENT).page
    assert [(q.anchor, [(c.kind, c.number) for c in q.cards]) for q in page.questions] == [
        ("1", [("질문", ""), ("빈칸", "1/2"), ("빈칸", "2/2"), ("꼬리질문", "")]),
        ("1-1", []),
        ("2", [("질문", "")]),
    ]
    assert page.cards == {"질문": 2, "빈칸": 2, "꼬리질문": 1}


def test_problems_stand_at_their_question() -> None:
    page = made(DOCUMENT).page
    assert [q.state for q in page.questions] == ["", "refused", "warning"]
    assert [problem.code for problem in page.questions[1].reasons] == ["Q001"]
    (found,) = page.questions[2].problems
    assert (found.code, found.place) == ("M001", "answers/deep-learning.md:44")
    assert (page.refused, page.with_problems) == (1, 2)


def test_a_picture_that_cannot_be_had_is_said_at_its_question() -> None:
    text = DOCUMENT.replace("p.png", "no.png")
    (refused,) = (question for question in made(text).page.questions if question.id == "1")
    assert refused.cards == ()
    assert any("no.png" in problem.message.en for problem in refused.reasons)


def test_a_question_that_may_be_either_of_two_notes_is_said() -> None:
    one, where = document(DOCUMENT), context(files=FakeFiles(contents={"answers/p.png": PNG}))
    first = export([one], where, Path("/nowhere"), Order("덱", Lock(), 0))
    (row,) = (row for row in first.identified.lock.rows if row.kind == "question" and row.id == "1")
    rows = [
        replace(row, guid=str(number), id=str(number), question=f"기울기는 왜 사라지{end}?")
        for number, end in ((8, "니"), (9, "냐"))
    ]
    result = export([one], where, Path("/nowhere"), Order("덱", Lock(tuple(rows)), 0))
    page = make_preview([one], where, "덱", result, {}).page
    assert [problem.code for problem in page.questions[0].reasons] == ["D002"]
    assert page.questions[0].cards == ()


def test_two_questions_with_one_id_have_two_anchors() -> None:
    config = Config(severity={"Q004": "warning"})
    text = DOCUMENT.replace("## #2", "## #1")
    page = made(text, config).page
    assert len({question.anchor for question in page.questions}) == 3
    shown = {question.anchor: question for question in page.questions}
    for question in shown.values():
        for card in question.cards:
            assert question.question in card.front + card.back or card.kind == "빈칸"


def test_pictures_lie_beside_the_page() -> None:
    preview = made(DOCUMENT)
    sources = {attrs["src"] for tag, attrs in Elements(html(preview)).found if tag == "img"}
    assert sources == preview.files.keys() - {PAGE}
    assert all(preview.files[source or ""] == PNG for source in sources)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert dict(made(DOCUMENT).files) == dict(made(DOCUMENT).files)
