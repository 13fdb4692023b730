"""``question-pattern``: read as Python's own ``re`` reads it, and stopped where it would never end."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.pattern import Search, check_pattern
from dlcards.model import InputError
from tests.support.command import invoke, write

ORDINARY = [
    ".",
    r"\?$",
    r"^Q\d+[.:]",
    r"^(?:문제|질문)\s*\d+",
    r"[?？]\s*$",
    r"(?i)^(what|how|why)\b",
    r"^(?!부록)",
    r"(?<=\d)\. ",
    r"^\d+(?:-\d+)*\.",
    r"[가-힣]+[은는]\?",
    r"^#?\w+$",
    r"(?x) ^ Q \. # a letter",
    r"(.)\1",
    r"\bC\+\+\b|\bC#",
    r"^[^\W\d_]",
    r"(?P<n>\d)(?P=n)",
    r"(?>a|ab)c",
    r"\Z",
]
ALPHABET = "Qq가은는?？.:-# 0129aAbcC+부록문제질문_\n\u00a0İſ"
EXPLODING = ["(a+)+$", "(a|aa)+$", "(a|a)*b", r"(\w+\s?)+:$", "(.*a){20}$", "(?:a?){30}a{30}b", "((a*)*)*b"]


@pytest.mark.parametrize("pattern", ORDINARY)
@given(text=st.text(ALPHABET, max_size=12))
def test_it_is_read_as_pythons_own(pattern: str, text: str) -> None:
    check_pattern(pattern)
    assert Search(pattern, "a.md").finds(text) == bool(re.search(pattern, text))


@pytest.mark.parametrize("pattern", EXPLODING)
def test_it_ends_whatever_it_is(pattern: str) -> None:
    check_pattern(pattern)
    search = Search(pattern, "a.md", seconds=0.2)
    try:
        for _ in range(5):
            search.finds("a" * 40 + "!")
    except InputError as error:
        said = pickle.loads(pickle.dumps(error)).message  # from a process that reads documents
        assert "question-pattern" in said.en
        assert "a.md" in said.ko


@pytest.mark.parametrize(
    "pattern",
    ["(", "a**", "a{99999}", "(a{1000}){1001}", "x" * 2_000, "[", r"\1", "(?<=a+)b", "a{" + "9" * 900 + "}"],
)
def test_what_is_no_pattern_is_named_with_its_file(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, "# a\n")
    write(tmp_path, f"question-pattern = '{pattern}'\n", "dlcards.toml")
    code, said = invoke(tmp_path, "lint", "--offline")
    assert (code, "dlcards.toml: question-pattern: " in said) == (2, True), said


def test_one_that_never_ends_is_named(tmp_path: Path) -> None:
    write(tmp_path, f"# 문답\n\n## {'a' * 60}!\n\n답이다.\n\n## 둘?\n\n답이다.\n")
    write(tmp_path, "question-pattern = '(a|aa)+$'\n", "dlcards.toml")
    code, said = invoke(tmp_path, "stats")
    assert (code, "question-pattern of the configuration does not come to an end in a" in said) == (
        2,
        True,
    ), said
