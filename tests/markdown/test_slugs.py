from __future__ import annotations

import sys
import unicodedata

import pytest
import regex

from dlcards.document.build import build
from dlcards.markdown.slugs import gitbook_slug, slug, unique_slugs
from dlcards.model import Config
from tests.support.documents import PATH


@pytest.mark.parametrize(
    ("texts", "slugs"),
    [
        (["#12", "#12", "#12", "#12-1"], ["12", "12-1", "12-2", "12-1-1"]),
        (["#12", "#12-1", "#12", "#12-1"], ["12", "12-1", "12-2", "12-1-1"]),
        (["#12-1", "#12", "#12"], ["12-1", "12", "12-2"]),
        (
            ["References", "References", "References", "References-1", "References"],
            ["references", "references-1", "references-2", "references-1-1", "references-3"],
        ),
        (["?", "!?", "🚀"], ["", "-1", "-2"]),
    ],
)
def test_duplicates_are_numbered_as_on_github(texts: list[str], slugs: list[str]) -> None:
    assert list(unique_slugs(texts)) == slugs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 12", "-12"),
        ("📝 Table of Contents", "-table-of-contents"),
        ("⚙️ Setup", "\ufe0f-setup"),
        ("고유값(eigen value)와 벡터", "고유값eigen-value와-벡터"),
        ("A & B", "a--b"),
        ("a\u00a0b\u3000c", "abc"),
        ("a·b–c", "abc"),
        ("snake_case-이름 2", "snake_case-이름-2"),
        ("Ⓐ ½ ⅷ", "ⓐ--ⅷ"),
        ("İ", "i̇"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("config.yml", "config-yml"),
        ("A & B", "a-b"),
        ("1. 프로세스란?", "1-프로세스란"),
        ("고유값(eigen) 둘", "고유값-eigen-둘"),
    ],
)
def test_gitbook_puts_a_dash_for_what_github_deletes(text: str, expected: str) -> None:
    assert gitbook_slug(text) == expected
    headings = build(PATH, f"# {text}\n\n# {text}\n", Config(anchors="gitbook")).headings
    assert [heading.slug for heading in headings] == [expected, f"{expected}-1"]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("## __init__ 메서드", "init-메서드"),
        ("## `__init__` 메서드", "__init__-메서드"),
        ("## [링크](u) 제목", "링크-제목"),
        ("## ![그림](u) 제목 ##", "-제목"),
        ("## <b>굵은</b> 제목", "굵은-제목"),
        ("제목 둘\n===", "제목-둘"),
    ],
)
def test_the_slug_is_of_the_rendered_text(markdown: str, expected: str) -> None:
    assert [heading.slug for heading in build(PATH, markdown, Config()).headings] == [expected]


def test_of_the_symbols_those_stay_that_unicode_calls_alphabetic() -> None:
    for character in map(chr, range(sys.maxunicode)):
        if unicodedata.category(character) == "So":
            assert bool(slug(character)) == bool(regex.fullmatch(r"\p{Alphabetic}", character)), character
