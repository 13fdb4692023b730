"""What a field says, whatever wrote it."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dlcards.roundtrip.canonical import canonical, pictures, unseen
from dlcards.roundtrip.phones import without_breaks_of_phones
from tests.support.fields import FIELDS, as_saved, edits
from tests.support.learner_edits import as_phone
from tests.support.seen import seen


@given(FIELDS, st.randoms(use_true_random=False))
def test_a_browser_that_saves_a_field_says_the_same(html: str, chance: random.Random) -> None:
    saved = as_saved(html, chance)
    assert canonical(saved) == canonical(html)
    assert unseen(saved) == unseen(html)


@given(FIELDS)
def test_a_phone_that_saves_a_field_says_the_same(html: str) -> None:
    assert canonical(without_breaks_of_phones(html, as_phone(html))) == canonical(html)


@given(edits())
def test_what_a_person_sees_a_form_sees(edit: tuple[str, str]) -> None:
    before, after = edit
    assume(seen(before) != seen(after))
    assert canonical(before) != canonical(after)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("<p>가 나</p>", "<p>가&nbsp;나 </p>"),
        ("<p>가</p><p>나</p>", "<div>가</div>\n<div>나</div>"),
        ("<p>가</p>\n<p>나</p>", "<p>가</p><p></p><p><br></p><p>나</p>"),
        ("<p>가</p>\n나", "<p>가</p><p>나</p>"),
        ("<strong>가</strong><strong>나</strong>", "<b>가나</b>"),
        ("<strong>가 </strong>나", "<b>가</b> 나"),
        ("<b></b>가", "가"),
        ('<a href="b"></a><u></u><code></code>가', "가"),
        ("<strong><em>가</em></strong>", "<i><b>가</b></i>"),
        ("<span>가</span>나", "가<font>나</font>"),
        ("<ul><li>가</li>\n<li>나</li></ul>", "<ul>\n<li><p>가</p></li><li>나<br></li></ul>"),
        (
            "<ul><li>가<ul><li>나</li></ul></li><li>다</li></ul>",
            "<ul><li>가</li><ul><li>나</li></ul><li>다</li></ul>",
        ),
        (
            "<ul><li>가<ul><li>나</li><li>다</li></ul></li></ul>",
            "<ul><li>가<ul><li>나</li></ul></li><ul><li>다</li></ul></ul>",
        ),
        ("<blockquote>가</blockquote>", "<blockquote>\n<p>가</p>\n</blockquote>"),
        (r"\(a b\)", r"\( a&nbsp;b \)"),
        (r'<p>가</p><div class="math">\[a\]</div>', r"<p>가</p><p>\[a\]</p>"),
        ("<p>가</p>", "<p>가</p><ul></ul><blockquote><br></blockquote>"),
        (r"\(a b\)", r"\(a<br>b\)"),
        (r'<p>가</p><div class="math">\[a\]</div><p>나</p>', r"<p>가 \[a\]<br>나</p>"),
        (r'<p>가</p><div class="math">\[a\]</div>', r"<p>가</p><div>\[a\]<br></div>"),
        (r'<p>가</p><div class="math">\[a\]</div>', r"<p>가</p>\[a\]"),
        (r'<ul><li>가<div class="math">\[a\]</div></li></ul>', r"<ul><li>가 \[a\]</li></ul>"),
        ('<a href="https://a.b/%EA%B0%80_(%20)">가</a>', '<a href="https://a.b/가_( )">가</a>'),
        ("<pre><code>a\nb</code></pre>", "<pre>a<br>b\n</pre>"),
        ("<pre><code>a b</code></pre>", '<pre class="code"><code><span class="n">a</span> b</code></pre>'),
        ('<a href="https://a.b/가 나">다</a>', '<a href="https://a.b/%EA%B0%80%20%EB%82%98">다</a>'),
        ('<ul class="x"><li>가</li></ul>', "<ul><li>가</li></ul>"),
        ("<s>가</s>", "<strike>가</strike>"),
        ("가\u2060나", "가나"),
        ("가<!-- 말 -->나", "가나"),
    ],
)
def test_what_says_the_same(one: str, same: str) -> None:
    assert canonical(one) == canonical(same)
    assert canonical(one) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>가</p>", "<p>나</p>"),
        ("<p>가<br>나</p>", "<p>가</p><p>나</p>"),
        ("<p>가 나</p>", "<p>가나</p>"),
        ("<b>가</b>", "<i>가</i>"),
        ("<u>가</u>", "가"),
        ('<a href="a">가</a>', '<a href="b">가</a>'),
        ('<a href="a">가</a>', '<a href="a" title="t">가</a>'),
        ('<img src="a" alt="b">', '<img src="a" alt="c">'),
        ("<ul><li>가</li></ul>", "<ol><li>가</li></ol>"),
        ("<ol><li>가</li></ol>", '<ol start="2"><li>가</li></ol>'),
        ("<ul><li>가<ul><li>나</li></ul></li></ul>", "<ul><li>가</li><li>나</li></ul>"),
        ("<ul><li>가</li><ul><li>나</li></ul></ul>", "<ul><li>가</li><ol><li>나</li></ol></ul>"),
        ("<pre><code>a\n\nb</code></pre>", "<pre><code>a\nb</code></pre>"),
        ("<pre><code>a  b</code></pre>", "<pre><code>a b</code></pre>"),
        (r"\(a\)", r"\[a\]"),
        (r"\(a\)", "(a)"),
        (r"<p>가 \[a\]</p>", r"<p>가</p><p>\(a\)</p>"),
        ('<li class="task"><input disabled> 가</li>', '<li class="task"><input checked disabled> 가</li>'),
    ],
)
def test_what_says_something_else(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_pictures_by_their_names_in_order() -> None:
    html = '<p><img src="b.png"> <img src="a.png"></p><img alt="c">'
    assert pictures(html) == ["b.png", "a.png", ""]
    renamed = canonical('<img src="paste-1.jpg">', {"paste-1.jpg": "a.jpg"}.__getitem__)
    assert renamed == canonical('<img src="a.jpg">')


def test_what_no_form_sees_is_counted() -> None:
    html = '<p style="color:  red">가 <font color="blue" data-x="1">나</font></p><p style="color: red">다</p>'
    assert unseen(html) == {'style="color: red"': 2, 'color="blue"': 1}
    assert canonical(html) == canonical("<p>가 나</p><p>다</p>")
    assert not unseen('<p class="x"><a href="b" title="t">가</a><img src="c" alt="d"></p>')


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p align="center">가</p>', 'align="center"'),
        ('<ol type="a"><li>가</li></ol>', 'type="a"'),
        ('<span title="나">가</span>', 'title="나"'),
        ('가<video src="b.mp4"></video>', 'src="b.mp4"'),
        ("가 [sound:b.mp3]", "[sound:b.mp3]"),
        ("[latex]가[/latex]", "[latex]"),
    ],
)
def test_what_is_seen_of_one_element_is_not_seen_of_another(html: str, said: str) -> None:
    assert unseen(html) == {said: 1}


def test_a_phone_that_edits_a_field_keeps_the_learners_own_breaks() -> None:
    base = "<p>가\n나</p>\n<pre><code>a\nb</code></pre>\n"
    saved = "<p>가<br>나<br>다</p><br><pre><code>a<br>c<br>b</code></pre><br>"
    undone = without_breaks_of_phones(base, saved)
    assert canonical(undone) == canonical("<p>가 나<br>다</p>\n<pre><code>a\nc\nb</code></pre>")
    typed = "<p>가<br>나<br>\n다</p>"
    assert without_breaks_of_phones("<p>가 나<br>\n다</p>", typed) == typed, "a phone leaves no line end"
    assert without_breaks_of_phones("가", "가<br>") == "가<br>", "there was no line end"


def test_formulas_as_they_are_opened_and_closed() -> None:
    assert canonical(r"\(a \( b\) c\)") == canonical(r"<span>\(a \( b\)</span> c\)")
    assert canonical(r"\[a \(b\]") == canonical(r"\[ a \(b \]")
    assert canonical(r"\(a \[b\] c") == canonical(r"<p>\(a</p>\[b\]<p>c</p>")
    assert canonical(r"\(a") == (r"\(a",)
