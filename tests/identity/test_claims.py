"""The same words at two levels: the row goes to whom it belongs, not to who is asked first."""

from __future__ import annotations

import itertools

import pytest

from dlcards.identity.evidence import fingerprint
from dlcards.identity.key import Key, depths
from dlcards.identity.lock import Row
from dlcards.identity.matching import match

WORDS = "학습률이란 무엇인가요?"
OLD = fingerprint("경사 하강법이 한 걸음에 움직이는 보폭을 정하는 값이며 너무 크면 발산한다.")
MENDED = fingerprint("경사 하강법이 한 걸음에 움직이는 보폭을 정하는 값이며 너무 크면 발산한다고 본다.")
ANEW = fingerprint("가장 먼저 고르는 초매개변수다. 스케줄과 함께 정하고 배치 크기에 맞추어 키운다.")
IDS = [("1", "1-1"), ("a", "b-c"), ("2024-11-05", "x"), ("learning-rate", "learning-rate-1")]


def key(number: str, answer: str, above: str = "", order: int = 0, words: str = WORDS) -> Key:
    return Key("question", "a.md", number, words, above=above, answer=answer, order=order)


def row(guid: str, number: str, answer: str, parent: str = "", after: str = "") -> Row:
    return Row(guid, "question", "a.md", number, WORDS, "h", 1, answer=answer, parent=parent, after=after)


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("known", [OLD, ""])
@pytest.mark.parametrize("answer", [OLD, MENDED, ANEW])
def test_an_unanswered_question_takes_nothing_from_the_one_below(
    ids: tuple[str, str], known: str, answer: str
) -> None:
    upper, lower = key(ids[0], ""), key(ids[1], answer, above=ids[0], order=1)
    for keys in itertools.permutations([upper, lower]):
        found = match(keys, [row("R", ids[1], known)])
        assert {keys[n].id: r.guid for n, r in found.rows.items()} == {ids[1]: "R"}
        assert not found.ambiguous


@pytest.mark.parametrize("ids", IDS)
def test_it_keeps_its_own_row(ids: tuple[str, str]) -> None:
    upper, lower = key(ids[0], ""), key(ids[1], ANEW, above=ids[0], order=1)
    found = match([lower, upper], [row("R", ids[0], OLD)])
    assert {number: r.guid for number, r in found.rows.items()} == {1: "R"}


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("lower_answer", [OLD, MENDED])
@pytest.mark.parametrize("upper_answer", [OLD, MENDED, ANEW, ""])
def test_each_has_its_own_row(ids: tuple[str, str], upper_answer: str, lower_answer: str) -> None:
    upper, lower = key(ids[0], upper_answer), key(ids[1], lower_answer, above=ids[0], order=1)
    rows = [row("U", ids[0], OLD), row("L", ids[1], OLD, parent="U", after="U")]
    for keys in itertools.permutations([upper, lower]):
        found = match(keys, rows)
        assert {keys[n].id: r.guid for n, r in found.rows.items()} == {ids[0]: "U", ids[1]: "L"}


def test_levels_are_what_stands_above_and_not_dashes() -> None:
    keys = [
        key("1-2-3", OLD),
        key("x", OLD, above="1-2-3"),
        key("y-z", OLD, above="x"),
        key("q", OLD, above="gone"),
    ]
    assert depths(keys) == [0, 1, 2, 0]
    assert depths([key("a", OLD, above="b"), key("b", OLD, above="a")]) == [1, 1], "a circle ends"


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("answer", [OLD, ANEW])
def test_a_row_of_an_old_lock_is_that_of_the_question_that_is_answered(
    ids: tuple[str, str], answer: str
) -> None:
    upper, lower = key(ids[0], ""), key(ids[1], answer, above=ids[0], order=1)
    for keys in itertools.permutations([upper, lower]):
        found = match(keys, [row("R", "elsewhere", "")])
        assert {keys[n].id: r.guid for n, r in found.rows.items()} == {ids[1]: "R"}
