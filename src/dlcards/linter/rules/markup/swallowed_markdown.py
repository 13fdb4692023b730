"""HTML that swallows the markdown below it: `<details>`, `<summary>…</summary>`, then `**답**` without a blank line.

A line that begins with a tag begins a block of HTML, and that goes on up to the next blank line. Markdown inside it is
not read: the page shows asterisks, brackets, backticks and `---` as they are, and a code fence as one long sentence.

The fix puts a blank line between the tags and the markdown. There is none where that would change more: inside a `<p>`
or a link, which the markdown would end, where a code fence is not closed within the block, where another heading would get
another anchor, and where something would be read as markdown that may not be meant. Where both stand on one line
(`<td>**x**</td>`), write the tag of HTML instead (`<b>x</b>`), or give the markdown lines of its own.

Not found: HTML without markdown in it, comments, what stands in `<pre>`, `<code>`, `<script>`, `<style>` and
`<textarea>`, tags within a paragraph, and marks that may be meant (`2*3*4`, `__init__`).

Bad:

    <details>
    <summary>답</summary>
    **과적합**은 학습 데이터만 외운 상태다.
    </details>

Bad:

    첫 문단.

    <br>
    [다음 글](#다음)

    ## 다음

    둘째 문단.

Good:

    <details>
    <summary>답</summary>

    **과적합**은 학습 데이터만 외운 상태다.
    </details>

    <p align="center">
      <b>과적합</b>은 <code>**</code> 없이 굵다.
    </p>
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from dlcards.document.html import Characters, Tag, tokens
from dlcards.document.text import shown
from dlcards.linter.rules.markup.swallowed_markdown_proof import (
    KINDS,
    Insertion,
    block_number,
    is_markdown,
    is_meant,
    proven,
)
from dlcards.markdown import parse
from dlcards.model import (
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
아래의 마크다운을 삼키는 HTML이다. `<details>`, `<summary>…</summary>` 다음 줄에 빈 줄 없이 `**답**`이 온다.

태그로 시작하는 줄은 HTML 블록을 열고, 그 블록은 다음 빈 줄까지 이어진다. 그 안의 마크다운은 읽히지 않는다. 페이지에는 별표, 괄호, 백틱, `---`가 그대로 보이고 코드 울타리는 긴 한 문장이 된다.

`--fix`는 태그와 마크다운 사이에 빈 줄을 넣는다. 다른 것까지 바뀔 때는 넣지 않는다. 마크다운이 끝내 버릴 `<p>`나 링크 안, 코드 울타리가 그 블록 안에서 닫히지 않을 때, 다른 제목의 앵커가 바뀔 때, 뜻하지 않았을 수도 있는 것이 마크다운으로 읽힐 때다. 한 줄에 함께 있으면(`<td>**x**</td>`) HTML 태그로 적거나(`<b>x</b>`) 마크다운을 다른 줄로 옮긴다.

찾지 않는 것: 마크다운이 없는 HTML, 주석, `<pre>`, `<code>`, `<script>`, `<style>`, `<textarea>` 안의 것, 문단 속의 태그, 뜻이 있을 수 있는 기호(`2*3*4`, `__init__`).
"""

# Blocks that end with their own mark, not at a blank line.
_VERBATIM = lazy_compile(r"<(?:!|\?|(?:script|pre|style|textarea)\b)", re.I)
# Elements whose text is shown as it is.
_LITERAL = frozenset({"script", "pre", "style", "textarea", "code", "kbd", "samp", "svg", "math"})
_OPENS_OR_CLOSES = lazy_compile(r"</?[ap](?:[\t\n\f\r />]|\Z)", re.I)
_LINE_END = lazy_compile(r"\r\n?|\n|\Z")
_FENCE = lazy_compile(r"[ \t]*(?P<mark>`{3,}|~{3,})")
# Signs that whatever counts as markdown has: anywhere, or at the start of a line.
_MAY_BE_MARKDOWN = lazy_compile(r"[*\[`$|]|^[ \t]*(?:[#>+~_:-]|\d{1,9}[.)])", re.M)
_SIGNS_ON_TAG_LINE = ("**", "[", "`")
_ON_TAG_LINE = frozenset({"strong", "link", "image", "codespan"})
# Blocks whose element ends a <p> that is open.
_ENDS_P = frozenset({
    "paragraph", "heading", "thematic_break", "block_quote", "list", "table", "block_code"
})  # fmt: skip


class _Line(NamedTuple):
    start: int  # in the document, with the marks of quotes around it
    span: Span  # without those and its indent
    written: str  # without the marks of containers
    source: str  # that with comments and literal text blanked out
    prose: str  # that with tags blanked out, too
    begins_in_html: bool  # its first character is part of a tag or comment, or literal


class _Passage(NamedTuple):
    """Markdown in a block of HTML: its first line, and the blank line before it where that may mend it."""

    html: Node
    line: _Line
    edit: Edit | None = None


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find blocks of HTML with markdown in them."""
    passages: list[_Passage] = []
    is_open: set[str] = set()
    for node in document.nodes():
        if node.kind == "block_html" and not _VERBATIM.match(node.raw.lstrip()):
            passages += _passages(document, node, is_open)
        if node.kind in _ENDS_P:
            is_open.discard("p")
        elif node.kind in ("block_html", "inline_html"):
            is_open = _left_open(node.raw, is_open)
    for number, group in groupby(passages, lambda passage: block_number(document, passage.html)):
        together = list(group)
        insertions = [Insertion(passage.html, passage.edit) for passage in together if passage.edit]
        fixes = proven(document, context, number, insertions)
        for passage in together:
            yield _diagnostic(document, passage.line, fixes.get(passage.line.start))


def _passages(document: Document, node: Node, is_open: set[str]) -> Iterator[_Passage]:
    """The markdown in a block of HTML; ``is_open`` are the elements around it that markdown would end."""
    if not _MAY_BE_MARKDOWN.search(node.raw):
        return
    lines = _lines(document, node)
    at = seen = 0
    while at < len(lines):
        line = lines[at]
        if not at or line.begins_in_html:
            source = [line.prose.strip()]
            may_be = any(sign in source[0] for sign in _SIGNS_ON_TAG_LINE)
            if may_be and any(is_markdown(inner, source[0], _ON_TAG_LINE) for inner in _parsed(source)):
                yield _Passage(node, line)
            at += 1
            continue
        end = _chunk_end(lines, at)
        source = _dedented([line.source for line in lines[at:end]])
        if _holds_markdown(source):
            is_open = _left_open("".join(f"{line.written}\n" for line in lines[seen:at]), is_open)
            seen = at
            written = _dedented([line.written for line in lines[at:end]])
            if not is_open and all(is_meant(inner, "\n".join(written)) for inner in _parsed(written)):
                lead = Span(line.start, line.span.start).of(document.text).rstrip()
                edit = Edit(Span(line.start, line.start), f"{lead}{document.newline}")
                yield _Passage(node, line, edit)
            else:
                yield _Passage(node, line)
        at = end


def _holds_markdown(lines: list[str]) -> bool:
    source = "\n".join(lines)
    if not _MAY_BE_MARKDOWN.search(source):
        return False
    return any(is_markdown(node, source, KINDS) for node in _parsed(lines))


def _left_open(html: str, is_open: Iterable[str]) -> set[str]:
    """Which elements are open after ``html`` that markdown may end: ``p`` by any block, ``a`` by a link."""
    if not _OPENS_OR_CLOSES.search(html):
        return set(is_open)
    left = set(is_open)
    for token in tokens(html, 0):
        if isinstance(token, Tag) and token.name in ("p", "a"):
            if token.closes:
                left.discard(token.name)
            elif token.name == "p" or "href" in token.attributes:
                left.add(token.name)
    return left


def _lines(document: Document, node: Node) -> list[_Line]:
    """The lines of a block of HTML."""
    raw, text = node.raw, document.text
    words: list[Span] = []
    tags: list[Span] = []
    literal = ""
    for token in tokens(raw, 0):
        if isinstance(token, Characters):
            words += [] if literal else [token.span]
            continue
        tags.append(token.span)
        if not literal and not token.closes and token.name in _LITERAL:
            literal = token.name
        elif token.closes and token.name == literal:
            literal = ""
    prose, source = _only(raw, words).split("\n"), _only(raw, words + tags).split("\n")
    lines: list[_Line] = []
    at = node.span.start
    for number, written in enumerate(raw.split("\n")[:-1]):
        line_end = _LINE_END.search(text, at)
        assert line_end is not None
        content = written.lstrip(" \t")
        span = Span(line_end.start() - len(content), line_end.start())
        indent = len(written) - len(content)
        begins_in_html = prose[number][indent : indent + 1] != content[:1]
        lines.append(_Line(at, span, written, source[number], prose[number], begins_in_html))
        at = line_end.end()
    return lines


def _only(raw: str, kept: Iterable[Span]) -> str:
    """``raw`` with everything but the spans ``kept`` blanked out."""
    characters = ["\n" if character == "\n" else " " for character in raw]
    for span in kept:
        characters[span.start : span.end] = span.of(raw)
    return "".join(characters)


def _chunk_end(lines: list[_Line], at: int) -> int:
    """Where the lines end that stand between tags: before the next line that begins with one, fences whole."""
    fence = ""
    for end in range(at, len(lines)):
        mark = _FENCE.match(lines[end].written)
        if fence:
            if mark and mark["mark"].startswith(fence):
                fence = ""
        elif lines[end].begins_in_html:
            return end
        elif mark:
            fence = mark["mark"]
    return len(lines)


def _dedented(lines: list[str]) -> list[str]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[indent:] for line in lines]


def _parsed(lines: list[str]) -> list[Node]:
    return [node for block in parse("\n".join(lines)) for node in block.walk()]


def _diagnostic(document: Document, line: _Line, fix: Fix | None = None) -> Diagnostic:
    said = shown(line.span.of(document.text))
    message = Text(
        f"HTML에 이어진 마크다운이라 기호가 그대로 보인다: {said}",
        f"markdown inside of a block of HTML shows its signs: {said}",
    )
    return Diagnostic(line.span, message, fix)


RULE = Rule("M020", "swallowed-markdown", Severity.WARNING, check, fixable=True)
