r"""What markdown becomes on a card: as GitHub shows it, harmless, and not read by Anki as its own markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from anki.utils import strip_html
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from dlcards.deck.cards.html import FieldRenderer
from dlcards.deck.cards.mending import Mender
from dlcards.document.quotes import labelled_parts
from dlcards.markdown import parse, plain_text
from dlcards.model import Config
from tests.support.anki_collection import Learner, learner
from tests.support.decks import CONFIG, answer, made, question
from tests.support.documents import QUOTE_LINES, document, markdownish
from tests.support.pictures import PNG

__all__ = ["learner"]


JOINER = "\u2060"


def field(text: str, language: str = "ko") -> str:
    """The blocks of ``text`` as a field; pictures and links stay what they are."""
    blocks = parse(text)
    notes = {node.str_attr("key"): node for node in blocks if node.kind == "footnote_definition"}
    return FieldRenderer(document(text), language, notes, lambda url: url or None, lambda url: url).blocks(
        blocks
    )


def rendered(text: str) -> str:
    """As :func:`field`, without what parts its text, which has tests of its own."""
    return field(text).replace(JOINER, "").replace("<span></span>", "")


def inlined(text: str) -> str:
    (block,) = parse(text)
    html = FieldRenderer(document(text), "ko", {}, lambda url: url, lambda url: url).inline(block.children)
    return html.replace(JOINER, "").replace("<span></span>", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # Math wherever it stands.
        ("값은$x<y$이고 ($y$)다", r"<p>값은\(x&lt;y\)이고 (\(y\))다</p>"),
        ("가 $`z_1`$ 나", r"<p>가 \(z_1\) 나</p>"),
        (r"\$5와 \$6", "<p>$5와 $6</p>"),
        ("문장 $$a$$ 안", r"<p>문장 \(a\) 안</p>"),
        ("$$a$$", r'<div class="math">\[a\]</div>'),
        ("문장\n$$a$$\n끝", '<p>문장</p>\n<div class="math">\\[a\\]</div>\n<p>끝</p>'),
        ("> $$a$$", '<blockquote>\n<div class="math">\\[a\\]</div>\n</blockquote>'),
        ("- $$a$$", '<ul>\n<li><div class="math">\\[a\\]</div>\n</li>\n</ul>'),
        ("- 가 $$a$$", "<ul>\n<li>가 \\(a\\)</li>\n</ul>"),
        ("```math\na<b\n```", r'<div class="math">\[a&lt;b\]</div>'),
        ("**굵은 $x$**", r"<p><strong>굵은 \(x\)</strong></p>"),
        ("[$x$](https://a.b)", r'<p><a href="https://a.b">\(x\)</a></p>'),
        ("`$x$` \\\\(y)", r"<p><code>$x$</code> \(y)</p>"),
        # Emphasis as it was meant.
        ("**과적합(overfitting)**은", "<p><strong>과적합(overfitting)</strong>은</p>"),
        ('**"인용"**을', '<p><strong>"인용"</strong>을</p>'),
        ("**90%**는", "<p><strong>90%</strong>는</p>"),
        ("**`relu`**는", "<p><strong><code>relu</code></strong>는</p>"),
        ("**$x$**는", r"<p><strong>\(x\)</strong>는</p>"),
        ("__중요__는", "<p><strong>중요</strong>는</p>"),
        ("앞 ** 낱말 **은", "<p>앞 <strong>낱말</strong>은</p>"),
        ("*가(나)*다", "<p><em>가(나)</em>다</p>"),
        ("**[글(x)](https://a.b)**를", '<p><strong><a href="https://a.b">글(x)</a></strong>를</p>'),
        ("[**가(나)**다](https://a.b)", '<p><a href="https://a.b"><strong>가(나)</strong>다</a></p>'),
        ("~~**가(나)**다~~", "<p><del><strong>가(나)</strong>다</del></p>"),
        ("**가(나)**와 **다(라)**는 **마**", "<p><strong>가(나)</strong>와 <strong>다(라)</strong>는 <strong>마</strong></p>"),
        ("> - **가(나)**다", "<blockquote>\n<ul>\n<li><strong>가(나)</strong>다</li>\n</ul>\n</blockquote>"),
        ("# **가(나)**다", "<h3><strong>가(나)</strong>다</h3>"),
        ("`**가(나)**다` $a**b(c)**d$", r"<p><code>**가(나)**다</code> \(a**b(c)**d\)</p>"),
        ("2 ** 3 ** 2와 f(*args, **kw)는", "<p>2 ** 3 ** 2와 f(*args, **kw)는</p>"),
        (r"\*\*가(나)\*\*다", "<p>**가(나)**다</p>"),
        # Addresses without markup.
        ("https://a.b/c_d 와", '<p><a href="https://a.b/c_d">https://a.b/c_d</a> 와</p>'),
        ("(https://a.b/1502.03167에서) 본다",
         '<p>(<a href="https://a.b/1502.03167">https://a.b/1502.03167</a>에서) 본다</p>'),
        ("`https://a.b` <a href='https://a.b'>https://a.b</a>",
         '<p><code>https://a.b</code> <a href="https://a.b">https://a.b</a></p>'),
        # Lists, tables, quotes.
        ("- [x] 한 일\n- [ ] 할 일",
         '<ul>\n<li class="task"><input checked="" disabled="" type="checkbox"> 한 일</li>\n'
         '<li class="task"><input disabled="" type="checkbox"> 할 일</li>\n</ul>'),
        ("3. 셋\n   ```py\n   x\n   ```\n   ![그림](a.png)",
         '<ol start="3">\n<li>셋<pre class="code"><code><span class="n">x</span></code></pre>\n'
         '<img src="a.png" alt="그림"></li>\n</ol>'),
        ("가[^1]\n\n[^1]: 하나\n\n    둘\n    - 셋\n\n          x = 1\n\n끝",
         '<p>가<sup class="footnote">1</sup></p>\n<p>끝</p>\n<section class="footnotes"><ol>\n<li><p>하나</p>\n'
         '<p>둘</p>\n<ul>\n<li><p>셋</p>\n<pre class="code"><code>x = 1</code></pre>\n</li>\n</ul>\n'
         "</li>\n</ol></section>"),
        ("| a | b |\n|:-:|--:|\n| `x\\|y` | $$z$$ |",
         '<div class="table"><table>\n<thead>\n<tr><th class="center">a</th><th class="right">b</th></tr>\n'
         '</thead>\n<tbody>\n<tr><td class="center"><code>x|y</code></td><td class="right">\\[z\\]</td></tr>\n'
         "</tbody>\n</table></div>"),
        ("<table><tr><td align=right>가</td></tr></table>",
         '<div class="table"><table><tbody><tr><td align="right">가</td></tr></tbody></table></div>'),
        ("> [!WARNING]\n> 조심 **가(나)**다\n>\n> 둘",
         "<blockquote>\n<p><strong>Warning</strong></p>\n<p>조심 <strong>가(나)</strong>다</p>\n<p>둘</p>\n</blockquote>"),
        ("> [!모름]\n> 글", "<blockquote>\n<p>[!모름]\n글</p>\n</blockquote>"),
        # Headings below the question's own.
        ("##### 가\n\n###### 나", "<h3>가</h3>\n<h4>나</h4>"),
        ("# 가\n\n#### 나\n\n###### 다", "<h3>가</h3>\n<h6>나</h6>\n<h6>다</h6>"),
        # Footnotes, also of footnotes.
        ("가[^x] 나[^y] 다[^x]\n\n[^x]: 하나[^z]\n[^y]: **둘(2)**이다\n[^z]: 셋[^x]\n[^w]: 아무도",
         '<p>가<sup class="footnote">1</sup> 나<sup class="footnote">2</sup> 다<sup class="footnote">1</sup></p>\n'
         '<section class="footnotes"><ol>\n<li>하나<sup class="footnote">3</sup></li>\n'
         '<li><strong>둘(2)</strong>이다</li>\n<li>셋<sup class="footnote">1</sup></li>\n</ol></section>'),
        # What shows nothing.
        ("<p>\n\n글\n\n</p>", "<p>글</p>"),
        ("<br>\n\n글\n\n<br><br>", "<p>글</p>"),
        ("가<br>나<br>", "<p>가<br>나<br></p>"),
        ("하나\n\n<br>\n\n둘", "<p>하나</p>\n<br>\n\n<p>둘</p>"),
        # HTML as GitHub shows it.
        ("<details><summary>열기</summary>\n\n- **글**\n\n$$a$$\n\n</details>",
         "<details><summary>열기</summary>\n\n<ul>\n<li><strong>글</strong></li>\n</ul>\n"
         '<div class="math">\\[a\\]</div>\n</details>'),
        ("<details open><summary>열기</summary>끝나지 않는다",
         '<details open=""><summary>열기</summary>끝나지 않는다\n\n</details>'),
        ("H<sub>2</sub>O<br>x<sup>2</sup> <kbd>Ctrl</kbd> <u>밑줄</u>",
         "<p>H<sub>2</sub>O<br>x<sup>2</sup> <kbd>Ctrl</kbd> <u>밑줄</u></p>"),
        ("<p align='center'><img src='a.png' width='50%' height=10 align=left></p>",
         '<p align="center"><img src="a.png" width="50%" height="10"></p>'),
        ("앞<!-- 숨은 말 -->뒤", "<p>앞뒤</p>"),
        ("<!-- dlcards: ignore M001 -->\n\n글", "<p>글</p>"),
        ("16~32개, 64~128개", "<p>16~32개, 64~128개</p>"),
        ("**16~32**개와 [64~128](u)개, 3~5", '<p><strong>16~32</strong>개와 <a href="u">64~128</a>개, 3~5</p>'),
        ("~취소~와 ~~취소~~", "<p><del>취소</del>와 <del>취소</del></p>"),
        ("1~~2개, 3~~4개", "<p>1~~2개, 3~~4개</p>"),
        ("~~취소(x)~~는 지웠다", "<p><del>취소(x)</del>는 지웠다</p>"),
        ("0~3의 **굵은** `코드`와 7~9", "<p>0~3의 <strong>굵은</strong> <code>코드</code>와 7~9</p>"),
        ("[글][a] [이름]\n\n[a]: https://a.b 'T'\n[이름]: <https://c.d>",
         '<p><a href="https://a.b" title="T">글</a> <a href="https://c.d">이름</a></p>'),
        ("<https://a.b?c&d> <a@b.c>",
         '<p><a href="https://a.b?c&amp;d">https://a.b?c&amp;d</a> <a href="mailto:a@b.c">a@b.c</a></p>'),
        (":smile: ~~지움~~", "<p>:smile: <del>지움</del></p>"),
        ("줄  \n바꿈\\\n또\n이음", "<p>줄<br>\n바꿈<br>\n또\n이음</p>"),
        ("[![글](a.png 'T')](https://a.b)",
         '<p><a href="https://a.b"><img src="a.png" alt="글" title="T"></a></p>'),
        ("```없는언어\na < b\n```", '<pre class="code"><code>a &lt; b</code></pre>'),
        ("    들여 쓴 코드", '<pre class="code"><code>들여 쓴 코드</code></pre>'),
        ("---", "<hr>"),
        ("글\r\n\r\n$$\r\nx\r\n$$\r\n", '<p>글</p>\n<div class="math">\\[x\\]</div>'),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**과적합(overfitting)**은 $$x$$다", r"<strong>과적합(overfitting)</strong>은 \(x\)다"),
        ("글[^1]", "글[^1]"),
        ("`a` <b>b</b> https://a.b", '<code>a</code> <b>b</b> <a href="https://a.b">https://a.b</a>'),
    ],
)
def test_inlines(text: str, html: str) -> None:
    assert inlined(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("값은 $x$를", r"<p>값은 \(x\)|를</p>"),
        ("**굵은** 말", "<p><strong>굵은</strong> 말</p>"),
        ("**굵은**말과 `f`는", "<p><strong>굵은</strong>|말과 <code>f</code>|는</p>"),
        ("망(MLP)을 90%로 한다", "<p>망(MLP)|을 90%|로 한다</p>"),
        ("[문서](https://a.b)에", '<p><a href="https://a.b">문서</a>|에</p>'),
        ("# [a](https://a.b)에", '<h3><a href="https://a.b">a</a>|에</h3>'),
        ("![망(MLP)을](a.png)", '<p><img src="a.png" alt="망(MLP)을"></p>'),
        ("$$\n\\text{(가)나}\n$$", '<div class="math">\\[\\text{(가)나}\\]</div>'),
        ("값 $\\text{(가)나}$ 다", "<p>값 \\(\\text{(가)나}\\) 다</p>"),
        ("```\nf(x)는\n```", '<pre class="code"><code>f(x)는</code></pre>'),
        ("값 (`f(x)`).", "<p>값 (<code>f(x)</code>|).</p>"),
        ("f(x) and", "<p>f(x) and</p>"),
    ],
)
def test_no_line_break_tears_a_particle_off(text: str, html: str) -> None:
    assert field(text).replace(JOINER, "|") == html


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The `state`, **its** (value) and [a link](https://a.b).", "en"),
        ("**过拟合**（overfitting）和`代码`。", "zh"),
        ("In Korean `reference`는 says what is referred to.", "en-US"),
    ],
)
def test_only_cards_in_korean_keep_particles(text: str, language: str) -> None:
    assert JOINER not in field(text, language)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`PATH`는 $HOME/bin:$PATH다", "<p><code>PATH</code>는 $HOME/bin:$PATH다</p>"),
        ("**5$/GB, 6$/GB**", "<p><strong>5$/GB, 6$/GB</strong></p>"),
        ("$HOME/**bin**:$PATH", "<p>$HOME/<strong>bin</strong>:$PATH</p>"),
        ("5$/GB, **6$/GB**", "<p>5$/GB, <strong>6$/GB</strong></p>"),
        (
            "> 값은 5$/GB, **6$/GB**이고\n> `$x$`와 $x$다",
            "<blockquote>\n<p>값은 5$/GB, <strong>6$/GB</strong>이고\n<code>$x$</code>와 \\(x\\)다</p>\n</blockquote>",
        ),
        (
            "- **5$/GB**, [6$/GB](u), *$HOME:$PATH*",
            '<ul>\n<li><strong>5$/GB</strong>, <a href="u">6$/GB</a>, <em>$HOME:$PATH</em></li>\n</ul>',
        ),
        ("5$/GB **(6$/GB)**는 ~~7$/GB~~", "<p>5$/GB <strong>(6$/GB)</strong>는 <del>7$/GB</del></p>"),
        (r"$\\{1\\}$과 $x$", r"<p>\(\{1\}\)과 \(x\)</p>"),
        ("$`x\\\\y`$", "<p>\\(x\\\\y\\)</p>"),
    ],
)
def test_dollars_are_what_they_were_meant_as(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"\\(x\\) and \\[y\\]", r"<p>\|(x\|) and \|[y\|]</p>"),
        (r"**\\(x\\)** [\\[y\\]](b.md)", r'<p><strong>\|(x\|)</strong> <a href="b.md">\|[y\|]</a></p>'),
        (r"&#92;(x&#92;) \\&#91;y\\&#93;", r"<p>\|(x\|) \|[y\|]</p>"),
        (r"\a \\b C:\\", r"<p>\a \b C:\</p>"),
        (r"\&amp; \\+(", r"<p>&amp;amp; \+(</p>"),
        # No more than the formulas that are meant; and MathJax passes over code.
        (r"$x$ `\(x\)`", r"<p>\(x\) <code>\(x\)</code></p>"),
        ("    \\(x\\)", '<pre class="code"><code>\\(x\\)</code></pre>'),
    ],
)
def test_text_that_github_shows_is_no_formula(text: str, html: str) -> None:
    assert field(text).replace("<span></span>", "|") == html


def test_text_goes_the_way_that_its_script_does() -> None:
    text = "ما الناتج `f()`؟\n\n- A: واحد\n\n```js\nf()\n```\n\n<div dir=rtl>كلمة</div>\n"
    assert field(text) == (
        '<div style="text-align: start"><p dir="auto">ما الناتج <code dir="ltr">f()</code>؟</p>\n'
        '<ul dir="auto" style="padding: 0 1.4em">\n<li>A: واحد</li>\n</ul>\n'
        '<pre class="code" dir="ltr"><code dir="ltr"><span class="nx">f</span><span class="p">()</span></code></pre>\n'
        '<div dir="rtl">كلمة</div></div>'
    )
    renderer = FieldRenderer(document(text), "ko", {}, lambda url: url, lambda url: url)
    words = renderer.question(parse(text)[0].children)
    assert words == '<div dir="auto" style="text-align: start">ما الناتج <code dir="ltr">f()</code>؟</div>'


def test_a_question_shows_no_number_of_a_footnote_that_is_not_there(tmp_path: Path) -> None:
    text = question("> 핵심: 요약[^a]이다.\n\n본문[^b][^a]\n\n[^a]: 하나\n[^b]: 둘")
    text = text.replace("질문인가?", "질문[^b]인가?")
    (card, *_) = (
        entry.card for entry in made(tmp_path, text, replace(CONFIG, ignore=("Q",))).identified.cards
    )
    assert card.fields["Question"] == "1번째 질문인가?"
    assert card.fields["Summary"] == "요약이다."
    assert card.fields["Answer"].count('<sup class="footnote">') == 2


def test_the_same_text_gives_the_same_html() -> None:
    """The sanitizer keeps what it adds in a map of random order."""
    text = "- [x] 가\n\n<input checked type=x> <img align=left src=a.png alt=b title=c width=1 height=2>"
    assert len({rendered(text) for _ in range(30)}) == 1


@given(markdownish)
def test_any_text_gives_harmless_html(text: str) -> None:
    html = rendered(text)
    assert not re.search(r"(?i)<script|\[sound:|\[latex|\{\{|\}\}", html)
    # Nothing is lost by mending but marks.
    before, after = (plain_text(nodes) for nodes in (parse(text), [*map(Mender(text).block, parse(text))]))
    assert "".join(after.split()) == "".join(before.split()) or re.sub(r"[\s*_$~]", "", after) == re.sub(
        r"[\s*_$~]", "", before
    )


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("b.md", "https://github.com/owner/name/blob/main/docs/b.md"),
        ("../b.md#%EA%B0%80", "https://github.com/owner/name/blob/main/b.md#%EA%B0%80"),
        ("/b.md?plain=1#x", "https://github.com/owner/name/blob/main/b.md#x"),
        ("<b c.md>", "https://github.com/owner/name/blob/main/docs/b%20c.md"),
        ("#가나", "https://github.com/owner/name/blob/main/docs/a.md#%EA%B0%80%EB%82%98"),
        ("https://a.b/c?d=e&f", "https://a.b/c?d=e&amp;f"),
        ("//a.b/c", "//a.b/c"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("../../b.md", None),
        ("javascript:x", None),
        ("JaVaScRiPt&colon;x", None),
        ("vbscript:x", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("anki:x", None),
    ],
)
def test_where_links_lead(tmp_path: Path, url: str, leads_to: str | None) -> None:
    config = replace(CONFIG, ignore=("L", "M"))
    field = answer(made(tmp_path, question(f"[글]({url})"), config))
    assert field == (f'<p><a href="{leads_to}">글</a></p>' if leads_to else "<p>글</p>")
    if not leads_to or "owner/name" in leads_to:
        without = answer(made(tmp_path, question(f"[글]({url})"), replace(config, repository="")))
        assert without == "<p>글</p>", "without a repository there is nothing to lead to"


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//e.vil></sCrIpT>",
    "<script\n>alert(1)",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=a.png onerror=alert(1)>",
    "<img src=a.png/onerror=alert(1) x='",
    '<img src="a.png" srcset="https://e.vil/x 2x" longdesc="javascript:alert(1)">',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script><style>*{}</style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe src='javascript:alert(1)' srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//e.vil><embed src=//e.vil></object>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input type=image src=x onerror=alert(1)><input type=text autofocus onfocus=alert(1)>",
    "<meta http-equiv=refresh content='0;url=//e.vil'>",
    "<base href='//e.vil/'>",
    "<link rel=stylesheet href=//e.vil>",
    "<style>.card{display:none}</style>",
    "<b style='position:fixed;inset:0;background:url(javascript:alert(1))'>x</b>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#x01;javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=https://a.b target=_blank onclick=alert(1) ping=//e.vil>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "<javascript:alert(1)>",
    "</main></div></body></html>",
    "</details></section><main class='dl-foot dl nightMode'>x",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><select><option>x</select>",
    "<video src=//e.vil autoplay onloadstart=alert(1)></video><audio src=//e.vil></audio>",
    "<xmp><script>alert(1)</script></xmp><plaintext>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php <script>alert(1)</script> ?>",
    "<!-- --!><script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<div id=qa data-x=1 is=x contenteditable slot=x part=x>x</div>",
    "<anki-mathjax block=true>x</anki-mathjax>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script><img src=x onerror=alert(1)>\n```",
    "$</span><script>alert(1)</script>$",
    "$$\n</div><img src=x onerror=alert(1)>\n$$",
    "![<img src=x onerror=alert(1)>](a.png '\"onerror=alert(1) x=\"')",
    '[x](https://a.b "\\" onclick=alert(1)")',
    "| <script>alert(1)</script> |\n|---|\n| <img src=a.png onerror=alert(1)> |",
    '```"><script>alert(1)</script>\nx\n```',
]
ALLOWED = {
    "a", "b", "blockquote", "br", "code", "del", "details", "div", "em", "h3", "hr", "i", "img", "input", "li",
    "ol", "p", "pre", "s", "section", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "u", "ul", "main", "header", "footer", "h1", "h2",
}  # fmt: skip


HARMLESS = {
    "href", "src", "alt", "title", "class", "lang", "id", "align", "width", "height", "checked", "type", "disabled",
    "start", "open", "colspan", "rowspan",
}  # fmt: skip


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_what_could_harm_is_gone_in_anki(tmp_path: Path, learner: Learner) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.png").write_bytes(PNG)
    config = replace(CONFIG, ignore=("L", "M", "I", "Q", "K"))
    # In a question each, so that none can hide behind another's open tag.
    text = "".join(question(f"앞\n\n{hostile}\n\n뒤", str(n)) for n, hostile in enumerate(HOSTILE, start=1))
    seen = set()
    result = made(tmp_path, text, config)
    for entry in result.identified.cards:
        seen.add(int(entry.card.id))
    missing = {n for n in range(1, len(HOSTILE) + 1) if n not in seen}
    reasons = {without.valid.pair.id: without.reason.en for without in result.unmade}
    swallowing = {HOSTILE.index(text) + 1 for text in HOSTILE if text.startswith(("<script\n", "<xmp"))}
    assert missing - {int(number) for number in reasons} <= swallowing | {n + 1 for n in swallowing}
    package = tmp_path / "deck.apkg"
    package.write_bytes(result.package)
    learner.import_(package)
    assert learner.complaints() == []
    for note in learner.notes().values():
        output = note.cards()[0].render_output()
        for side in (output.question_text, output.answer_text):
            assert side.count("<main") == 1
            elements = _Elements()
            elements.feed(side)
            assert {name for name, _ in elements.found} <= ALLOWED, side
            for _, attributes in elements.found:
                assert set(attributes) <= HARMLESS, side
                for name in ("href", "src"):
                    url = attributes.get(name) or "https://"
                    assert re.match(r"https?://|mailto:|dlcards-[0-9a-f]{24}\.png$", url), url


ANKI_MARKUP = [
    "[sound:a.mp3]",
    "[SOUND:a.mp3]",
    "&#91;sound:a.mp3]",
    "&lbrack;sound:a.mp3&rbrack;",
    r"[sound\:a.mp3]",
    "[**sound:**a.mp3]",
    "[sound<!-- x -->:a.mp3]",
    "[<span></span>sound:a.mp3]",
    "[latex]x[/latex]",
    "[LaTeX]x[/LATEX]",
    "[$]x[/$] [$$]y[/$$]",
    r"[\$]x[/\$]",
    "[anki:tts lang=ko_KR]글[/anki:tts]",
    "[anki:play:q:0]",
    "[[type:Question]]",
    "{{Question}}",
    "{{c1::빈칸}}",
    "{{{{x}}}}",
    r"{\{Question}}",
    "{&#123;Question&#125;}",
    "{{#Hint}}x{{/Hint}}",
    "`[sound:a.mp3] {{c1::x}}`",
    "[[sound:a.mp3]](https://a.b)",
    "![[sound:a.mp3]](a.png)",
    '<b title="[sound:a.mp3] {{x}}">글</b>',
    "```\n[sound:a.mp3] {{x}} [latex]y[/latex]\n```",
    "$[latex]x^{{y}}[/latex]$",
]


def test_text_is_no_markup_of_anki(tmp_path: Path, learner: Learner) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.png").write_bytes(PNG)
    config = replace(CONFIG, ignore=("L", "M", "I", "K", "D003", "Q"))
    body = "\n\n".join(ANKI_MARKUP)
    follow = "\n\n#### 꼬리질문\n\n- [sound:a.mp3] 왜 {{c1::x}} [[type:Id]]?\n  - [latex]y[/latex] }}\n"
    text = question(f"> 핵심: **[sound:a.mp3] {{{{c1::x}}}}**와 **가}}}}(나)**다 [$]x[/$].\n\n{body}{follow}")
    text = text.replace("1번째 질문인가?", "질문 [sound:q.mp3] {{Id}} [[type:Id]]?")
    result = made(tmp_path, text, config)
    assert [entry.card.kind for entry in result.identified.cards] == ["question", "cloze", "follow-up"]
    package = tmp_path / "deck.apkg"
    package.write_bytes(result.package)
    learner.import_(package)
    assert learner.complaints() == []
    shown = ""
    for cid in learner.col.find_cards(""):
        output = learner.col.get_card(cid).render_output()
        assert output.question_av_tags == output.answer_av_tags == []
        for side in (output.question_text, output.answer_text):
            assert not re.search(
                r'\[\[type:|class="?latex|\[sound:|\[anki:|\[latex|\[\$|\{\{|\}\}', side, re.I
            )
            shown += strip_html(side).replace(JOINER, "")
    for words in ("[sound:q.mp3] {{Id}} [[type:Id]]", "[LaTeX]x[/LATEX]", "[$]x[/$]", "{{{{x}}}}", "{{Question}}",
                  "[anki:tts lang=ko_KR]글[/anki:tts]", "{{c1::빈칸}}"):  # fmt: skip
        assert words in shown, words


_LINES = st.lists(st.sampled_from([*QUOTE_LINES, "> 자", "```", "<b>차</b>"]), max_size=8)


@given(_LINES)
def test_a_labelled_quote_is_on_its_card_word_for_word(lines: list[str]) -> None:
    text = "".join(f"> {line}\n" for line in ["핵심: 하", *lines])
    (quote,) = parse(text)
    renderer = FieldRenderer(document(text), "ko", {}, lambda url: url, lambda url: url)
    said = "".join(renderer.brief(part) for part in labelled_parts(quote, Config()).values())

    def words(html: str) -> list[str]:
        return sorted(re.sub(r"<[^>]*>|핵심|힌트|\W", "", html))

    assert words(said) == words(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
