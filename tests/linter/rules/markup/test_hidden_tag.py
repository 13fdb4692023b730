"""M021 hidden-tag: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from tests.support.documents import mend, only, places

CLEAN = [
    "<b>굵게</b> H<sub>2</sub>O<br>가<BR/>나",
    "`<mask>` 자리",
    r"\<mask> 자리",
    "&lt;mask&gt; 자리",
    "```\n<mask>\n```",
    "    <mask>",
    "a < b, c > d",
    "1 <2> 3",
    "<https://a.b> <a@b.c>",
    "<!-- <mask> -->",
    "<p>가\n<li>나\n<td>다",
    "<div align=center>\n\n글",
    "<details>\n<summary>답</summary>\n\n글",
    "글 <details><summary>답</summary>",
    '글 <a name="x"> <span class=y>',
    "<svg width=1><path d=''/><text>가</text></svg>",
    "<math><mi>x</mi></math>",
    "글 <title> <textarea> <script> <style>",
    "가 <div> 나\n\n</div>",
    "<g-emoji>x</g-emoji>",
    "<center>\n\n글\n\n</center>",
    "<video src=a.mp4></video>",
    "Map<K, V>",
]
HIDDEN = [
    ("BERT는 <mask> 자리", ["1:7 <mask>"], r"BERT는 \<mask> 자리"),
    ("List<String>", ["1:5 <String>"], r"List\<String>"),
    ("Map<String, List<Integer>>", ["1:17 <Integer>"], r"Map<String, List\<Integer>>"),
    ("<s>로 시작한다", ["1:1 <s>"], r"\<s>로 시작한다"),
    ("끝은 </s>다", ["1:4 </s>"], r"끝은 \</s>다"),
    ("Set<A> Response<Body>", ["1:4 <A>", "1:16 <Body>"], r"Set\<A> Response\<Body>"),
    ("<header>와 <nav>는 <section>에 든다", ["1:1 <header>", "1:11 <nav>", "1:18 <section>"], None),
    ("시맨틱 <header>와 <nav>", ["1:5 <header>", "1:15 <nav>"], r"시맨틱 \<header>와 \<nav>"),
    ("| <min> | b |\n|---|---|\n| `x` | <pad/> |", ["1:3 <min>", "3:9 <pad/>"],
     "| \\<min> | b |\n|---|---|\n| `x` | \\<pad/> |"),
    ("> - <unk> 글\n>   <eos>", ["1:5 <unk>", "2:5 <eos>"], "> - \\<unk> 글\n>   \\<eos>"),
    ("**<list>** 글", ["1:3 <list>"], r"**\<list>** 글"),
    ("글 <!DOCTYPE html> 글", ["1:3 <!DOCTYPE html>"], r"글 \<!DOCTYPE html> 글"),
    ("글 <?php x ?> <![CDATA[y]]>", ["1:3 <?php x ?>", "1:14 <![CDATA[y]]>"], r"글 \<?php x ?> \<![CDATA[y]]>"),
    ("<path>\n글", ["1:1 <path>"], None),  # in a block of HTML no backslash escapes
    ("<div class='a\n\n글", ["1:1 <div class='a\n"], None),
    ("# <mask>란?", ["1:3 <mask>"], None),  # the anchor would change
    ("글 <x a*b*c> <y *a* b>", [], None),
    ("<v b='*'> 가 <w>", ["1:1 <v b='*'>", "1:13 <w>"], r"\<v b='*'> 가 \<w>"),
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "M021") == []


@pytest.mark.parametrize(("text", "found", "mended"), HIDDEN)
def test_found_and_mended(text: str, found: list[str], mended: str | None) -> None:
    assert places(text, "M021") == found
    assert mend(text, only("M021")) == (mended or text)
    for place in found:
        shown = re.sub("<[^>]*>|<[^>]*$", "", html(text)).replace("&lt;", "<").replace("&gt;", ">")
        assert place.partition(" ")[2] not in shown
        if mended:
            assert place.partition(" ")[2].replace("<", "&lt;").replace(">", "&gt;") in html(mended)


def html(text: str) -> str:
    """What GitHub makes of a text, before it removes tags."""
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
