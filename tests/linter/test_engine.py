"""The engine: order, fixes, which pairs are fit for a deck."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from dlcards.linter import engine
from dlcards.linter.fixes import apply, fix
from dlcards.model import Aspect, Config, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Span, Text
from tests.support.documents import PATH, context, document, findings, valid_pairs


def test_a_document_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        document("# x\n").text = ""  # type: ignore[misc]


def test_an_ignored_rule_finds_nothing() -> None:
    text = "## #1\n\n#### 질문?\n"
    both = Config(select=("Q010",))
    assert {finding.code for finding in findings(text, both)} == {"Q001", "Q010"}
    assert {f.code for f in findings(text, replace(both, ignore=("Q001",)))} == {"Q010"}


@pytest.mark.parametrize("select", [("M001",), ("M",), ("M0",)])
@pytest.mark.parametrize("ignored", ["M", "M001"])
def test_what_is_off_for_a_file_is_off_whatever_is_selected(select: tuple[str, ...], ignored: str) -> None:
    text = "**과적합(x)**은\n"
    assert [f.code for f in findings(text, Config(select=select))] == ["M001"]
    for glob in ("answers/*", "*.md"):
        assert findings(text, Config(select=select, per_file_ignores={glob: (ignored,)})) == []
    assert findings(text, Config(select=select, per_file_ignores={"docs/*": (ignored,)}))


@pytest.mark.parametrize(
    ("select", "ignore", "asked"),
    [
        ((), (), None),
        (("L",), (), None),
        (("M",), (), True),
        (("M",), ("M",), False),
        (("M001",), ("M",), True),
        (("M",), ("M001",), False),
    ],
)
def test_the_longest_code_decides(
    select: tuple[str, ...], ignore: tuple[str, ...], asked: bool | None
) -> None:
    assert Config(select=select, ignore=ignore).asks_for("M001") is asked


def test_a_finding_may_matter_less_than_its_rules_others_unless_the_project_says_how_much() -> None:
    text = "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n"
    assert [f.severity for f in findings(text)] == [Severity.NOTE, Severity.WARNING]
    severe = Config(severity={"M012": "error"})
    assert [f.severity for f in findings(text, severe)] == [Severity.ERROR, Severity.ERROR]


def test_edits_are_carried_out_in_place() -> None:
    edits = [Edit(Span(3, 4), "D"), Edit(Span(0, 1), ""), Edit(Span(2, 2), "-")]
    assert apply("abcd", edits) == "b-cD"


def _rule(name: str, find: str, replacement: str, changes: Iterable[Aspect] = tuple(Aspect)) -> Rule:
    def check(document: Document, context: Context) -> Iterator[Diagnostic]:
        at = document.text.find(find)
        if at >= 0:
            span = Span(at, at + len(find))
            yield Diagnostic(span, Text("", ""), Fix((Edit(span, replacement),), frozenset(changes)))

    return Rule(name, name, Severity.WARNING, check, fixable=True)


def test_of_fixes_that_overlap_the_first_wins_and_the_rest_is_looked_for_again(monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "RULES", (_rule("X001", "ab", "x"), _rule("X002", "bc", "y")))
    fixed = fix(PATH, "abc bc", context())
    assert (fixed.text, fixed.applied) == ("xc y", 2)


@pytest.mark.parametrize(
    ("text", "find", "replacement"),
    [
        ("글이다 x", "글", "굴"),
        ("글 x\n\n# 제목", "# 제목", "## 제목"),
        ("글 [x](a)", "(a)", "(b)"),
        ("글  \n글 x", "  \n", "\n"),
        ("글 x", "글", "글글"),
    ],
)
def test_a_fix_that_changes_what_it_does_not_mean_to_is_dropped(
    monkeypatch: Any, text: str, find: str, replacement: str
) -> None:
    monkeypatch.setattr(engine, "RULES", (_rule("X001", find, replacement, ()), _rule("X002", "x", "-")))
    fixed = fix(PATH, text, context())
    assert (fixed.text, fixed.applied, fixed.refused) == (text.replace("x", "-", 1), 1, 1)


def test_a_fix_that_leaves_its_finding_is_dropped(monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "RULES", (_rule("X001", "a", "a!"),))
    assert fix(PATH, "a", context()).text == "a"


def test_rules_that_undo_each_other_are_a_bug_and_say_so(monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "RULES", (_rule("X001", "a", "b"), _rule("X002", "b", "a")))
    with pytest.raises(RuntimeError, match="come to no end"):
        fix(PATH, "a", context())


def test_only_an_error_inside_a_pair_keeps_it_out() -> None:
    text = (
        "## 목차\n\n- [없다](#9)\n\n## #1\n\n#### 하나?\n\n답 $\\frac{1$\n\n"
        "## #2\n\n#### 둘?\n\n**과적합(x)**은 경고일 뿐이다.\n"
    )
    valid, refused = valid_pairs([document(text)], context())
    assert [entry.pair.id for entry in valid] == ["2"]
    assert [(entry.pair.id, [f.code for f in entry.findings]) for entry in refused] == [("1", ["M004"])]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("답이다. [끊긴 링크](#없음)", "L001"),
        ("답이다. [없는 파일](no.md)", "L002"),
        ("답이다.\n\n**[⬆ 맨 위로](#없음)**", "L001"),
        ("답이다. [빈 링크]()", "L005"),
        ("답이다. [오타](htps://a.b/c)", "L004"),
        ("답이다.\n\n#### References\n\n- ![없는 그림](no.png)", "I001"),
        ("답이다.\n\n#### References\n\n- [글](u) ![빈 그림]()", "I001"),
    ],
)
def test_an_error_that_leaves_the_card_as_it_should_be_keeps_it_in_unless_the_project_wants_none(
    body: str, code: str
) -> None:
    text = f"## #1\n\n#### 하나?\n\n{body}\n"
    assert code in {f.code for f in findings(text) if f.severity is Severity.ERROR}
    valid, refused = valid_pairs([document(text)], context())
    assert (len(valid), len(refused)) == (1, 0)
    valid, refused = valid_pairs([document(text)], context(Config(error_free=True)))
    assert (len(valid), len(refused)) == (0, 1)


@pytest.mark.parametrize(
    "body", ["![없는 그림](no.png)", "답이다. ![없는 그림](no.png)\n\n#### References\n\n- [글](u)"]
)
def test_a_picture_of_an_answer_is_missed_on_its_card(body: str) -> None:
    valid, refused = valid_pairs([document(f"## #1\n\n#### 하나?\n\n{body}\n")], context())
    assert (len(valid), len(refused)) == (0, 1)


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("\ufeff가나", 2, (1, 3)),
        ("a\u2028b\fc\n", 4, (1, 5)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_lines_end_at_newlines_only(text: str, offset: int, position: tuple[int, int]) -> None:
    assert document(text).position(offset) == position


@pytest.mark.parametrize("severity", ["warning", "note"])
def test_no_severity_makes_a_card_of_an_unanswered_question(severity: str) -> None:
    config = Config(severity={"Q001": severity})
    deck = document("## #1\n\n#### 하나?\n\n## #2\n\n#### 둘?\n\n답이다.\n", config)
    valid, refused = valid_pairs([deck], context(config))
    assert [entry.pair.id for entry in valid] == ["2"]
    assert [entry.pair.id for entry in refused] == ["1"]
