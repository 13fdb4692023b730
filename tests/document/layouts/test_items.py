"""Questions that are items of lists."""

from __future__ import annotations

from dlcards.linter.engine import lint
from dlcards.model import Config, Context, Severity
from dlcards.reports.readings import nearly
from tests.document.layouts.cases import texts
from tests.support.documents import FakeFiles, document, valid_pairs


def test_a_list_of_questions_without_answers_makes_no_cards_but_is_known() -> None:
    asked = "".join(f"- What is number {n}?\n" for n in range(6))
    text = f"# Interview\n\n## Contents\n\n- [Numbers](#numbers)\n\n## Numbers\n\n{asked}\n## More\n\n- Letters\n  - Why {{}}?\n"
    found = document(text.format("A"))
    assert (found.layout, len(found.pairs)) == ("list", 7)
    assert [(reading.layout, reading.questions, reading.answered) for reading in found.readings] == [
        ("list", 7, False)
    ]
    context = Context(Config(), FakeFiles())
    assert {(f.code, f.severity) for f in lint(found, context)} == {("Q001", Severity.NOTE)}
    assert valid_pairs([found], context)[0] == []
    said = nearly([found], "en")
    assert "7 questions without answers" in said
    assert "layouts" not in said


def test_a_list_in_prose_is_no_list_of_questions() -> None:
    prose = "Containers share the kernel of their host, and little else. " * 20
    text = f"# Docker\n\n{prose}\n\n" + "".join(f"- What is number {n}?\n" for n in range(6)) + f"\n{prose}\n"
    assert document(text).layout == ""


def test_what_stands_in_or_below_an_item_answers_it() -> None:
    text = "1. What is A?\n   an answer\n2. What is B?\n   - one\n   - two\n3. Explain C\n\nanother\n\n"
    text += "4. What is D?\n\nfour\n\n- list\n\n5. What is E?\n\n   five\n"
    found = document(text)
    assert found.layout == "list"
    assert texts(found) == [
        ("What is A?", "an answer"),
        ("What is B?", "one two"),
        ("Explain C", "another"),
        ("What is D?", "four list"),
        ("What is E?", "five"),
    ]
    few = "1. What is A?\n\n   an answer\n\n2. What is B?\n\n   another\n"
    assert not document(few).pairs


def test_items_that_begin_in_bold_are_answered_behind_it() -> None:
    text = "### Basics\n\n* **What is A?** - [here](x)\n* **Explain B.** it is\n  - b\n* **C in Kotlin**: c\n"
    assert texts(document(text)) == [("What is A?", "here"), ("Explain B.", "it is b"), ("C in Kotlin", "c")]
    pros = "# A\n\n**What is A?**\n\n- **Fast**: yes\n- **Small**: no\n\n**What is B?**\n\n- **Big**: yes\n"
    assert texts(document(pros)) == [("What is A?", "Fast: yes Small: no"), ("What is B?", "Big: yes")]
