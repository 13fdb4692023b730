"""Canonical forms as markdown, which another parser reads as the same."""

from __future__ import annotations

import re
from html import unescape

import cmarkgfm
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dlcards.roundtrip.canonical import canonical
from dlcards.roundtrip.elements import Element
from dlcards.roundtrip.written import Style, is_markdown, shown_as_text, written
from tests.support.fields import TEXTS, edits

STYLE = Style()
_TEXT = TEXTS | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1)
_MARKS = st.text(st.sampled_from("*_`~#-+>=[]()!<&;\\$|1.) a가:\"'"), min_size=1, max_size=12)


def blanks(text: str) -> str:
    return " ".join(text.split())


@given(_TEXT | _MARKS)
@example("__a__")
def test_another_parser_reads_what_is_written_of_text_as_that_text(text: str) -> None:
    text = blanks(text)
    assume(text)
    html = cmarkgfm.github_flavored_markdown_to_html(written([Element("p", ("",), (text,))], STYLE))
    assert html.startswith("<p>")
    assert html.endswith("</p>\n")
    assert "<" not in re.sub(r"</?a\b[^>]*>", "", html[3:-5]), "an address may become a link"
    assert unescape(re.sub(r"<[^>]*>", "", html[3:-5])) == text


@given(edits())
def test_different_fields_are_written_differently(edit: tuple[str, str]) -> None:
    before, after = map(canonical, edit)
    assume(before != after)
    assert written(before, STYLE) != written(after, STYLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a href="a" title="t">가</a>', "<a href='a \"t\"'>가</a>"),
        ('<a href="a" title="t">가</a>', '<a href="a">가</a>'),
        ('<a href="https://a.b">https://a.b</a>', "&lt;https://a.b&gt;"),
        ('<a href="https://a.b">https://a.b</a>', '<a href="https://a.b">https://a.c</a>'),
        ('<a href="u:">u:</a>', "<u></u>가"),
        ("<code>`</code>", "<code> ` </code>"),
        ("<code>a</code>", "`a`"),
        ("<u>가</u>", "&lt;u&gt;가&lt;/u&gt;"),
        ("<b>가</b>", "**가**"),
        ("가<br>나", "가&lt;br&gt;나"),
        (r"\(a\)", "$a$"),
        (r"\(a\)", r"\[a\]"),
        (r"<p>가 \(a\)\(b\)</p>", r"<p>가 \(a$$b\)</p>"),
        (r"\[a\]", r"\($a$\)"),
        ("<p>- 가</p>", "<ul><li>가</li></ul>"),
        ("<p>1. 가</p>", "<ol><li>가</li></ol>"),
        ("<p># 가</p>", "<h1>가</h1>"),
        ("<p>&gt; 가</p>", "<blockquote>가</blockquote>"),
        ("<p>---</p>", "<hr>"),
        ("<p>```</p><p>a</p><p>```</p>", "<pre>a</pre>"),
        ("<p>| a |</p>", "<table><tr><td>a</td></tr></table>"),
        ("<table><tr><th>a</th></tr></table>", "<table><tr><td>a</td></tr></table>"),
        (
            "<table><tr><th>a</th></tr><tr><th>b</th></tr></table>",
            "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<table><tr><td>a | b</td></tr></table>"),
        (
            "<table><tr><td><code>a|b</code></td></tr></table>",
            "<table><tr><td><code>a\\|b</code></td></tr></table>",
        ),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li></ul><p>b</p>", "<ul><li>a<p>b</p></li></ul>"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "<blockquote>a<p>b</p></blockquote>"),
        ("<details><summary>a</summary>b</details>", "<section>a<p>b</p></section>"),
        ("<ul><li><input> a</li></ul>", "<ul><li>[ ] a</li></ul>"),
        ("<p>a\\</p>", "<p>a</p>"),
        ("<h3>a</h3>", "<h4>a</h4>"),
        ('<img src="a" alt="b">', '<img src="a" alt="c">'),
        ('<img src="a" class="day">', '<img src="a" class="night">'),
    ],
)
def test_what_says_something_else_is_written_otherwise(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
    assert written(canonical(one), STYLE) != written(canonical(other), STYLE)


def test_the_authors_own_marks() -> None:
    style = Style.of("* 가\n* 나\n\n3) 다\n\n```python\nx\n```\n", {"a.png": "images/a.png"}.__getitem__)
    assert written(canonical("<ul><li>가</li><li>나</li></ul>"), style) == "* 가\n* 나"
    assert written(canonical("<ol><li>가</li><li>나</li></ol>"), style) == "1) 가\n2) 나"
    assert written(canonical("<pre>x = 1</pre>"), style) == "```python\nx = 1\n```"
    assert written(canonical('<img src="a.png" alt="그림">'), style) == "![그림](images/a.png)"


def test_a_text_of_several_languages_of_code_names_none() -> None:
    assert Style.of("```python\nx\n```\n\n```js\nx\n```\n").info == ""


def test_what_markdown_has_no_marks_for_comes_into_no_document() -> None:
    for html in (
        "<details><summary>가</summary>나</details>",
        '<p class="x">가</p>',
        '<img src="a" class="day">',
        "<div>" * 200,
    ):
        text = written(canonical(html), STYLE)
        assert not is_markdown(text)
        assert is_markdown(shown_as_text(text))
    assert is_markdown(written(canonical("<p>가 <b>나</b></p><ul><li>다</li></ul>"), STYLE))
    assert is_markdown("가\t나\r\n")
    for control in "\0\b\x0c\x1b\x7f\x9b":
        assert not is_markdown(f"가{control}")
