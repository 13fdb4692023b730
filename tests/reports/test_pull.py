"""What `dlcards pull` says of edits."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.model import LANGUAGES, Config, Text, printable
from dlcards.reports.pull import as_json, as_text, patch, sides, word_diff
from dlcards.roundtrip.edit import FieldEdit
from dlcards.roundtrip.pull import Outcome, Pulled, Result, Tagged
from dlcards.roundtrip.reader import Edit
from tests.support.documents import md

_WORDS = st.lists(st.sampled_from(["가", "나", "다", "word", "**볼드**", "a_b"]), max_size=12).map(" ".join)
_MARKED = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}")


@given(_WORDS, _WORDS)
def test_every_word_that_changes_is_shown(before: str, after: str) -> None:
    said = word_diff(before, after)
    gone, come = Counter[str](), Counter[str]()
    for match in _MARKED.finditer(said):
        gone.update((match[1] or "").split())
        come.update((match[2] or "").split())
    old, new = Counter(before.split()), Counter(after.split())
    assert old - gone == new - come, "what isn't marked is the same on both sides"
    assert not gone - old
    assert not come - new
    if before.split() == after.split():
        assert said == ""


@given(_WORDS, _WORDS)
def test_the_words_around_are_those_of_both_sides(before: str, after: str) -> None:
    old = re.sub(r"\{\+.*?\+\}", "", word_diff(before, after)).replace("[-", "").replace("-]", "")
    for part in old.split("…"):
        assert " ".join(part.split()) in " ".join(before.split())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("가 나 다", "가 라 다", "가 [-나-]{+라+} 다"),
        ("1 2 3 4 5 6 7 8 9", "1 2 3 4 x 6 7 8 9", "… 2 3 4 [-5-]{+x+} 6 7 8 …"),
        ("1 2 3 4 5", "x 2 3 4 y", "[-1-]{+x+} 2 3 4 [-5-]{+y+}"),
        ("1 2 3 4 5 6 7 8 9", "x 2 3 4 5 6 7 8 y", "[-1-]{+x+} 2 3 4 … 6 7 8 [-9-]{+y+}"),
        ("가 나", "가 나 다", "가 나 {+다+}"),
        ("가 나", "나", "[-가-] 나"),
        ("", "가", "{+가+}"),
        ("가  나\n다", "가 나 다", ""),
    ],
)
def test_word_diffs(before: str, after: str, said: str) -> None:
    assert word_diff(before, after) == said


def edit(learner: str = "a.apkg", line: int = 3, *fields: FieldEdit, name: str = "a.md") -> Edit:
    changed = fields or (FieldEdit("Answer", "<p>가 <b>나</b></p>", "<p>가 <b>다</b></p>"),)
    return Edit(
        learner, "guid", "question", "1", "하나?", PurePosixPath(name), line, changed, None, lambda name: None
    )


def pulled(*results: Result) -> Pulled:
    return Pulled(results, (), {}, (), 7, 0)


def test_each_edit_with_what_came_of_it() -> None:
    by_hand = Result(edit(line=9), Outcome.BY_HAND, "Answer", Text("까닭", "reason"))
    found = pulled(by_hand, Result(edit(), Outcome.TAKEN))
    assert as_text(found, "ko") == md("""
        a.md:3: #1 질문 Answer: 가져왔다
            가 [-**나**-]{+**다**+}
        a.md:9: #1 질문 Answer: 손으로 고친다: 까닭
            가 [-**나**-]{+**다**+}
        노트 7개 가운데 2개를 고쳤다: 가져왔다 1 · 이미 문서에 있다 0 · 손으로 고친다 1 · 충돌 0
    """)
    assert "a.md:9: #1 question Answer: by hand: reason\n" in as_text(found, "en")


def test_of_several_fields_the_one_that_it_fails_at_is_named() -> None:
    two = edit("a.apkg", 3, FieldEdit("Hint", "가", "나"), FieldEdit("Answer", "다", "라"))
    said = as_text(pulled(Result(two, Outcome.BY_HAND, "Answer", Text("까닭", "reason"))), "en")
    assert "#1 question Hint, Answer: by hand: Answer: reason\n    [-가-]{+나+}\n    [-다-]{+라+}\n" in said


def test_learners_who_contradict_one_another_are_named_with_both_edits() -> None:
    one, other = edit("a.apkg"), edit("b.apkg", 3, FieldEdit("Answer", "<p>가 <b>나</b></p>", "<p>가 라</p>"))
    why = Text("까닭", "reason")
    results = [
        Result(one, Outcome.CONFLICT, reason=why, others=(other,)),
        Result(other, Outcome.CONFLICT, reason=why, others=(one,)),
    ]
    said = as_text(pulled(*results), "en")
    assert "[a.apkg]" in said
    assert "b.apkg" in said
    assert "{+**다**+}" in said
    assert "{+라+}" in said


def test_what_no_markdown_says_is_shown_without_noncharacters() -> None:
    for html in (
        "<details><summary>가</summary>나</details>",
        '<p class="x">가</p>',
        '<img class="day" src="a">',
    ):
        for side in sides(FieldEdit("Answer", "", html)):
            assert not re.search("[\ufdd0-\ufdef]", side)


def test_words_that_would_command_a_terminal() -> None:
    hostile = edit("\x1b[31m.apkg", 3, FieldEdit("Answer", "가", "\x1b]0;x\x07 나\u202e"), name="\x1b[31m.md")
    found = pulled(Result(hostile, Outcome.TAKEN), Result(edit("b"), Outcome.BY_HAND, "", Text("가", "a")))
    tagged = Tagged("a", "1", PurePosixPath("\x1b[31m.md"), 1, ("어려움",))
    found = found._replace(tagged=(tagged,), pictures={PurePosixPath("\x1b.png"): b""})
    for language in LANGUAGES:
        said = as_text(found, language)
        assert said == printable(said)


def test_tags_pictures_and_notes_of_others_are_told() -> None:
    found = Pulled(
        (),
        (),
        {PurePosixPath("images/a.png"): b"x"},
        (Tagged("a", "1", PurePosixPath("a.md"), 3, ("어려움", "다시")),),
        7,
        2,
    )
    assert as_text(found, "en") == md("""
        a.md:3: #1 tags 어려움 다시: documents have no place for them
        images/a.png: a new picture; write what it shows between ![ and ]
        0 of 7 notes were edited; 2 notes are none of this deck, and were passed over
    """)
    assert "diff --git a/images/a.png b/images/a.png" in patch(found)


def test_json_has_the_patch_and_each_edit() -> None:
    document = build(PurePosixPath("a.md"), "가 **나**\n", Config())
    found = pulled(
        Result(edit(), Outcome.TAKEN), Result(edit(line=0), Outcome.BY_HAND, "Answer", Text("가", "a"))
    )
    said = json.loads(as_json(found._replace(documents=((document, "가 **다**\n"),)), "en"))
    assert (
        said["patch"]
        == "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-가 **나**\n+가 **다**\n"
    )
    assert [(each["outcome"], each["line"], each["reason"]) for each in said["edits"]] == [
        ("by-hand", None, "a"),
        ("taken", 3, None),
    ]
    assert said["edits"][1]["fields"] == [{"name": "Answer", "before": "가 **나**", "after": "가 **다**"}]
    assert said["summary"] == {
        "notes": 7, "strange": 0, "taken": 1, "already-there": 0, "by-hand": 1, "conflict": 0,
    }  # fmt: skip
