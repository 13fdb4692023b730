"""What is known again and what is not, each in the documents that once went wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.deck.export import Export, Order
from dlcards.document.build import build
from dlcards.identity.evidence import (
    asks_something,
    fingerprint,
    groups_of,
    is_telling,
    letters_of,
    like_answer,
    same_answer,
    tells,
    unnumbered,
)
from dlcards.identity.lock import Lock, dump, load
from dlcards.model import Config, Context
from tests.support.documents import FakeFiles
from tests.support.exports import export

TABLES = "정규화는 표를 나누어 같은 값이 두 번 적히지 않게 하는 설계 방법이며 이상 현상을 막는다."
INPUTS = "정규화는 입력의 평균과 분산을 맞추어 학습이 고르게 나아가도록 하는 계산이다."
KERNEL = "커널은 입력을 훑으며 곱하고 더하는 작은 행렬이고, 같은 가중치를 모든 자리에서 쓴다."
STRIDE = "보폭은 커널이 한 번에 옮겨 가는 칸 수이고, 클수록 출력이 작아진다."
CELL = "셀은 앞 시점의 상태를 받아 다음 시점에 넘기며 무엇을 잊을지 문으로 정한다."


class Deck:
    """Documents by name, exported again and again; the lock goes through its file each time."""

    def __init__(self, layout: str = "heading", pattern: str = "") -> None:
        self.config = Config(deck="Deck", layouts={"*": layout}, question_pattern=pattern)
        self.lock = Lock()
        self.now = 1_700_000_000
        self.known: dict[str, str] = {}

    def export(self, texts: Mapping[str, str], deck: str = "Deck", there: tuple[str, ...] = ()) -> Export:
        """Export ``texts``; the documents ``there`` exist as well, and are not read."""
        self.now += 1000
        documents = tuple(build(PurePosixPath(name), text, self.config) for name, text in texts.items())
        context = Context(self.config, FakeFiles(frozenset((*texts, *there))))
        result = export(documents, context, Path("/nowhere"), Order(deck, self.lock, self.now))
        self.lock = load(dump(result.identified.lock), "deck.lock")
        return result

    def notes(self, texts: Mapping[str, str], **more: object) -> dict[tuple[str, str], str]:
        """The note of each question, by its document and words."""
        result = self.export(texts, **more)  # type: ignore[arg-type]
        return {
            (entry.card.document, entry.card.question): entry.guid
            for entry in result.identified.cards
            if entry.card.kind == "question"
        }


def headings(*entries: tuple[str, str], level: int = 3) -> str:
    return "# 문서\n\n" + "".join(f"{'#' * level} {words}\n\n{answer}\n\n" for words, answer in entries)


def numbered(*entries: tuple[str, str]) -> str:
    return headings(*((f"{n}. {words}", answer) for n, (words, answer) in enumerate(entries, start=1)))


def test_two_decks_of_one_folder_share_no_note() -> None:
    deck = Deck(pattern="란")
    db, dl = headings(("정규화란?", TABLES)), headings(("정규화란?", INPUTS))
    first = deck.notes({"db.md": db}, deck="DB", there=("dl.md",))
    second = deck.notes({"dl.md": dl}, deck="DL", there=("db.md",))
    assert set(first.values()).isdisjoint(second.values())
    assert deck.notes({"db.md": db}, deck="DB", there=("dl.md",)) == first
    assert deck.notes({"dl.md": dl}, deck="DL", there=("db.md",)) == second


@pytest.mark.parametrize("answers", [(KERNEL, CELL), ("좋다.", "나쁘다."), ("좋다.", "좋다.")])
def test_a_short_question_is_that_of_its_heading(answers: tuple[str, str]) -> None:
    deck = Deck(pattern="^장단점")

    def text(*topics: tuple[str, str]) -> dict[str, str]:
        return {
            "a.md": "# 모델\n\n"
            + "".join(f"## {t}\n\n### 장단점은?\n\n{a}\n\n" for t, a in topics)
            + "## 끝\n"
        }

    def by_topic(result: Export) -> dict[str, str]:
        return {entry.card.topic: entry.guid for entry in result.identified.cards}

    before = by_topic(deck.export(text(("합성곱", answers[0]), ("순환", answers[1]))))
    result = deck.export(text(("트랜스포머", STRIDE), ("합성곱", answers[0]), ("순환", answers[1])))
    after = by_topic(result)
    assert {topic: after[topic] for topic in before} == before
    assert after["트랜스포머"] not in before.values()
    assert {entry.card.fields["Context"] for entry in result.identified.cards} == set(after)


def test_two_files_that_are_moved_at_once_do_not_change_places() -> None:
    deck = Deck(pattern="란")
    db, dl = headings(("정규화란?", TABLES)), headings(("정규화란?", INPUTS))
    before = deck.notes({"a/db.md": db, "a/dl.md": dl})
    after = deck.notes({"b/2.md": db, "b/1.md": dl})
    assert after["b/2.md", "정규화란?"] == before["a/db.md", "정규화란?"]
    assert after["b/1.md", "정규화란?"] == before["a/dl.md", "정규화란?"]


@pytest.mark.parametrize(
    "mark", ["{0}. {1}", "Q{0}. {1}", "{0}) {1}", "[{0}] {1}", "#{0} {1}", "질문 {0}: {1}"]
)
def test_a_number_is_no_word_of_a_question(mark: str) -> None:
    deck = Deck(pattern=r"\?")
    asked = [("What is a CNN?", KERNEL), ("What is an RNN?", CELL), ("보폭이란?", STRIDE)]

    def text(entries: list[tuple[str, str]]) -> dict[str, str]:
        return {"a.md": headings(*((mark.format(n, w), a) for n, (w, a) in enumerate(entries, start=1)))}

    before = list(deck.notes(text(asked)).values())
    after = list(deck.notes(text([("What is a GAN?", INPUTS), *asked])).values())
    assert after[1:] == before
    # Though all answers are mended at the same time.
    mended = [(words, f"{answer} 한 문장을 더한다.") for words, answer in asked[::-1]]
    assert list(deck.notes(text(mended)).values()) == before[::-1]


@pytest.mark.parametrize("layout", ["heading", "native", "bold", "details"])
def test_a_question_is_reworded_in_every_layout(layout: str) -> None:
    deck = Deck(layout, pattern="^커널" if layout == "heading" else "")
    form = {
        "heading": "# 문서\n\n### {0}\n\n{1}\n",
        "native": "## #1\n\n#### {0}\n\n{1}\n",
        "bold": "**{0}**\n\n{1}\n",
        "details": "<details>\n<summary>{0}</summary>\n\n{1}\n\n</details>\n",
    }[layout]
    before = deck.notes({"a.md": form.format("커널은 무엇인가요?", KERNEL)})
    result = deck.export({"a.md": form.format("커널이 하는 일을 예를 들어 말해 주세요. 왜 작나요?", KERNEL)})
    assert [entry.guid for entry in result.identified.cards] == list(before.values())
    assert len(result.identified.reworded) == 1, "and says so"


def test_a_question_that_takes_a_place_does_not_take_its_note() -> None:
    deck = Deck("native")
    form = "## #{0}\n\n#### {1}\n\n{2}\n\n"
    before = deck.notes(
        {
            "a.md": form.format(1, "배치 정규화의 장점은?", INPUTS)
            + form.format(2, "배치 정규화의 단점은?", STRIDE)
        }
    )
    after = deck.notes({"a.md": form.format(1, "배치 정규화의 단점은 무엇인가?", STRIDE)})
    assert list(after.values()) == [before["a.md", "배치 정규화의 단점은?"]]


def test_a_slug_that_begins_with_another_is_no_sub_question() -> None:
    deck = Deck(pattern="^What")
    deck.export({"a.md": headings(("What is attention", KERNEL), ("What is attention masking", CELL))})
    assert {row.parent for row in deck.lock.rows} == {""}


@pytest.mark.parametrize("ids", [("1", "2"), ("1", "1-1")])
def test_an_unanswered_question_of_the_same_words_takes_no_note(ids: tuple[str, str]) -> None:
    deck = Deck("native")
    form = "## #{0}\n\n#### 드롭아웃이란 무엇인가요?\n\n{1}\n\n"
    before = deck.notes({"a.md": form.format(ids[0], KERNEL)})
    after = deck.notes({"a.md": form.format(ids[0], "") + form.format(ids[1], KERNEL)})
    assert list(after.values()) == list(before.values())


def test_a_list_of_the_questions_that_other_files_answer_takes_none_of_their_notes() -> None:
    deck = Deck()
    words = [
        "What is a mask?",
        "What is a kernel?",
        "What is a stride?",
        "What is a cell?",
        "What is a norm?",
    ]
    answers = [TABLES, KERNEL, STRIDE, CELL, INPUTS]
    texts = {"README.md": "# Questions\n\n" + "".join(f"- {said}\n" for said in words)}
    texts |= {
        f"q/{n}.md": f"# {said}\n\n{text}\n"
        for n, (said, text) in enumerate(zip(words, answers, strict=True))
    }
    deck.config = Config(deck="Deck", layouts={"q/*": "file", "*": "list"})
    before = deck.export(texts)
    assert [entry.card.document for entry in before.identified.cards] == list(texts)[1:]
    after = deck.export(texts)
    assert (after.identified.new, after.identified.changed, after.identified.retired) == (0, 0, ())


def test_what_is_not_known_is_asked_with_all_that_hangs_on_it() -> None:
    deck = Deck("native")
    form = (
        "## #1\n\n#### {0}\n\n> 핵심: 이것이 **{1}**이고 널리 쓰이는 방법이다.\n\n{2}\n\n"
        "#### 꼬리질문\n\n- {1}은 언제 쓰나요?\n  - 늘 쓴다.\n"
    )
    first = {"a.md": form.format("배치 정규화의 장점은?", "정규화", INPUTS)}
    before = {entry.card.kind: entry.guid for entry in deck.export(first).identified.cards}
    second = {"a.md": form.format("배치 정규화의 약점은?", "의존", CELL)}
    known = deck.lock
    result = deck.export(second)
    assert result.identified.cards == ()
    (asked,) = result.identified.ambiguous
    assert [row.guid for row in asked.candidates] == [before["question"]]
    assert asked.waiting == 2
    assert "2 cards derived from it must wait, too" in asked.message.en
    assert deck.lock.rows == known.rows, "nothing is gone, nothing is new"

    (row,) = (row for row in known.rows if row.kind == "question")
    others = tuple(other for other in known.rows if other is not row)
    # As the message says: it is the note.
    deck.lock = replace(known, rows=(replace(row, question="배치 정규화의 약점은?", answer=""), *others))
    after = {entry.card.kind: entry.guid for entry in deck.export(second).identified.cards}
    assert (after["question"], after["cloze"]) == (before["question"], before["cloze"])
    # Or it is not.
    deck.lock = replace(known, rows=(replace(row, retired=True), *others))
    after = {entry.card.kind: entry.guid for entry in deck.export(second).identified.cards}
    assert set(after.values()).isdisjoint(before.values())


def test_a_lock_from_before_answers_were_kept_gives_the_same_notes_and_learns_them() -> None:
    deck = Deck("native")
    form = "## #{0}\n\n#### {1}\n\n{2}\n\n"
    one, two = ("배치 정규화란 무엇인가요?", INPUTS), ("커널이란 무엇인가요?", KERNEL)
    before = deck.notes({"a.md": form.format(1, *one) + form.format(2, *two)})
    deck.lock = replace(
        deck.lock, rows=tuple(replace(row, answer="", topic="", after="") for row in deck.lock.rows)
    )
    after = deck.notes(
        {"a.md": form.format(1, *two) + form.format(2, "배치 정규화란 어떤 것인가요?", INPUTS)}
    )
    assert list(after.values()) == list(before.values())[::-1]
    assert all(row.answer for row in deck.lock.rows)


@given(st.text(min_size=1), st.text())
def test_a_fingerprint_knows_an_answer_whatever_its_line_breaks(first: str, second: str) -> None:
    broken = first.replace(" ", "\n")
    assert fingerprint(first) == fingerprint(broken)
    assert same_answer(fingerprint(first), fingerprint(second)) == (
        bool(fingerprint(first)) and fingerprint(first)[:12] == fingerprint(second)[:12]
    )


def test_answers_that_were_mended_are_alike_and_others_are_not() -> None:
    all_answers = (TABLES, INPUTS, KERNEL, STRIDE, CELL)
    for answer in all_answers:
        assert like_answer(fingerprint(answer), fingerprint(f"{answer} 그래서 쓴다."))
        others = [other for other in all_answers if other != answer]
        assert not any(like_answer(fingerprint(answer), fingerprint(other)) for other in others)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("12. What is it?", "What is it?"),
        ("Q3: What is it?", "What is it?"),
        ("(3-1) 무엇인가?", "무엇인가?"),
        ("1.什么是闭包？", "什么是闭包？"),
        ("3D convolution이란?", "3D convolution이란?"),
        ("5 ways to cook", "5 ways to cook"),
        ("1.5배가 되는 까닭은?", "1.5배가 되는 까닭은?"),
        ("2024년의 모델은?", "2024년의 모델은?"),
        ("12.", "12."),
    ],
)
def test_what_is_a_number(question: str, words: str) -> None:
    assert unnumbered(question) == words
    assert letters_of(question)


def test_fingerprints_are_what_they_were_for_locks_hold_them() -> None:
    assert fingerprint("예.") == "4011389a2cd3"
    assert fingerprint(KERNEL) == "53137583c8c84a020ad234a4eaea8ac824a69c9f7743"
    assert (
        fingerprint("**Weight decay** shrinks\nall weights") == "923b7312f5e72e2e5662719b1675c175e934d1215de4"
    )


@given(st.text(min_size=20))
def test_a_sketch_holds_the_smallest_hash_at_each_place(answer: str) -> None:
    found = fingerprint(answer)
    letters = "".join(c for c in re.sub(r"[*_`~>#\s]+", "", unicodedata.normalize("NFC", answer)).casefold())
    letters = re.sub(r"[\W_]+", "", letters)
    if is_telling(found):
        digests = [blake2b(letters[at : at + 3].encode()).digest() for at in range(len(letters) - 2)]
        sketch = (min(digest[place : place + 4] for digest in digests)[-1] for place in range(0, 64, 4))
        assert bytes.fromhex(found[12:]) == bytes(sketch)


@pytest.mark.parametrize(
    ("answer", "tells_enough"),
    [
        ("가" * 10 + "." * 10, True),
        ("가" * 9 + "." * 11, False),
        ("가" * 10 + "." * 9, False),
        ("가" * 20, True),
        ("가" * 10 + "*" * 10, False),
    ],
)
def test_which_answers_tell(answer: str, tells_enough: bool) -> None:
    assert is_telling(fingerprint(answer)) == tells_enough


def test_answers_are_alike_from_eight_of_sixteen_hashes_on() -> None:
    digest, other = "a" * 12, "b" * 12
    for same in range(17):
        first, second = digest + "00" * 16, other + "00" * same + "11" * (16 - same)
        assert like_answer(first, second) == (same >= 8)
    assert not like_answer(digest, digest), "of short answers nothing is known but whether they are the same"


@pytest.mark.parametrize(
    ("question", "tells_enough", "names"),
    [
        ("장점은 무엇인가?", False, False),
        ("커널의역", False, False),
        ("커널의역할", False, True),
        ("커널의역할이뭐", False, True),
        ("커널의역할이뭐지", True, True),
        ("What is a CNN?", True, False),
    ],
)
def test_which_words_tell(question: str, tells_enough: bool, names: bool) -> None:
    assert (tells(question), asks_something(question)) == (tells_enough, names)


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("3. What is a CNN?", {"cn", "nn"}),
        ("무엇인가?", {"무엇", "엇인", "인가"}),
        ("왜 A?", {"왜a"}),
        ("A?", {"a"}),
    ],
)
def test_the_letters_that_wordings_are_compared_by(question: str, groups: set[str]) -> None:
    assert groups_of(question) == groups
