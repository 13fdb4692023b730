r"""Words in angle brackets that the page hides: `<mask>`, `List<String>`, `<!DOCTYPE html>`, a `<s>` that nothing ends.

Markdown takes whatever looks like a tag for HTML, and GitHub removes what it does not know: readers see `BERT fills in .`
An element that is never closed (`<s>` for "start of sentence") strikes out all that follows instead, or is not seen.
Cards show such a tag as it is typed.

The fix puts a backslash before it (`\<mask>`), where nothing else on the page changes for that: no heading's anchor, no
emphasis. In a block of HTML write `&lt;mask&gt;`. Backticks (`` `<mask>` ``) do as well, and look better.

Not found: elements of HTML that are closed, that need no end tag (`<br>`, `<p>`, `<li>`), that have attributes, or that
another part of the document closes; drawings (`<svg>…</svg>`), comments, code; tags that GitHub shows as text
(`<title>`, `<textarea>`, `<script>`).

Bad:

    BERT는 <mask> 자리의 말을 앞뒤 문맥으로 맞힌다.

Bad:

    문장은 <s>로 시작하고, 빈자리는 <pad>로 채운다.

Bad:

    자바의 List<String>은 불변 타입 인자를 받는다.

Good:

    BERT는 `<mask>` 자리의 말을 앞뒤 문맥으로 맞힌다. 자바의 List\<String>은 <b>불변</b>이고<br>H<sub>2</sub>O는 물이다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.elements import ELEMENTS, INLINE_BLOCKS, ends_in
from dlcards.document.html import ESCAPED
from dlcards.document.raw_html import Piece, Sight, html_in
from dlcards.document.text import line_of, shown
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Node, Rule, Severity, Span, Text

KO = r"""
페이지에 보이지 않는 꺾쇠 속의 말이다. `<mask>`, `List<String>`, `<!DOCTYPE html>`, 아무것도 닫지 않는 `<s>`가 그렇다.

마크다운은 태그처럼 생긴 것을 모두 HTML로 읽고, GitHub는 모르는 것을 지운다. 읽는 사람에게는 `BERT는  자리의 말을`만 보인다. 닫지 않은 요소(문장의 시작을 뜻하는 `<s>`)는 뒤따르는 글에 모두 취소선을 긋거나 보이지 않는다. 카드에는 적은 그대로 나온다.

`--fix`는 앞에 백슬래시를 넣는다(`\<mask>`). 그 때문에 제목의 앵커나 강조 따위가 달라질 때는 넣지 않는다. HTML 블록 안에서는 `&lt;mask&gt;`로 적는다. 백틱으로 감싸도 되고(`` `<mask>` ``) 그편이 보기 좋다.

찾지 않는 것: 닫힌 HTML 요소, 닫지 않아도 되는 것(`<br>`, `<p>`, `<li>`), 속성이 있거나 문서의 다른 곳에서 닫는 것, 그림(`<svg>…</svg>`), 주석, 코드, GitHub가 글로 보이는 태그(`<title>`, `<textarea>`, `<script>`).
"""


_HOLDS_HTML = INLINE_BLOCKS | {"block_html"}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find what looks like HTML, is none, and so is seen by nobody."""
    if "<" not in document.text:
        return
    ends = ends_in(document.blocks)
    for block in document.nodes():
        if block.kind not in _HOLDS_HTML or "<" not in block.span.of(document.text):
            continue
        for node, pieces in html_in(block, ends):
            at = node.span.start
            for piece in pieces:
                if piece.sight is not Sight.WRITTEN or (piece.tag and piece.tag.name in ESCAPED):
                    continue
                place = _place(document, node, piece, at)
                at = max(at, place.end)
                yield _diagnostic(piece, place, is_inline=node.kind == "inline_html")


def _place(document: Document, node: Node, piece: Piece, after: int) -> Span:
    """Where a piece stands; the node's first line where lines of a container make it differ from the source."""
    start = document.text.find(piece.source, after, node.span.end)
    return Span(start, start + len(piece.source)) if start >= 0 else line_of(document, node)


def _diagnostic(piece: Piece, place: Span, *, is_inline: bool) -> Diagnostic:
    said = shown(piece.source)
    if piece.tag and piece.tag.name in ELEMENTS:
        message = Text(
            f"닫는 것이 없어 글로 보이지 않는 태그: {said}",
            f"nothing closes this tag, so it is hidden: {said}",
        )
    else:
        message = Text(
            f"HTML이 아니어서 페이지에 보이지 않는다: {said}", f"no HTML, so the page hides it: {said}"
        )
    is_whole = is_inline and place.end - place.start == len(piece.source)
    fix = Fix((Edit(Span(place.start, place.start), "\\"),), frozenset({Aspect.WORDS}))
    return Diagnostic(place, message, fix if is_whole else None)


RULE = Rule("M021", "hidden-tag", Severity.WARNING, check, fixable=True)
