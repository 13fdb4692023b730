"""What of raw HTML is seen: elements, words in angle brackets, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dlcards.document.elements import ends_in
from dlcards.document.raw_html import Sight, as_seen, html_in
from dlcards.markdown import parse


def sights(text: str, sight: Sight) -> list[str]:
    """The pieces of raw HTML in a text that are seen so."""
    blocks = parse(text)
    ends = ends_in(blocks)
    return [
        piece.source
        for block in blocks
        for node in block.walk()
        for _, pieces in html_in(node, ends)
        for piece in pieces
        if piece.sight is sight
    ]


def words(text: str) -> str:
    """What is left as text and HTML."""
    blocks = parse(text)
    ends = ends_in(blocks)
    seen = (as_seen(block, ends, {"b", "br", "p", "div"}) for block in blocks)

    def leaves() -> Iterator[str]:
        for block in seen:
            yield from (node.raw for node in block.walk() if not node.children)

    return "".join(leaves()).strip()


@pytest.mark.parametrize(
    "text",
    [
        "<b>굵게</b><br><wbr>",
        "<p>가<li>나",
        "<div class=x>\n\n글",
        "<div>\n\n글\n\n</div>",
        "<center>\n\n글",  # beside no words
        "<b>\n\n글\n\n</b>",
        "<DIV>글</DIV>",
        "끝<BR>다음<P>",
        "글 <details>",
        "글 <a name=x>",
        "글 <dl><dt>가<dd>나</dl> <ruby>말<rt>음</ruby> <select><option>가<option>나</select>",
        "글 <div> 글\n\n</div>",
        "글\n</b></details>",
        "<summary>가</summary><b>\n나\n\n다\n</b></details>",
        "<b>가\n\n나</b>",
        "<details>\n<summary>가</summary><br><b>\n\n나\n</b></details>",
        "<summary>가</summary><b>\n\n- 나\n- 다\n</b></details>",
        "<details><summary>가\n\n- 나\n- 다</summary><br><b>\n\n라\n</b></details>",
    ],
)
def test_elements(text: str) -> None:
    assert sights(text, Sight.WRITTEN) == sights(text, Sight.NOTHING) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<mask> <int>", ["<mask>", "<int>"]),
        ("<path>", ["<path>"]),
        ("<text>글</text>", ["<text>", "</text>"]),
        ("<image>", ["<image>"]),
        ("<user-id>", ["<user-id>"]),
        ("List<String>", ["<String>"]),
        ("Set<A> 그리고 <b>굵게</b>", ["<A>"]),
        ("Foo<Body> Foo<P>", ["<Body>", "<P>"]),
        ("<s>로 <b>시작", ["<s>", "<b>"]),
        ("**<s>로** 시작", ["<s>"]),
        ("**<s>** 시작과 **</s>** 끝, **<s>x</s>**", ["<s>", "</s>"]),
        ("- <s>\n- </s>\n- <pad>\n- <b> <br>", ["<s>", "</s>", "<pad>", "<b>"]),
        ("| <s> | <br> |\n|---|---|\n| </s> | <b>x</b> |", ["<s>", "</s>"]),
        ("- <s>: 시작\n- </s>: 끝", ["<s>", "</s>"]),
        ("시작은 <s>\n\n끝은 </s>", ["<s>", "</s>"]),
        ("<s> 시작\n\n# 제목\n\n끝 </s>", ["<s>", "</s>"]),
        ("글 <header>와 <td>", ["<header>", "<td>"]),
        ("| `a` | <tr> 태그 |\n|---|---|", ["<tr>"]),
        ("<nav> 요소는", ["<nav>"]),
        ("글 <title> <script>x</script>", ["<title>", "<script>", "</script>"]),
        ("글 <script> 태그와 </script> 태그", ["<script>", "</script>"]),
        ("<title>x</title>", ["<title>", "</title>"]),
        ("<style> 태그는", ["<style>"]),
        ("글 <svg>와 <video>", ["<svg>", "<video>"]),
        ("<!DOCTYPE html>\n<html>", ["<!DOCTYPE html>"]),
        ("글 <?php x ?> <![CDATA[x]]>", ["<?php x ?>", "<![CDATA[x]]>"]),
        ('<div class="x\n\n글', ['<div class="x\n']),
        ("글 <iframe> 글", ["<iframe>"]),
        ("a<b and c>d 또는 x<s y>z", ["<b and c>", "<s y>"]),
        ("글 <html>과 <head>, <body>", ["<html>", "<head>", "<body>"]),
        ("글 <option>과 <dt>, <rt>", ["<option>", "<dt>", "<rt>"]),
    ],
)
def test_words_in_angle_brackets(text: str, written: list[str]) -> None:
    assert sights(text, Sight.WRITTEN) == written


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("앞<!-- 말 -->뒤", "앞뒤"),
        ("<style>\n.x {}\n</style>", ""),
        ("<script>x</script> 글", " 글".strip()),
        ("글 <script>alert(1)</script> 글", "글  글"),
        ("<svg width=1><text>말</text><path/></svg> 글", "글"),
        ("앞 <svg><text>말</text> **말**</svg> 뒤", "앞  뒤"),
        ("<math><mi>x</mi><mo>=</mo></math>", "x="),
        ("앞 <video src=a>말 `코드`</video> 뒤", "앞  뒤"),
        ("<video controls>\n<source src=a>\n말\n</video>", ""),
        ("<iframe src=a></iframe>", ""),
        ("<center>말</center>", "말"),
        ("<template>말</template> <select><option>말</select>", "말 말"),
        ("<ruby>말<rp>(</rp></ruby>", "말("),
        ("| 가 <tr>나</tr> |\n|---|\n| 다 |", "가 나다"),
        ("<mask> <b>말</b>", "<mask> <b>말</b>"),
        ("<div>\na < b\n</div>", "<div>\na &lt; b\n</div>"),
        ("<div>\n<mask x='&'>\n</div>", "<div>\n&lt;mask x='&amp;'&gt;\n</div>"),
        ("<!-- a --!> 말 -->", "말 -->"),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert words(text) == left
