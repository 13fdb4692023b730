"""D005 emoji-shortcode: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.linter.rules.deck.cases import HEAD
from tests.support.documents import mend, only, places


@pytest.mark.parametrize(
    "body",
    [
        "⚠️ 주의",
        "`:warning:`",
        "```\n:warning:\n```",
        "$a:warning:b$",
        "std::end::x, a:end:b, 10:100:1",
        ":queue: :그런_이름: :no_such_emoji:",
        ":warning : 주의:",
        r"\:warning:",
        "[글](https://example.com/:warning:)",
        "![글 :warning:](a.png)",
        "| a |\n|:-:|\n| b |",
        "<a title=':warning:'>글</a>",
        "<div title=':warning:'>\n글\n</div>",
        "> <div\n> title=':warning:'>글</div>",
        "<pre>\n:warning:\n</pre>",
        "<table><tr><td><code>:warning:</code></td></tr></table>",
        "<!-- :warning: -->",
        "::star:: a:star::star: :star::star:b",
        "https://example.com:80:end:x",
    ],
)
def test_clean(body: str) -> None:
    assert places(HEAD + body, "D005") == []


def test_outside_of_questions_github_draws_it() -> None:
    assert places("# 글\n\n:warning: 주의", "D005") == []


@pytest.mark.parametrize(
    ("body", "found", "mended"),
    [
        (":warning: 주의", ["5:1 :warning:"], "⚠️ 주의"),
        (":warning:주의와:bulb:", ["5:1 :warning:", "5:13 :bulb:"], "⚠️주의와💡"),
        ("**:+1:** (:white_check_mark:)", ["5:3 :+1:", "5:11 :white_check_mark:"], "**👍** (✅)"),
        ("[:book: 글](u)", ["5:2 :book:"], "[📖 글](u)"),
        ("- :100:\n- :e-mail:", ["5:3 :100:", "6:3 :e-mail:"], "- 💯\n- 📧"),
        ("> 핵심: :star: **답**이다.", ["5:7 :star:"], "> 핵심: ⭐ **답**이다."),
        (
            ":star::star::star: 어려움",
            ["5:1 :star:", "5:7 :star:", "5:13 :star:"],
            "⭐⭐⭐ 어려움",
        ),
        (":+1::+1:", ["5:1 :+1:", "5:5 :+1:"], "👍👍"),
        (":no_such::star:", ["5:10 :star:"], ":no_such:⭐"),
        (":octocat: :star:", ["5:1 :octocat:", "5:11 :star:"], ":octocat: ⭐"),
        ("<div>\n:warning:\n</div>", ["6:1 :warning:"], "<div>\n⚠️\n</div>"),
        (
            "- <details>\n  <summary>:book: 더</summary>\n  </details>",
            ["6:12 :book:"],
            "- <details>\n  <summary>📖 더</summary>\n  </details>",
        ),
        ("> <p>\n> :x:</p>", ["6:3 :x:"], "> <p>\n> ❌</p>"),
        ("| :x: |\n|---|", ["5:3 :x:"], "| ❌ |\n|---|"),
    ],
)
def test_found_and_mended(body: str, found: list[str], mended: str) -> None:
    assert places(HEAD + body, "D005") == found
    assert mend(HEAD + body, only("D005")) == HEAD + mended


def test_a_heading_keeps_its_anchor() -> None:
    text = "## #1\n\n#### :warning: 질문은?\n\n답이다.\n"
    assert places(text, "D005") == ["3:6 :warning:"]
    assert mend(text, only("D005")) == text


def test_many_names_in_a_row() -> None:
    assert mend(HEAD + ":star:" * 300, only("D005")) == HEAD + "⭐" * 300
