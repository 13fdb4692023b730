"""The engine: order, fixes, which pairs are fit for a deck."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from dlcards.lint import engine
from dlcards.lint.engine import valid_pairs
from dlcards.lint.fixes import apply, fix
from dlcards.model import Aspect, Config, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Span, Text
from tests.support.documents import PATH, context, document, findings


def test_a_document_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        document("# x\n").text = ""  # type: ignore[misc]


def test_an_ignored_rule_finds_nothing() -> None:
    text = "## #1\n\n#### 질문?\n"
    assert {finding.rule.code for finding in findings(text)} == {"Q001", "Q010"}
    assert {finding.rule.code for finding in findings(text, Config(ignore=("Q001",)))} == {"Q010"}


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
        "## 목차\n\n- [없다](#9)\n\n## #1\n\n#### 하나?\n\n답 [끊긴 링크](#없음)\n\n"
        "## #2\n\n#### 둘?\n\n**과적합(x)**은 경고일 뿐이다.\n"
    )
    valid, refused = valid_pairs([document(text)], context())
    assert [entry.pair.id for entry in valid] == ["2"]
    assert [(entry.pair.id, [f.rule.code for f in entry.findings]) for entry in refused] == [("1", ["L001"])]


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
