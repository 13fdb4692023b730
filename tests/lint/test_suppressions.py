"""Comments that keep findings silent, and what is said of those that don't."""

from __future__ import annotations

import pytest

from dlcards.lint.engine import valid_pairs
from dlcards.model import Config
from tests.support.documents import context, document, findings

BROKEN = "**과적합(x)**은"


def codes(text: str, config: Config | None = None) -> list[str]:
    return [finding.rule.code for finding in findings(text, config)]


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


def test_a_rule_that_is_off_leaves_its_comments_alone() -> None:
    text = "글\n\n<!-- dlcards: ignore M001 -->\n\n글\n"
    assert codes(text, Config(ignore=("M001",))) == []


def test_no_comment_makes_a_card_of_an_unanswered_question() -> None:
    text = "## #1\n\n<!-- dlcards: ignore Q001 -->\n\n#### 하나?\n\n## #2\n\n#### 둘?\n\n답이다\n"
    assert "Q001" not in codes(text)
    valid, refused = valid_pairs([document(text)], context())
    assert [entry.pair.id for entry in valid] == ["2"]
    assert [entry.pair.id for entry in refused] == ["1"]
