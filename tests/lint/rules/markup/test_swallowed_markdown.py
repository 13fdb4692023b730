"""M020 swallowed-markdown: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from dlcards.markdown import parse
from tests.support.documents import mend, only, places

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
    ("<div>\n```python\nx = 1\n\ny = 2\n```\n</div>\n\n# 다음", "2:1 ```python", "<h1>다음"),
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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<td>**a**</td>", "1:1 <td>**a**</td>"),
        ("<details>\n<summary>**답**</summary>\n\n글", "2:1 <summary>**답**</summary>"),
        ("<div>[글](u)</div>", "1:1 <div>[글](u)</div>"),
        ("<div>\n    **x**\n</div>", "2:5 **x**"),
    ],
)
def test_what_no_blank_line_helps_is_left(text: str, place: str) -> None:
    assert places(text, "M020") == [place]
    assert mend(text, only("M020")) == text


@pytest.mark.skipif(parse("<br/>")[0].kind != "block_html", reason="the parser takes no <br/> for a block")
@pytest.mark.parametrize("tag", ["<br/>", "<br />", "<img src='a.png'/>", "<img src='a.png' />", "<hr/>"])
def test_a_tag_that_closes_itself_swallows_too(tag: str) -> None:
    assert places(f"{tag}\n**x**", "M020") == ["2:1 **x**"]
    assert mend(f"{tag}\n**x**", only("M020")) == f"{tag}\n\n**x**"
