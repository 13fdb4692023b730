"""What a learner has changed of a note."""

from __future__ import annotations

import pytest
from hypothesis import given

from dlcards.identity.package import PackageNote
from dlcards.roundtrip.base import Version
from dlcards.roundtrip.edit import blanks, edits, filled, new_tags
from tests.support.fields import FIELDS
from tests.support.learner_edits import as_phone


def note(**fields: str) -> PackageNote:
    return PackageNote("guid", 1, [], fields, False, "ko")


@given(FIELDS)
def test_a_field_as_it_was_or_as_a_phone_saves_it_is_no_edit(html: str) -> None:
    base = Version({"Answer": html}, 0)
    assert edits(note(Answer=html), base) == []
    assert edits(note(Answer=as_phone(html)), base) == []


def test_fields_that_say_something_else_in_the_notes_order() -> None:
    base = Version({"Question": "가?", "Answer": "<p>나</p>", "Hint": "다"}, 0)
    found = edits(note(Question="가?", Hint="라", Answer="<div>나&nbsp;</div>", Summary="마"), base)
    assert found == [("Hint", "다", "라"), ("Summary", "", "마")]


def test_a_field_that_is_empty_now_is_an_edit() -> None:
    assert edits(note(Hint=""), Version({"Hint": "다"}, 0)) == [("Hint", "다", "")]


def test_what_only_looks_otherwise_is_an_edit() -> None:
    coloured = '<span style="color: red">가</span>'
    assert edits(note(Hint=coloured), Version({"Hint": "가"}, 0)) == [("Hint", "가", coloured)]
    assert edits(note(Hint="가"), Version({"Hint": coloured}, 0)) == [("Hint", coloured, "가")]


@pytest.mark.parametrize(
    ("old", "new", "is_edit"),
    [
        ("https://github.com/a/b/blob/main/a.md#1", "", False),
        ("", "https://github.com/a/b/blob/main/a.md#1", False),
        ("https://github.com/a/b/blob/main/a.md#1", "https://github.com/c/b/blob/main/a.md#1", False),
        ("https://github.com/a/b/blob/main/a.md#1", "https://github.com/a/b/blob/main/a.md#2", True),
        ("https://github.com/a/b/blob/main/a.md#1", "말", True),
    ],
)
def test_a_source_that_another_clone_has_put_in_is_no_edit(old: str, new: str, is_edit: bool) -> None:
    assert bool(edits(note(Source=new), Version({"Source": old}, 0))) == is_edit


def test_the_month_is_nobodys() -> None:
    assert edits(note(Updated="2026-01"), Version({"Updated": "2025-01"}, 0)) == []


def test_tags_of_the_learners_own() -> None:
    tagged = PackageNote(
        "guid", 1, ["어려움", "marked", "Leech", "dlcards::a", "CS", "x::y"], {}, False, "ko"
    )
    assert new_tags(tagged, ["cs", "dlcards::a"]) == ["어려움", "x::y"]


def test_blanks_with_their_numbers() -> None:
    html = r"{{c1::가&nbsp;<b>나</b>}}는 {{c12::\(\frac{a}{b} \)}} 다 {{c2::힌트::말}}"
    assert blanks(html) == [(1, "가 나"), (12, r"\(\frac{a}{b} \)"), (2, "힌트::말")]
    assert filled(html, "Text").startswith("<strong>가&nbsp;<b>나</b></strong>는")
    assert filled(html, "Extra") == html
