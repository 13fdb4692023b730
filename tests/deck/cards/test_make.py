"""What is derived from a question: the blanks of its summary, its follow-ups; and how Anki shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dlcards.deck.cards.blanks import make_blanks
from dlcards.identity.identify import number_terms
from dlcards.model import CLOZE_FIELDS, Config
from tests.support.anki_collection import Imported, Learner, learner
from tests.support.deck_project import CONFIG, Project, question
from tests.support.decks import answer, made
from tests.support.decks import question as answered
from tests.support.documents import md

__all__ = ["learner"]

RELU = md(r"""
    ## #12-3

    #### ReLU의 문제점은?

    > 핵심: **모든 학습 입력**에서 $z<0$이면 기울기가 **0**이라 되살아나지 못하는 **dying ReLU**가 있다.

    > 힌트: 음수 쪽을 보자.

    음수 쪽의 기울기가 0이다.

    #### 꼬리질문

    - `죽은` 유닛은 어떻게 **세나**?
      - 모든 입력에서 $\max a = 0$인 유닛을 센다.
    - 대책은?

      두 가지가 있다.

      - 음수 쪽에 기울기를 준다.
      - 학습률을 낮춘다.
    - 답이 없는 질문은?

    #### References

    - [Lu et al. (2019)](https://arxiv.org/abs/1903.06733)
""")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_three_kinds_of_cards_in_three_decks(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    assert learner.import_(package) == Imported(4, 0, 0, 0)
    assert learner.complaints() == []
    decks = {
        name: learner.col.find_cards(f'"deck:시험 덱::{name}"') for name in ("1 질문", "2 빈칸", "3 꼬리질문")
    }
    assert {name: len(cards) for name, cards in decks.items()} == {"1 질문": 1, "2 빈칸": 3, "3 꼬리질문": 2}


def test_a_blank_hides_one_term_and_shows_the_others(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    learner.import_(package)
    first, second, third = (
        learner.col.get_card(cid) for cid in sorted(learner.col.find_cards('"deck:*2 빈칸"'))
    )
    assert tuple(first.note().keys()) == CLOZE_FIELDS
    front = first.render_output().question_text
    assert "[...]" in front
    assert "모든 학습 입력" not in front.replace('data-cloze="모든', "")
    assert "dying ReLU" in front
    assert "ReLU의 문제점은?" in front, "a sentence with a blank needs its question"
    assert "dlcards::" not in front
    back = second.render_output().answer_text
    assert '<span class="cloze" data-ordinal="2">0</span>' in back
    assert r"\(z&lt;0\)" in back
    assert "음수 쪽의 기울기가 0이다." in back, "the answer is there to be looked up"
    assert "dying ReLU" not in third.render_output().question_text.replace('data-cloze="dying', "")


def test_a_follow_up_is_a_card_with_its_question_as_context(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    learner.import_(package)
    counting, remedies = (
        learner.col.get_card(cid).note() for cid in sorted(learner.col.find_cards('"deck:*3 꼬리질문"'))
    )
    assert counting["Question"] == "<code>죽은</code> 유닛은 어떻게 <strong>세나</strong>?"
    assert counting["Summary"] == "모든 입력에서 \\(\\max a = 0\\)\u2060인 유닛을 센다."
    assert (counting["Context"], counting["Id"], counting["Answer"]) == ("ReLU의 문제점은?", "12-3", "")
    assert remedies["Summary"].startswith("<p>두 가지가 있다.</p>\n<ul>")
    parent = learner.by_id()["12-3"]
    assert "세나" in parent["FollowUps"]
    assert "유닛을 센다" not in parent["FollowUps"], "a card's answer is not given away by another's back"
    assert "답이 없는 질문은?" in parent["FollowUps"]


def test_what_is_switched_off_is_no_card_and_keeps_its_row(project: Project, learner: Learner) -> None:
    first, _ = project.export(RELU)
    result, package = project.export(RELU, kinds=["question"])
    assert learner.import_(package) == Imported(1, 0, 0, 0)
    assert "유닛을 센다" in learner.by_id()["12-3"]["FollowUps"], (
        "where it is no card, the answer stands here"
    )
    assert not result.identified.retired
    again, _ = project.export(RELU)
    assert [c.guid for c in again.identified.cards] == [c.guid for c in first.identified.cards]
    assert again.identified.new == 0


def test_new_cards_come_in_the_order_of_the_document(project: Project, learner: Learner) -> None:
    second = RELU.replace("12-3", "12-4").replace("문제점", "단점")
    _, package = project.export(RELU + "\n---\n\n" + second)
    learner.import_(package)
    by_due = sorted(learner.notes().values(), key=lambda note: note.cards()[0].due)
    seen = [(note["Id"], learner.deck(note).rpartition("::")[2]) for note in by_due]
    kinds = ["1 질문", "2 빈칸", "3 꼬리질문", "3 꼬리질문"]
    assert seen == [("12-3", kind) for kind in kinds] + [("12-4", kind) for kind in kinds]
    # What Anki itself asks first of the whole deck: a question, not a blank of an unknown answer.
    learner.study("시험 덱", 1)
    (studied,) = (key for key, (_, reps, _) in learner.schedules().items() if reps)
    assert learner.deck(learner.notes()[studied[0]]) == "시험 덱::1 질문"


def test_tags(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU, tags=("면접", "dlcards::answers::a"))
    learner.import_(package)
    assert {tuple(note.tags) for note in learner.notes().values()} == {("dlcards::answers::a", "면접")}


def test_tags_name_the_document_and_the_headings_and_stay_when_questions_are_renumbered(
    tmp_path: Path,
) -> None:
    text = """# 딥러닝

## 합성곱 신경망

### 1. 커널이란 무엇인가요?

커널은 입력을 훑으며 곱하고 더하는 작은 행렬이다.

### 2. 장단점은?

장점은 가중치를 나누어 쓰는 것이고 단점은 시야가 좁은 것이다.

## 순환 신경망

### 3. 장단점은?

장점은 길이를 가리지 않는 것이고 단점은 차례대로만 셈하는 것이다.
"""
    config = Config(deck="덱", layouts={"*": "heading"}, question_pattern=r"^\d")
    project = Project(tmp_path, config)
    result, _ = project.export(text, "README.md")
    assert [entry.card.tags for entry in result.identified.cards] == [
        ("dlcards::answers::합성곱_신경망",),
        ("dlcards::answers::합성곱_신경망",),
        ("dlcards::answers::순환_신경망",),
    ]
    # Words that many questions say are asked with the heading that they stand under.
    asked = [entry.card.fields["Context"] for entry in result.identified.cards]
    assert asked == ["", "합성곱 신경망", "순환 신경망"]
    later, _ = project.export(
        text.replace("### 1.", "### 0. 새 질문은 무엇인가요?\n\n새 답이다.\n\n### 1."), "README.md"
    )
    before = {entry.guid: entry.card.tags for entry in result.identified.cards}
    after = {entry.guid: entry.card.tags for entry in later.identified.cards}
    assert {guid: after[guid] for guid in before} == before


def test_a_heading_that_is_renamed_updates_no_note(tmp_path: Path, learner: Learner) -> None:
    """Anki would replace what learners have written on it."""
    text = "# 딥러닝\n\n## {0}\n\n### 커널이란 무엇인가요?\n\n커널은 입력을 훑으며 곱하고 더하는 작은 행렬이다.\n"
    config = Config(deck="덱", layouts={"*": "heading"}, question_pattern="란")
    project = Project(tmp_path, config)
    _, package = project.export(text.format("합성곱"))
    learner.import_(package)
    result, package = project.export(text.format("합성곱 신경망"))
    assert result.identified.cards[0].card.tags == ("dlcards::answers::a::합성곱_신경망",)
    assert learner.import_(package) == Imported(0, 0, 1, 0)


def test_another_language_has_its_own_words_and_note_types(tmp_path: Path, learner: Learner) -> None:
    config = Config(
        deck="Interview",
        language="en",
        summary_label="In short",
        follow_ups_headings=("and then",),
    )
    text = md("""
        ## #1

        #### What is a layer?

        > In short: a layer is a **function** with parameters.

        It maps vectors to vectors.

        #### And then?

        - How many are deep?
          - More than one hidden layer.
    """)
    _, package = Project(tmp_path, config).export(text)
    assert learner.import_(package) == Imported(3, 0, 0, 0)
    names = {note.note_type()["name"] for note in learner.notes().values()}
    assert names == {"dlcards question", "dlcards cloze"}
    assert {learner.deck(note) for note in learner.notes().values()} == {
        "Interview::1 Questions",
        "Interview::2 Clozes",
        "Interview::3 Follow-ups",
    }


def test_a_promised_answer_is_no_card_and_stays_with_its_question(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU.replace("- 답이 없는 질문은?", "- 답이 없는 질문은?\n  - TODO: 쓴다"))
    assert learner.import_(package) == Imported(4, 0, 0, 0)
    notes = learner.notes().values()
    (question,) = (note for note in notes if dict(note.items()).get("FollowUps"))
    assert "TODO: 쓴다" in question["FollowUps"]


def test_a_summary_and_a_hint_of_several_paragraphs_are_on_their_cards_whole(
    project: Project, learner: Learner
) -> None:
    text = md("""
        ## #1

        #### 과적합이란?

        > [!TIP]
        > **핵심:** **잡음**까지 외운 상태다.
        >
        > - **규제**로 막는다.

        > **힌트**: 두 오차를 견주자.
        >
        > 어느 쪽이 큰가?

        본문이다.
    """)
    _, package = project.export(text)
    learner.import_(package)
    question, cloze = sorted(learner.notes().values(), key=lambda note: "Text" in note)
    words = "잡음\u2060까지 외운 상태다.", "규제\u2060로 막는다."
    assert question["Summary"] == (
        f"<p><strong>{words[0][:2]}</strong>{words[0][2:]}</p>\n"
        f"<ul>\n<li><strong>{words[1][:2]}</strong>{words[1][2:]}</li>\n</ul>"
    )
    assert question["Hint"] == "<p>두 오차를 견주자.</p>\n<p>어느 쪽이 큰가?</p>"
    assert question["Answer"] == "<p>본문이다.</p>"
    assert [card.question().count("[...]") for card in cloze.cards()] == [1, 1]
    assert "{{c1::잡음}}" in cloze["Text"]
    assert "{{c2::규제}}" in cloze["Text"]


@pytest.mark.parametrize(
    ("html", "text", "terms"),
    [
        ("아무것도 없다.", "아무것도 없다.", ()),
        ("<strong>a</strong>와 <b>b</b>", "{{c1::a}}와 {{c2::b}}", ("a", "b")),
        (
            "<strong>a</strong> <strong>b</strong> <strong>c</strong> <strong>d</strong>",
            "{{c1::a}} {{c2::b}} {{c3::c}} <strong>d</strong>",
            ("a", "b", "c"),
        ),
        ("<strong>a</strong>는 <strong>a</strong>다", "{{c1::a}}는 {{c1::a}}다", ("a",)),
        (
            r"<strong>\(\frac{a}{b_{c}}\)</strong>",
            r"{{c1::\(\frac{a}{b_{c} }\)}}",
            (r"\(\frac{a}{b_{c} }\)",),
        ),
        (
            r"<strong>\(x_{y_{z&#125;&#125;}\)</strong>",
            r"{{c1::\(x_{y_{z} } }\)}}",
            (r"\(x_{y_{z} } }\)",),
        ),
        ("<strong>std::vector</strong>", "{{c1::std&#58;&#58;vector}}", ("std::vector",)),
        ("<strong><code>{x}</code></strong>", "{{c1::<code>{x}</code>}}", ("{x}",)),
        ("<strong>{x}</strong>", "{{c1::{x&#125;}}", ("{x}",)),
        ("<strong>a <b>b</b></strong>", "<strong>a {{c1::b}}</strong>", ("b",)),
        ("<strong> </strong>", "<strong> </strong>", ()),
        ("<strong>a&lt;b</strong>", "{{c1::a&lt;b}}", ("a<b",)),
    ],
)
def test_blanks(html: str, text: str, terms: tuple[str, ...]) -> None:
    assert make_blanks(html) == (text, terms)


@pytest.mark.parametrize(
    ("terms", "known", "numbered"),
    [
        (("a", "b"), (), ("a", "b")),
        (("b", "a"), ("a", "b"), ("a", "b")),  # another order
        (("a", "c"), ("a", "b"), ("a", "b", "c")),  # c is no b
        (("정규화의 원리",), ("정규화 원리",), ("정규화의 원리",)),  # the same, reworded
        (("c", "a", "b"), ("a", "b"), ("a", "b", "c")),
        ((r"\(1/(1-\beta)\)",), ("1/(1−β)",), (r"\(1/(1-\beta)\)",)),  # the same, set as a formula
        ((r"\(2/\lambda_{\max}\)",), ("2/λmax",), (r"\(2/\lambda_{\max}\)",)),
        (("98%",), ("8줄",), ("8줄", "98%")),  # another number
        (("b",), ("a", "b"), ("a", "b")),  # a's number waits for a
        (("b", "a"), ("a", "b", "c"), ("a", "b", "c")),
        ((), ("a",), ("a",)),
        (("x", "b"), ("a", "b", "c"), ("a", "b", "c", "x")),
    ],
)
def test_a_term_keeps_its_number(
    terms: tuple[str, ...], known: tuple[str, ...], numbered: tuple[str, ...]
) -> None:
    assert number_terms(terms, known) == numbered


def test_a_summary_written_anew_keeps_each_terms_schedule(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    learner.import_(package)
    learner.study("시험 덱::2 빈칸", 1)  # "모든 학습 입력", the first term
    before = learner.schedules()
    anew = RELU.replace(
        "> 핵심: **모든 학습 입력**에서 $z<0$이면 기울기가 **0**이라",
        "> 핵심: 기울기가 **0**이 되어 **모든 학습 입력**에서",
    )
    assert anew != RELU
    _, package = project.export(anew, days=30)
    assert learner.import_(package) == Imported(0, 2, 2, 0)  # question and cloze; two follow-ups as they were
    assert learner.schedules() == before
    (studied,) = (key for key, (_, reps, _) in before.items() if reps)
    note = learner.notes()[studied[0]]
    (card,) = (card for card in note.cards() if card.ord == studied[1])
    assert '<span class="cloze" data-ordinal="1">모든 학습 입력</span>' in card.render_output().answer_text
    assert learner.complaints() == []


def test_a_term_that_is_gone_leaves_an_empty_card_that_anki_finds(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    learner.import_(package)
    _, package = project.export(RELU.replace("**dying ReLU**", "dying ReLU"), days=30)
    learner.import_(package)
    (entry,) = learner.col.get_empty_cards().notes
    assert len(entry.card_ids) == 1


def test_follow_ups_go_wherever_their_question_goes(project: Project, learner: Learner) -> None:
    _, package = project.export(RELU)
    learner.import_(package)
    before = {guid: note["Question"] for guid, note in learner.notes().items() if "Question" in note}
    moved = (
        RELU.replace("#12-3", "#40")
        .replace("ReLU의 문제점은?", "ReLU의 문제는?")
        .replace("대책은?", "대책이 있나?")
    )
    result, package = project.export(moved, days=30)
    assert (result.identified.new, len(result.identified.retired)) == (0, 0)
    assert learner.import_(package) == Imported(0, 4, 0, 0)
    after = {guid: note["Question"] for guid, note in learner.notes().items() if "Question" in note}
    assert after.keys() == before.keys()
    assert {(before[guid], after[guid]) for guid in after if before[guid] != after[guid]} == {
        ("ReLU의 문제점은?", "ReLU의 문제는?"),
        ("대책은?", "대책이 있나?"),
    }


def test_a_lost_picture_among_the_references_is_but_its_words(tmp_path: Path) -> None:
    text = question("1", "하나?").replace("- [출처]", "- ![표 <1>](no.png) <img src='no.gif'> [출처]")
    result, _ = Project(tmp_path).export(text)
    assert (result.refused, result.unmade) == ((), ())
    (card,) = (entry.card for entry in result.identified.cards)
    assert "<img" not in card.fields["References"]
    assert "표 &lt;1&gt;" in card.fields["References"]
    result, _ = Project(tmp_path, replace(CONFIG, error_free=True)).export(text)
    assert len(result.refused) == 1


@pytest.mark.parametrize(
    ("heading", "summary"),
    [("#### 더 깊이", "더 깊이"), ("#### In depth", "In depth"), ("#### *더* 깊이", "<em>더</em> 깊이")],
)
def test_the_depth_of_an_answer_is_folded_inside_it(tmp_path: Path, heading: str, summary: str) -> None:
    html = answer(
        made(tmp_path, answered(f"말로 하는 답.\n\n{heading}\n\n**식**과 코드.\n\n##### 더\n\n끝."))
    )
    said, _, depth = html.partition("<details>")
    assert "말로 하는 답" in said
    assert depth.lstrip().startswith(f"<summary>{summary}</summary>")
    assert "<h4>더</h4>" in depth
    assert depth.index("끝.") < depth.index("</details>")


def test_an_answer_that_is_all_depth_is_not_folded_twice(tmp_path: Path) -> None:
    html = answer(made(tmp_path, answered("#### 더 깊이\n\n식으로 적은 답이다.")))
    assert "<details>" not in html
    assert "더 깊이" in html
