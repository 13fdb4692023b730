"""T008 contents-unlinked-entry: clean cases first, then what is found and what the fix writes."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import QUESTIONS
from tests.support.documents import causes, findings, mend, messages, only, places

HEAD = "## 목차\n\n"
END = "\n\n---\n\n"


def contents(entries: str) -> str:
    return f"{HEAD}{entries}{END}{QUESTIONS}"


@pytest.mark.parametrize(
    "entries",
    [
        "- [하나?](#1)\n  - [하나의 하나?](#1-1)\n- [둘 \\[a\\]?](#2)",
        "- 기초\n  - [하나?](#1)\n- 심화\n  - [둘 \\[a\\]?](#2)",
        "- 무엇을 묻는가?\n  - [하나?](#1)",
        "- [하나?](#1)\n- 굵은 것은 자주 나온다",
        "- [하나?](#1)\n- [다른 글](a.md)\n  - 셋은 무엇인가?, 넷, 다섯은 무엇인가?",
        "- [하나?](#1)\n- ---",
        "- [하나?](#1)\n- <a href='#2'>둘 [a]?</a>",
        "- [하나?](#1)\n- [글](other.md)의 질문?",
        "- [하나?](#1)\n- ![둘 [a]?](a.png)",
        "[하나?](#1)\n\n하나의 하나?",
    ],
)
def test_clean(entries: str) -> None:
    assert places(contents(entries), "T008") == []


def test_lists_outside_of_the_contents_are_no_entries() -> None:
    assert places(f"- 하나?\n\n{contents('- [하나?](#1)')}- 하나?\n", "T008") == []


@pytest.mark.parametrize(
    ("entries", "place", "mended"),
    [
        ("- [둘?](#2)\n- 하나?", "4:3 하나?", "- [둘?](#2)\n- [하나?](#1)"),
        ("- 하나", "3:3 하나", "- [하나](#1)"),
        ("- **하나?**", "3:3 **하나?**", "- [**하나?**](#1)"),
        ("- 하나의  하나?", "3:3 하나의  하나?", "- [하나의  하나?](#1-1)"),
        ("- 둘 [a]?", "3:3 둘 [a]?", "- [둘 \\[a\\]?](#2)"),
        ("1. 하나?", "3:4 하나?", "1. [하나?](#1)"),
        ("- 하나?\n  - [하나의 하나?](#1-1)", "3:3 하나?", "- [하나?](#1)\n  - [하나의 하나?](#1-1)"),
        (
            "### 기초\n\n- 하나?\n- [하나의 하나?](#1-1)",
            "5:3 하나?",
            "### 기초\n\n- [하나?](#1)\n- [하나의 하나?](#1-1)",
        ),
        ("- 기초\n  - 하나?", "4:5 하나?", "- 기초\n  - [하나?](#1)"),
        ("> - 하나?\n> - 끝", "3:5 하나?", "> - [하나?](#1)\n> - 끝"),
        ("> - 하나의\n>   하나?\n> - 끝", "3:5 하나의\n>   하나?", "> - [하나의 **하나**?](#1-1)\n> - 끝"),
        ("- #1 하나?", "3:3 #1 하나?", "- #1 [하나?](#1)"),
        ("- Q1. 하나?", "3:3 Q1. 하나?", "- Q1. [하나?](#1)"),
        ("- (1) 하나?", "3:3 (1) 하나?", "- (1) [하나?](#1)"),
        ("- #1", "3:3 #1", "- [#1](#1)"),
        ("- <b>하나?</b>", "3:3 <b>하나?</b>", "- [<b>하나?</b>](#1)"),
        ("- 하나?<br>", "3:3 하나?<br>", "- [하나?<br>](#1)"),
        ("- <a id='x'></a>하나?", "3:3 <a id='x'></a>하나?", "- <a id='x'></a>하나?"),
    ],
)
def test_the_words_of_one_question_become_a_link(entries: str, place: str, mended: str) -> None:
    assert places(contents(entries), "T008") == [place]
    assert mend(contents(entries), only("T008")) == contents(mended)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("- 하나의 한나?", "did you mean #1-1?"),
        ("- 아무 데도 없는 질문?", 'contents entry is no link: "아무 데도 없는 질문?"'),
    ],
)
def test_what_no_question_says_is_found_and_left(entries: str, said: str) -> None:
    text = contents(f"- [하나?](#1)\n{entries}")
    (message,) = messages(text, "T008")
    assert said in message
    assert mend(text, only("T008")) == text


def test_two_questions_with_the_same_words_are_for_a_person_to_tell_apart() -> None:
    text = contents("- 하나?") + "## #3\n\n#### 하나?\n\n답\n"
    assert places(text, "T008") == ["3:3 하나?"]
    assert mend(text, only("T008")) == text


def test_a_question_that_is_listed_without_a_link_is_not_missing() -> None:
    text = contents("- [하나?](#1)\n  - 하나의 하나?\n- [둘 \\[a\\]?](#2)")
    assert {finding.code for finding in findings(text)} & {"T002", "T008"} == {"T008"}
    assert places(mend(text), "T002") == places(mend(text), "T008") == []


def test_contents_without_any_link_are_one_thing_to_decide() -> None:
    assert causes(contents("- 하나?\n- 하나의 하나?"), "T008") == ["no-link"] * 2


def test_an_entry_need_not_repeat_the_number_of_a_numbered_heading() -> None:
    below = "\n\n## 1. 하나는?\n\n하나다.\n\n## 2. 둘은?\n\n둘이다.\n\n## 3. 둘은?\n\n또 둘이다.\n"
    text = f"## 목차\n\n- 하나는?\n- [2. 둘은?](#2-둘은)\n- [하나는?](#옛){below}"
    mended = "## 목차\n\n- [하나는?](#1-하나는)\n- [2. 둘은?](#2-둘은)\n- [하나는?](#1-하나는)"
    assert mend(mend(text, only("T001")), only("T008")) == f"{mended}{below}"
    # Two questions say it: whose it is can't be told.
    assert "- 둘은?\n" in mend(f"## 목차\n\n- 둘은?\n- [1. 하나는?](#1-하나는){below}", only("T008"))
