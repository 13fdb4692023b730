"""The law of cards: no word of a valid pair is lost, whatever HTML stands around it."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from dlcards.deck.cards.words import difference, in_order, words_in
from dlcards.deck.export import Export
from dlcards.document.raw_html import LEFT_OUT
from dlcards.reports.export import left_out
from tests.deck.cards.test_html import field
from tests.support.browser import Side, reviewed
from tests.support.decks import CONFIG, made, question

EVERYTHING = replace(CONFIG, ignore=tuple("QTLIMKDS"))

# What may stand in raw HTML. "낱말" becomes a word of its own wherever it stands.
_TAGS = (
    # Names of SVG and MathML, of tokens and of types.
    "<int> <text> <set> <list> <vector> <min> <max> <path> <view> <mask> <image> <filter> <g> <use> <mi> <mo> <font-face>"
    " <annotation-xml> <foreignObject> <desc> <pad> <unk> <eos> </eos> <T> <String> <Integer> <K,V> <user-id> <x/>"
    # Elements of HTML, closed by others of these or not at all.
    " <s> </s> <b> </b> <i> <u> <q> <a> </a> <code> </code> <span> </span> <sub> </sub> <kbd> <mark> <br> <BR/> </br>"
    " <p> </p> <div> </div> <center> </center> <ul> <li> </ul> <dl> <dt> <hr> <pre> </pre> <h2> </h2> <header> </header>"
    " <section> <td> <tr> <object> <Object> <Body> <select> <option> </select> <button> <label> <template> </template>"
    " <noscript> <frameset> <body> <head> <html> <form> <fieldset> <ruby> <rt> </ruby> <math> </math> <svg> </svg>"
    " <video> </video> <audio> <canvas> </canvas> <iframe> </iframe> <script> </script> <style> </style> <title>"
    " <textarea> </textarea> <xmp> <plaintext> <noembed> <noframes> <details> </details> <summary> </summary>"
    " <nobr> <tt> <big> <blink> <marquee> <applet> <embed> <param> <source> <track> <wbr> <img> <input> <area> <map>"
)
TAGS = _TAGS.split()
OTHERS = [
    "List<String>", "Set<A>", "낱말<Body>", "<a href=x>낱말</a>", "<div dir=rtl>", "<span class='낱말'>", "<b\nid=x>", "<v-if x='>'>",
    "<img alt='a>b'>", "<!-- 낱말 -->", "<!--낱말", "-->", "<!DOCTYPE html>", "<!ELEMENT 낱말>", "<![CDATA[ 낱말 ]]>", "<?php 낱말 ?>",
    "<?xml 낱말", "&lt;mask&gt;", "&amp;", "&#60;b>", "&copy;", "&notanentity;", "<", ">", "< b >", "<>", "</>", "<3", "a<b", "a>b",
    '<div class="낱말', "<a href='", "`<mask>`", "`", r"\<mask>", "**낱말**", "*", "~", "$x<y$", "$", "[낱말](u)", "![낱말](a.png)",
    "<svg width=1><text>낱말</text></svg>", "<math><mi>낱말</mi></math>", "<video src=x>낱말</video>", "<https://a.b/낱말>",
    "<picture><source srcset=a><img src=b></picture>", "<style>.낱말{}</style>", "<iframe src=x>낱말</iframe>", "[^1]", ":낱말:",
]  # fmt: skip
inline = st.lists(
    st.sampled_from([*TAGS, *OTHERS]) | st.just("낱말") | st.just(" ") | st.just("낱말 "), max_size=8
).map(lambda pieces: "".join(pieces).replace("\n", " "))
block = st.tuples(st.sampled_from(["", "", "- ", "> ", "1. ", "| a |\n|---|\n| ", "```\n"]), inline).map(
    "".join
)
blocks = st.lists(block, max_size=4).map("\n\n".join)
# GitHub moves words out of tables that hold none of their own, and so do cards; then the law refuses the pair.
texts = st.tuples(inline, inline, inline, blocks, inline, inline, inline)

# What GitHub shows as text, and cards leave out.
_ESCAPED = re.compile(r"<(iframe|script|style)\b[^<>]*>.*?</\1\s*>", re.I | re.S)
_UNENDED = re.compile(r"<!--(?!-?>)(?:(?!--!?>).)*\Z", re.S)  # Python's parser shows it, browsers don't
_MARK = re.compile("낱말[0-9]+")


def document_of(parts: tuple[str, ...]) -> str:
    """A question made of some parts, every word of them another one."""
    number = 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"낱말{number}x"

    parts = tuple(re.sub("낱말", numbered, part) for part in parts)
    asked, summary, hint, body, following, answered, references = parts
    asked, summary, hint, following = (part.replace("[^1]", "") for part in (asked, summary, hint, following))
    # A footnote of a field of one line is on no card.
    return (
        f"## #1\n\n#### 질문 {asked}\n\n> 핵심: **말** {summary}\n\n> 힌트: {hint}\n\n답.\n\n{body}\n\n끝.\n\n"
        f"#### 꼬리질문\n\n- 또? {following}\n  - 답. {answered}\n\n#### References\n\n- 글 {references}\n\n"
        "[^1]: 낱말9999x\n"
    )


class _Seen(HTMLParser):
    """What a reader sees of a page, without what cards leave out."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._left_out = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT:
            self._left_out = self._left_out or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._left_out:
            self._left_out = ""

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.text.append(data)


def on_github(text: str) -> list[str]:
    """The words that GitHub shows, in order."""
    seen = _Seen()
    html = cmarkgfm.github_flavored_markdown_to_html(
        text, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    )
    seen.feed(_UNENDED.sub("", html))
    seen.close()
    return _MARK.findall(_ESCAPED.sub("", "".join(seen.text)))


def on_cards(result: Export) -> list[str]:
    """The words that cards show, field by field."""
    shown = []
    for entry in result.identified.cards:
        names = ("Question", "Hint", "Summary", "Answer", "FollowUps", "References")
        shown += [words_in(entry.card.fields.get(name, "")) for name in names]
    return [word for field in shown for word in _MARK.findall(field)]


@given(texts)
def test_no_word_is_lost_whatever_html_stands_around_it(parts: tuple[str, ...]) -> None:
    text = document_of(parts)
    with tempfile.TemporaryDirectory() as folder:
        result = made(Path(folder), text, EVERYTHING)
    for refused in result.unmade:
        assert "all words" not in refused.reason.en, text
    if result.identified.cards:
        seen = set(on_cards(result))
        assert [word for word in on_github(text) if word not in seen] == [], text


# What readers of a page see of it, and learners of its card.
SEEN = [
    ("BERT는 <mask> 자리", "BERT는 자리", "BERT는 <mask> 자리"),
    ("List<String> <int> x", "List x", "List<String> <int> x"),
    ("<s>로 시작", "로 시작", "<s>로 시작"),
    ("- <s>\n- <pad>", "", "<s>\n<pad>"),
    ("글 <!DOCTYPE html> <?php x ?>", "글", "글 <!DOCTYPE html> <?php x ?>"),
    ("<b>굵게</b> <sub>2</sub>", "굵게 2", "굵게 2"),
    ("<div class='a\n\n글", "", "<div class='a\n글"),
    ("글 <title> <textarea> <xmp>", "글 <title> <textarea> <xmp>", "글 <title> <textarea> <xmp>"),
    ("<text>글</text> <set>글", "글 글", "<text>글</text> <set>글"),
    ("&notanentity; &lt;b>", "&notanentity; <b>", "&notanentity; <b>"),
    ("<details><summary><mask>란?</summary>\n\n글 <unk>\n\n</details>", "란?", "<mask>란?"),
]


@pytest.mark.slow
def test_what_browsers_show(tmp_path: Path) -> None:
    pages = [cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE) for text, *_ in SEEN]
    sides = [Side(html, "") for html in [*pages, *(field(text) for text, *_ in SEEN)]]
    shown = [" ".join(side["text"].replace("\u2060", "").split()) for side in reviewed(sides, tmp_path)]
    expected = [page for _, page, _ in SEEN] + [card for _, _, card in SEEN]
    assert shown == [" ".join(text.split()) for text in expected]


def test_what_would_lose_words_is_refused_with_the_reason(tmp_path: Path) -> None:
    moved = "<table><tr><td>하나</td></tr><caption>둘</caption>\n셋</table>"
    result = made(tmp_path, question("글", "1") + question(moved, "2") + question("글", "3"), EVERYTHING)
    assert [entry.card.id for entry in result.identified.cards] == ["1", "3"]
    (refused,) = result.unmade
    assert refused.reason.en == (
        "the card would not show all words in order: '셋하나둘' where the document says '하나둘셋'"
    )
    assert "docs/a.md:15: #2: " in left_out(result, "en")
    assert result.media == 0


@pytest.mark.parametrize("body", [r"$$\label{a}$$", r"$\newcommand{\x}{y}$", "```\n```"])
def test_an_empty_back_is_refused_with_the_reason(tmp_path: Path, body: str) -> None:
    result = made(tmp_path, question("글", "1") + question(body, "2"), EVERYTHING)
    assert [entry.card.id for entry in result.identified.cards] == ["1"]
    assert [refused.reason.en for refused in result.unmade] == ["the card's back would show nothing"]


def test_the_mark_between_a_follow_up_and_its_answer_is_no_word_that_is_lost(tmp_path: Path) -> None:
    body = "글\n\n#### 꼬리질문\n\n- 왜인가?: 그래서다.\n- 언제인가? → 늘 그렇다.\n- 어디인가?\n  - 여기다."
    result = made(tmp_path, question(body, "1"), EVERYTHING)
    assert not result.unmade
    assert [entry.card.kind for entry in result.identified.cards] == ["question", *["follow-up"] * 3]


def test_a_difference_says_where_it_begins() -> None:
    assert difference("가나", "가나") is None
    found = difference("가나다", "가나")
    assert found is not None
    assert found.ko == "카드에 글이 그대로 실리지 않는다: '다' 자리에 '(끝)'"
    assert in_order("가다", "가나다")
    assert not in_order("다가", "가나다")
