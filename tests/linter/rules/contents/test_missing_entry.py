"""T002 contents-missing-entry: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import CONTENTS, ENTRIES, QUESTIONS
from tests.support.documents import asked, findings, mend, places


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (CONTENTS.replace("  - [하나의 **하나**?](#1-1)\n", ""), ["16:1 #### 하나의 **하나**?\n"]),
        ("## 목차\n\n", ["5:1 #### 하나?\n", "11:1 #### 하나의 **하나**?\n", "17:1 #### 둘 [a]?\n"]),
        (CONTENTS.replace("- [하나?](#1)\n", ""), ["10:1 #### 하나?\n"]),
    ],
)
def test_a_defect_is_found_and_mended(contents: str, found: list[str]) -> None:
    text = contents + QUESTIONS
    assert places(text, "T002") == found
    after = mend(text)
    for code in ENTRIES:
        assert places(after, code) == []
    if "- [하나?](#1)" in contents:
        assert after == CONTENTS + QUESTIONS


def test_contents_in_sentences_list_nothing() -> None:
    asked = "## What is a lock?\n\nA lock.\n\n## What is a key?\n\nA key.\n"
    assert places(f"# Contents\n\nTwo questions about locks.\n\n{asked}", "T002") == []
    assert places(f"# Contents\n\n- [What is a lock?](#what-is-a-lock)\n\n{asked}", "T002") != []


def test_crlf_contents_keep_their_line_ends() -> None:
    text = (CONTENTS.replace("- [둘 \\[a\\]?](#2)\n", "") + QUESTIONS).replace("\n", "\r\n")
    assert mend(text) == (CONTENTS + QUESTIONS).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("listed", "severities"),
    [
        (["one?", "two?"], ["note"] * 3),  # nothing of the last section: its author may have left it out
        (["one?", "two?", "red?"], ["error"] * 2),
        (["one?"], ["error", "note", "note", "note"]),
        (["none"], ["error"] * 5),
        (["one?", "two?", "exercises"], []),  # the contents lead to the section itself
        (["words", "exercises"], []),
        (["words", "red?"], ["error"] * 4),
    ],
)
def test_a_section_that_the_contents_leave_out(listed: list[str], severities: list[str]) -> None:
    entries = "".join(f"- [{words}](#{words.rstrip('?')})\n" for words in listed)
    sections = {"Words": ["one?", "two?"], "Exercises": ["red?", "green?", "blue?"]}
    body = "".join(
        f"## {name}\n\n" + "".join(f"### {words}\n\nText.\n\n" for words in asking)
        for name, asking in sections.items()
    )
    found = findings(f"# T\n\n## Contents\n\n{entries}\n{body}", asked("T002"))
    assert [finding.severity.value for finding in found if finding.code == "T002"] == severities


@pytest.mark.parametrize("level", ["##", "###"])
def test_contents_may_list_sections_alone(level: str) -> None:
    asking = "".join(f"{level} Why {word}?\n\nText.\n\n" for word in ("red", "green", "blue"))
    text = (
        f"# T\n\n## Contents\n\n- [Colours](#colours)\n- [More](#more)\n\n## Colours\n\n{asking}## More\n\n"
    )
    assert places(text + asking.replace("Why", "How"), "T002") == []


@pytest.mark.parametrize(
    ("entry", "lacks"),
    [
        ("[Why does loss fall?](#why-dos-the-loss-fall)", ["rise", "who"]),  # the other one is T001's
        ("[How do you weigh a loss?](#how-do-you-weigh-a-loss)", ["rise", "fall", "who"]),
        # An entry that names one question stands for no other one, whatever its address is like.
        ("[Why does it rise?](#why-does-the-loss-fell)", ["fall", "who"]),
    ],
)
def test_an_entry_that_leads_nowhere_stands_for_the_question_that_it_means(
    entry: str, lacks: list[str]
) -> None:
    titles = {"rise": "Why does it rise?", "fall": "Why does the loss fall?", "who": "Who?", "what": "What?"}
    body = "".join(f"## {title}\n\nAn answer.\n\n" for title in titles.values())
    text = f"## Contents\n\n- {entry}\n- [What?](#what)\n\n{body}"
    said = "".join(places(text, "T002"))
    assert [word for word, title in titles.items() if title in said] == lacks
