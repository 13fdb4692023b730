"""L001 broken-anchor: clean cases first, then what is found and where."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint_all
from dlcards.model import Config
from tests.support.documents import FakeFiles, context_of, places
from tests.support.repository import BLOB, FILES, OWN


@pytest.mark.parametrize(
    "text",
    [
        "# 제목\n\n[글](#제목)",
        "[글](#)",
        "[글](#top)",
        "[글](other.md#하나)",
        "[글](other.md#L10)",
        "[글](../README.md#%EC%84%A4%EC%B9%98)",
        "[글](https://example.com/a#b)",
        "[글](no.md#b)",
        "`[글](#없음)`",
        "<!-- [글](#없음) -->",
        "<!-- PEOPLE-LIST:START - made by a program -->\n[글](#code-a)\n<!-- PEOPLE-LIST:END -->",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "L001", OWN, FILES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 제목\n\n[글](#제묵)", "3:5 #제묵"),
        ("[글](other.md#둘)", "1:5 other.md#둘"),
        (f"[글]({BLOB}/answers/other.md#둘)", f"1:5 {BLOB}/answers/other.md#둘"),
        ('<a href="#없음">글</a>', "1:10 #없음"),
        ("<!-- A-LIST:START -->\n[글](#없음)", "2:5 #없음"),
        ("<!-- A-LIST:START -->\n글\n<!-- A-LIST:END -->\n\n[글](#없음)", "5:5 #없음"),
        ("[글][a]\n\n[a]: #없음", "3:6 #없음"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "L001", OWN, FILES) == [found]


def _across(readme: str, anchor: str = "12-33") -> list[str]:
    """What is said of a document that leads into another one, which has that anchor."""
    readme_ = build(PurePosixPath("README.md"), readme, Config())
    files = FakeFiles(frozenset({"answers.md"}), {"answers.md": frozenset({anchor})})
    [found] = lint_all([readme_], context_of([readme_], Config(), files))
    return [f.diagnostic.message.en for f in found if f.code == "L001"]


def test_many_links_against_one_heading_of_another_file_are_not_told_to_follow_it() -> None:
    assert _across("[a](answers.md#12-33)\n") == []
    assert _across("[a](answers.md#12-3)\n") == ["answers.md has no anchor #12-3; did you mean #12-33?"]
    for message in (said := _across("[a](answers.md#12-3) [b](answers.md#12-3)\n")):
        assert "2 links lead" in message
        assert "see whether that heading is mistyped" in message
    assert len(said) == 2
    # Where something leads to the heading as it is, it is the links that are wrong.
    several = "[a](answers.md#12-3) [b](answers.md#12-3) [c](answers.md#12-33)\n"
    assert {message.partition("; ")[2] for message in _across(several)} == {"did you mean #12-33?"}
    # What is another word instead of a slip of it is no heading's mistake, however many links say it.
    other = _across("[a](answers.md#12-loss) [b](answers.md#12-loss)\n", "12-losses-of-all")
    assert {message.partition("; ")[2] for message in other} == {"did you mean #12-losses-of-all?"}
