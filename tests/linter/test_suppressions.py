"""Comments that keep findings silent, and what is said of those that don't."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from dlcards.model import Config, Severity
from tests.support.documents import context, document, findings, markdownish, valid_pairs

BROKEN = "**과적합(x)**은"


def codes(text: str, config: Config | None = None) -> list[str]:
    return [finding.code for finding in findings(text, config)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<!-- dlcards: ignore M001 -->\n\n{BROKEN}\n\n{BROKEN}\n", []),
        (f"---\ntitle: x\n---\n\n<!-- 글 -->\n<!-- dlcards: ignore M001 -->\n\n글\n\n{BROKEN}\n", []),
        (f"글\n\n<!-- dlcards: ignore M001 -->\n\n{BROKEN}\n\n{BROKEN}\n", ["M001"]),
        (f"글\n\n<!-- dlcards: ignore M001 -->\n{BROKEN}\n\n{BROKEN}\n", ["M001"]),
        (f"글\n\n<!-- dlcards: ignore broken-emphasis, L001 -->\n{BROKEN} [x](#y)\n", []),
        (f"글\n\n<!-- dlcards: ignore -->\n{BROKEN} [x](#y)\n", []),
        (f"글\n\n{BROKEN} <!-- dlcards: ignore M001 -->\n\n{BROKEN}\n", ["M001"]),
        (f"글\n\n- 하나\n\n  <!-- dlcards: ignore M001 -->\n\n  {BROKEN}\n\n  {BROKEN}\n", ["M001"]),
        ("글\n\n<!-- dlcards: ignore M001 -->\n\n글\n", ["S001"]),
        ("글\n\n<!-- dlcards: ignore M001 L001 -->\n\n[x](#y)\n", ["S001"]),
        ("글\n\n<!-- dlcards: ignore M0O1 -->\n\n글\n", ["S001"]),
        ("글\n\n<!-- dlcards: ignore -->\n\n글\n", ["S001"]),
        ("글\n\n`<!-- dlcards: ignore M001 -->`\n\n글\n", []),
        ("글\n\n```\n<!-- dlcards: ignore M001 -->\n```\n", []),
    ],
)
def test_a_comment_keeps_silent_what_it_names_where_it_stands(text: str, left: list[str]) -> None:
    assert codes(text, Config(select=("M001", "L001", "S001"), ignore=("M", "L", "Q"))) == left


def about(comment: str) -> list[str]:
    """The codes found around a comment before a block with an M001 and an L001."""
    config = Config(select=("M001", "L001", "S001"), ignore=("M", "L", "Q"))
    return codes(f"글\n\n<!-- {comment} -->\n\n{BROKEN} [x](#y)\n", config)


@pytest.mark.parametrize(
    "said",
    [
        "M001 -- 나중에",
        "M001 -- L001",
        "M001--L001",
        "M001 — 나중에 L001",
        "M001 - why",
        "M001: 이유",
        "M001 : L001",
        "M001 (L001 아님)",
        "M001(이유)",
        "M001 # L001",
        "M001 // L001",
        "M001 나중에 L001",
        "M001, -- 나중에 <b>굵게</b> -> L001",
        "m001 -- 나중에",
        "Broken-Emphasis: 이유",
        "M001\n-- 여러 줄에\n걸친 이유 L001",
    ],
)
def test_a_reason_may_follow_the_codes_and_none_of_its_words_is_one(said: str) -> None:
    assert about(f"dlcards: ignore {said}") == ["L001"]


@pytest.mark.parametrize(
    "said",
    [
        "dlcards: ignore M001, L001 -- 이유",
        "dlcards: ignore M001 L001: 이유",
        "dlcards: ignore m001,broken-anchor,",
        "dlcards:ignore M001,L001 (이유)",
        "DLCARDS: IGNORE M001\n  L001\n  -- 이유",
        "dlcards: ignore -- 이유",
        "dlcards: ignore — M001",
        "\ndlcards: ignore\n",
    ],
)
def test_codes_are_parted_by_commas_or_blanks_in_any_letter_case(said: str) -> None:
    assert about(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "dlcards:",
        "dlcards: 나중에",
        "dlcards: disable M001",
        "dlcards: ignored M001",
        "dlcards: ignore-file M001",
        "dlcards: ignore: M001",
        "dlcards: ignore(M001)",
        "dlcards: ignore [M001]",
        "dlcards: ignore 나중에",
        "dlcards: ignore M001; L001",
        "dlcards ignore M001",
        "dlcards-ignore M001",
        "dlcards-disable M001",
        "dlcard: ignore M001",
        "dlcrads: ignore M001",
        "dl-cards: ignore M001",
        "dlcards：ignore M001",
        "\n  dlcards: please\n  ignore M001\n",
    ],
)
def test_a_comment_that_is_meant_for_us_and_cannot_be_read_is_found(said: str) -> None:
    assert sorted(about(said)) == ["L001", "M001", "S001"]


@pytest.mark.parametrize(
    "said",
    [
        "dlcards export가 만든 문서",
        "dlcards",
        "dlcards.toml: 설정",
        "deck: x",
        "cards: ignore M001",
        "see dlcards: ignore M001",
        "markdownlint-disable MD013",
        "deadline: 내일",
    ],
)
def test_other_comments_are_left_alone(said: str) -> None:
    assert sorted(about(said)) == ["L001", "M001"]


def test_a_comment_that_is_not_closed_is_found() -> None:
    assert codes(f"글\n\n<!-- dlcards: ignore M001\n\n{BROKEN}\n", Config(select=("S001",))) == ["S001"]


def test_lines_of_a_comment_in_a_quote_begin_with_its_marks() -> None:
    text = f"글\n\n> <!-- dlcards: ignore M001\n> L001 -->\n>\n> {BROKEN} [x](#y)\n"
    assert codes(text, Config(select=("M001", "L001", "S001"), ignore=("M", "L", "Q"))) == []


@given(markdownish)
def test_a_reason_changes_nothing(reason: str) -> None:
    assume("--" not in reason and ">" not in reason)
    assert about(f"dlcards: ignore M001 -- {reason}") == about("dlcards: ignore M001 -- 이유")


@given(markdownish)
def test_any_comment_can_be_looked_at(said: str) -> None:
    assume("--" not in said and ">" not in said)
    assert set(about(f"dlcards: {said}")) <= {"L001", "M001", "S001"}


def test_a_rule_that_is_off_leaves_its_comments_alone() -> None:
    text = "글\n\n<!-- dlcards: ignore M001 -->\n\n글\n"
    assert codes(text, Config(ignore=("M001",))) == []


def test_no_comment_makes_a_card_of_an_unanswered_question() -> None:
    text = "## #1\n\n<!-- dlcards: ignore Q001 -->\n\n#### 하나?\n\n## #2\n\n#### 둘?\n\n답이다\n"
    assert "Q001" not in codes(text)
    valid, refused = valid_pairs([document(text)], context())
    assert [entry.pair.id for entry in valid] == ["2"]
    assert [entry.pair.id for entry in refused] == ["1"]


def test_the_configuration_may_make_a_needless_comment_an_error() -> None:
    found = findings("글\n\n<!-- dlcards: ignore -->\n\n글\n", Config(severity={"S001": "error"}))
    assert [finding.severity for finding in found] == [Severity.ERROR]
