"""M019 merge-marker: clean cases first, then what is found and what it keeps out of the deck."""

from __future__ import annotations

import pytest

from tests.support.documents import context, document, places, valid_pairs

CONFLICT = "<<<<<<< HEAD\n하나\n=======\n둘\n>>>>>>> feature/x\n"
FOUND = ["1:1 <<<<<<< HEAD", "3:1 =======", "5:1 >>>>>>> feature/x"]


@pytest.mark.parametrize(
    "text",
    [
        "제목\n=======\n\n글",
        "제목\n=======\n\n제목\n========\n",
        f"```\n{CONFLICT}```",
        f"````text\n{CONFLICT}````",
        f"~~~diff\n{CONFLICT}~~~",
        "".join(f"    {line}\n" for line in CONFLICT.splitlines()),
        "`<<<<<<< HEAD`부터 `>>>>>>> x`까지",
        "글 <<<<<<< HEAD",
        "\\<<<<<<< HEAD",
        "<<<<<< HEAD\n<<<<<<<< HEAD\n<<<<<<<HEAD",
        "> > > > > > > 인용",
        ">>>>>>> 일곱",
        ">>>>>> 여섯\n>>>>>>> 일곱\n>>>>>>> 여덟\n",
        "글\n\n>>>>>>> deep\n\n글",
        "| a |\n|---|\n||||||| x",
        "",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M019") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CONFLICT, FOUND),
        (CONFLICT.replace("\n", "\r\n"), FOUND),
        (
            "<<<<<<< ours\n하나\n||||||| base\n없음\n=======\n둘\n>>>>>>> theirs",
            ["1:1 <<<<<<< ours", "3:1 ||||||| base", "5:1 =======", "7:1 >>>>>>> theirs"],
        ),
        ("글\n\n>>>>>>> origin/main\n\n글", ["3:1 >>>>>>> origin/main"]),
        (">>>>>>> 1a2b3c4 (글을 고친다)", ["1:1 >>>>>>> 1a2b3c4 (글을 고친다)"]),
        ("<<<<<<< HEAD\n하나\n\n>>>>>>> 가지", ["1:1 <<<<<<< HEAD", "4:1 >>>>>>> 가지"]),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n=======\n>>>>>>> a", 6),
        ("<<<<<<< HEAD\n\n글", ["1:1 <<<<<<< HEAD"]),
        ("하나\n=======\n둘\n>>>>>>> x\n", ["2:1 =======", "4:1 >>>>>>> x"]),
        ("제목\n=======\n\n" + CONFLICT + "\n제목\n=======\n", 3),
        ("- 항목\n<<<<<<< HEAD\n- 하나\n=======\n- 둘\n>>>>>>> x\n", 3),
        (f"<div>\n{CONFLICT}</div>", 3),
        ("<<<<<<<\n하나\n=======\n>>>>>>>", ["1:1 <<<<<<<", "3:1 =======", "4:1 >>>>>>>"]),
        (f"```\n{CONFLICT}```\n\n{CONFLICT}", 3),
        ("`x` 글\n\n" + CONFLICT + "\n`y` 글\n", 3),
    ],
)
def test_found(text: str, found: list[str] | int) -> None:
    places_found = places(text, "M019")
    assert (len(places_found) if isinstance(found, int) else places_found) == found


def test_what_an_underline_cuts_off_from_its_answer_keeps_it_out() -> None:
    """`=======` makes a heading of what stands above it, and so the conflict stands in no question."""
    text = f"## 1. 하나는?\n\n하나다.\n\n## 2. 둘은?\n\n둘이다.\n\n{CONFLICT}\n## 3. 셋은?\n\n셋이다.\n"
    valid, refused = valid_pairs([document(text)], context())
    assert [pair.pair.question for pair in valid] == ["1. 하나는?", "3. 셋은?"]
    assert {finding.code for pair in refused for finding in pair.findings} == {"M019"}


def test_the_questions_of_both_ends_stay_out_of_the_deck() -> None:
    sides = "<<<<<<< HEAD\n\n하나다.\n\n## #2\n\n#### 둘은?\n\n=======\n\n>>>>>>> x\n\n둘이다.\n\n"
    text = f"## #1\n\n#### 하나는?\n\n{sides}## #3\n\n#### 셋은?\n\n셋이다.\n"
    valid, refused = valid_pairs([document(text)], context())
    assert [pair.pair.id for pair in valid] == ["3"]
    assert [pair.pair.id for pair in refused] == ["1", "2"]
    assert {finding.code for pair in refused for finding in pair.findings} >= {"M019"}
