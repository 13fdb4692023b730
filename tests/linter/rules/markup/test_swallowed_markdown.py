"""M020 swallowed-markdown: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from dlcards.markdown import parse
from tests.support.documents import document, mend, only, places

CLEAN = [
    "<details>\n<summary>답</summary>\n\n**외운** 상태\n</details>",
    "<details>\n<summary>답</summary>\n글이다.\n</details>",
    "<!--\n**x**\n-->",
    "<!-- c -->\n**x**",
    "<pre>\n**x**\n</pre>",
    "<script>\nx = '**a**'\n</script>",
    "<div>\n<pre>\n**x**\n</pre>\n</div>",
    "<div>\n<code>**x**</code> `\n</div>",
    "<p align='center'>\n  <img src='a_b_c.png' alt='**x**'>\n</p>",
    "<table>\n<tr><td>a</td></tr>\n</table>",
    "<td>2*3*4</td>",
    "<div>\n2*3*4\n__init__\nf(*args, **kwargs)\n</div>",
    "<div>\n$5, $6\n</div>",
    "<div>\n- 홍길동\n</div>",
    "<div>\n#해시태그 https://example.com\n</div>",
    "글 <b>x</b>\n**y**",
    "<br>\n\n**x**",
    "<a name='x'></a>\n\n# 제목",
    "```html\n<div>\n**x**\n</div>\n```",
    "<div>\n<!--\n- TODO 하나\n- TODO 둘\n-->\n글\n</div>\n\n## 끝",
    "<div>\n글 <!-- **x**\n**y** -->\n</div>",
    "<div>\n글 <code>**x**</code>\n</div>",
    "<div>\n<img\n  alt='**x**'\n  src='a.png'>\n</div>",
    "<div>\n<pre>\n글\n**x**\n</pre>\n</div>",
]
# What GitHub makes of it once it is read.
MENDED = [
    ("<details>\n<summary>답</summary>\n**외운** 상태\n</details>", "3:1 **외운** 상태", "<strong>"),
    ("<details>\n<summary>답</summary>\n글\n**외운** 상태\n</details>", "3:1 글", "<strong>"),
    ("<br>\n[글](u)", "2:1 [글](u)", "<a href="),
    ("<div>\n![글](a.png)\n</div>", "2:1 ![글](a.png)", "<img src="),
    ("<div>\n- 하나\n- 둘\n</div>", "2:1 - 하나", "<ul>"),
    ("<div>\n1. 하나\n2. 둘\n</div>", "2:1 1. 하나", "<ol>"),
    ("<div>\n## 제목\n</div>", "2:1 ## 제목", "<h2>"),
    ("<div>\n> 인용\n</div>", "2:1 > 인용", "<blockquote>"),
    ("<div>\n`x`\n</div>", "2:1 `x`", "<code>x"),
    ("<div>\n*강조*다\n</div>", "2:1 *강조*다", "<em>"),
    ("<div>\n$x^2$이다\n</div>", "2:1 $x^2$이다", "<p>$x^2$"),
    ("<div>\n$$\nx^2\n$$\n</div>", "2:1 $$", "<p>$$"),
    ("<div>\n| a |\n|---|\n| b |\n</div>", "2:1 | a |", "<table>"),
    ("<div>\n```python\nx = 1\n```\n</div>", "2:1 ```python", '<pre lang="python">'),
    ("<div>\n```html\n<div>\n</div>\n```\n</div>", "2:1 ```html", "&lt;div&gt;"),
    ("<div>\n<!-- 여러\n**줄** -->\n**x**\n</div>", "4:1 **x**", "<strong>"),
    ("<details\nopen>\n**x**\n</details>", "3:1 **x**", "<strong>"),
    ("<div>\n글 <b\nclass='x'>y</b>\n**z**\n</div>", "4:1 **z**", "<strong>z"),
    ("<p>글</p>\n**x**", "2:1 **x**", "<strong>"),
    ("<div><a href='u'>글</a>\n[글](v)\n</div>", "2:1 [글](v)", '<a href="v"'),
    ("<div>\n## 답\n</div>\n\n## 다른 답", "2:1 ## 답", "<h2>답"),
    ("- 하나\n  <div>\n  **x**\n  </div>\n- 둘", "3:3 **x**", "<strong>"),
    ("-\t<div>\n\t**x**\n\t</div>", "2:2 **x**", "<strong>"),
    ("<div>\n글\n</div>\n---\n", "4:1 ---", "<hr />"),
    ("> <div>\n> **x**\n> </div>", "2:3 **x**", "<strong>"),
    ("- 항목\n\n  <div>\n  **x**\n  </div>", "4:3 **x**", "<strong>"),
    ("1. 글\n   <div>\n   **x**\n   </div>", "3:4 **x**", "<strong>"),
    ("<div>\r\n**x**\r\n</div>\r\n", "2:1 **x**", "<strong>"),
]


def github(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "M020") == []


@pytest.mark.parametrize(("text", "place", "shown"), MENDED)
def test_a_blank_line_lets_it_be_read(text: str, place: str, shown: str) -> None:
    assert places(text, "M020") == [place]
    assert shown not in github(text)
    mended = mend(text, only("M020"))
    assert shown in github(mended)
    assert re.sub(r"\s|>", "", mended) == re.sub(r"\s|>", "", text)
    assert places(mended, "M020") == []


def test_each_passage_between_tags_is_found() -> None:
    text = "<table>\n<tr>\n<td>\n**a**\n</td>\n<td>\n**b**\n</td>\n</tr>\n</table>"
    assert places(text, "M020") == ["4:1 **a**", "7:1 **b**"]
    assert github(mend(text, only("M020"))).count("<strong>") == 2


def test_a_passage_that_cannot_be_mended_keeps_no_other_from_it() -> None:
    cell = "<td>\n**a**\n</td>"
    bad = ["<td>\n__b__ **b**\n</td>", "<td>\n<p>\n**b**\n</p>\n</td>", "<td>\n- b\n- c\n- [k]: v\n</td>"]
    text = "\n".join(["<table>", cell, bad[0], cell, bad[1], cell, bad[2], cell, "</table>"])
    mended = mend(text, only("M020"))
    assert github(mended).count("<strong>a") == 4
    assert mended.replace("\n\n", "\n") == text
    assert len(places(mended, "M020")) == 3


def test_a_block_with_many_passages_ends() -> None:
    text = "<table>\n" + "<td>\n**a**\n</td>\n" * 500 + "</table>\n\n## 끝\n"
    assert github(mend(text, only("M020"))).count("<strong>") == 500


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<td>**a**</td>", "1:1 <td>**a**</td>"),
        ("<details>\n<summary>**답**</summary>\n\n글", "2:1 <summary>**답**</summary>"),
        ("<div>[글](u)</div>", "1:1 <div>[글](u)</div>"),
        ("<div>\n    **x**\n</div>", "2:5 **x**"),
        # Tags over several lines, and what stands behind them.
        ('<p\n  align="center">글 **캡션**\n</p>', '2:3 align="center">글 **캡션**'),
        ('<div\n class="x"> [가](p.svg)\n</div>', '2:2 class="x"> [가](p.svg)'),
        ("<div>\n<!-- 주석\n--> **x**\n</div>", "3:1 --> **x**"),
        # A fence that is not closed in the block, or by a fence of another element.
        ("<details>\n```py\nx = 1\n</details>", "2:1 ```py"),
        ("<details>\n```py\nx = 1\n</details>\n\n## 다음\n\n글", "2:1 ```py"),
        ("<details>\n**굵게**\n```py\nx = 1\n</details>\n\n## 다음", "2:1 **굵게**"),
        ("<div>\n```\nx\n~~~\n</div>\n\n## 다음\n\n글", "2:1 ```"),
        ("<div>\n```py\nx\n</div>\n\n글\n\n```js\ny\n```", "2:1 ```py"),
        ("<div>\n```python\nx = 1\n\ny = 2\n```\n</div>\n\n# 다음", "2:1 ```python"),
        ("<div>\n```py\nx\n</div>\n<div>\n```py\ny\n```\n</div>", "2:1 ```py"),
        # Other blocks that go on below.
        ("<div>\n**x**\n<pre>\n글\n</div>\n\n## 다음", "2:1 **x**"),
        ("<br>\n- 하나\n- 둘\n\n  글", "2:1 - 하나"),
        ("<br>\n- 하나\n- 둘\n\n- 셋", "2:1 - 하나"),
        ("<div>\n**x**\n$$\na\n</div>\n\n글\n\n글\n\nb\n$$", "2:1 **x**"),
        # Words that would vanish or change.
        ("<div>\n[주의]: 조심\n**x**\n</div>", "2:1 [주의]: 조심"),
        ("<div>\n[^1]: 조심 **x**\n</div>", "2:1 [^1]: 조심 **x**"),
        ("<div>\n__init__ **x**\n</div>", "2:1 __init__ **x**"),
        ("<div>\n2*3*4 **x**\n</div>", "2:1 2*3*4 **x**"),
        ("<div>\n`a&lt;b`\n</div>", "2:1 `a&lt;b`"),
        ("<div>\n| a |\n|---|\n| b | c |\n</div>", "2:1 | a |"),
        # Elements that the new markup would end.
        ('<p align="center">\n<img src="p.svg"\n  alt="그림">\n**캡션**\n</p>', "4:1 **캡션**"),
        ("<p align='center'>\n\n<br>\n**x**\n</p>", "4:1 **x**"),
        ("<a href='u'>\n[글](v)\n</a>", "2:1 [글](v)"),
        # Anchors of other headings.
        ("<div>\n## 답\n</div>\n\n## 답\n\n[둘째](#답)", "2:1 ## 답"),
        ("<div>\n## 답\n<h2>답</h2>\n</div>", "2:1 ## 답"),
        ("<div>\n## 답\n</div>\n\n글\n\n글\n\n## 답", "2:1 ## 답"),
        ("<h2>\n[글](u)\n</h2>", "2:1 [글](u)"),
    ],
)
def test_what_no_blank_line_helps_is_left(text: str, place: str) -> None:
    assert places(text, "M020") == [place]
    assert mend(text, only("M020")) == text


PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<h2>", "</h2>", "<br>", "<!--", "-->", "<b\n", ">", "<pre>", "</pre>"]
    + ["**x**", "__y__", "## 답", "- a", "1. b", "> c", "```", "```py", "~~~", "[글](u)", "[k]: v", "[^1]: n"]
    + ["$$", "| a |", "|---|", "  ", "    ", "\t", "글", "`x`", "답"]
)
LINES = st.lists(PIECES, min_size=1, max_size=3).map("".join)


@given(st.lists(LINES, min_size=2, max_size=8), st.booleans())
def test_a_fix_leaves_what_stands_below_and_all_anchors(lines: list[str], is_quoted: bool) -> None:
    below = "## 답\n\n```py\nx\n```\n\n- 목록\n\n글 `끝`\n\n## 끝\n"
    html = "\n".join(["<div>", *lines])
    if is_quoted:
        html = html.replace("\n", "\n> ").join(["> ", ""])
    text = f"{html}\n\n{below}"
    before = document(text)
    after = document(mend(text, only("M020")))
    tail = [(node.kind, node.raw) for node in parse(below)]
    if [(block.kind, block.raw) for block in before.blocks[-len(tail) :]] == tail:
        assert [(block.kind, block.raw) for block in after.blocks[-len(tail) :]] == tail
    old = [(heading.level, heading.slug) for heading in before.headings]
    left = iter((heading.level, heading.slug) for heading in after.headings)
    assert all(heading in left for heading in old)


@pytest.mark.skipif(parse("<br/>")[0].kind != "block_html", reason="the parser takes no <br/> for a block")
@pytest.mark.parametrize("tag", ["<br/>", "<br />", "<img src='a.png'/>", "<img src='a.png' />", "<hr/>"])
def test_a_tag_that_closes_itself_swallows_too(tag: str) -> None:
    assert places(f"{tag}\n**x**", "M020") == ["2:1 **x**"]
    assert mend(f"{tag}\n**x**", only("M020")) == f"{tag}\n\n**x**"
