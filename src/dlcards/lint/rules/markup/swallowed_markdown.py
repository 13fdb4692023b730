"""HTML that swallows the markdown below it: `<details>`, `<summary>…</summary>`, then `**답**` without a blank line.

A line that begins with a tag begins a block of HTML, and that goes on up to the next blank line. Markdown inside it is
not read: the page shows asterisks, brackets, backticks and `---` as they are, and a code fence as one long sentence.

The fix puts a blank line between the tags and the markdown. There is none where the markdown is indented so far that it
would be code. Where both stand on one line (`<td>**x**</td>`), write the tag of HTML instead (`<b>x</b>`), or give the
markdown lines of its own.

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
from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.text import TAG, shown
from dlcards.markdown import parse
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Node, Rule, Severity, Span, Text

KO = """
아래의 마크다운을 삼키는 HTML이다. `<details>`, `<summary>…</summary>` 다음 줄에 빈 줄 없이 `**답**`이 온다.

태그로 시작하는 줄은 HTML 블록을 열고, 그 블록은 다음 빈 줄까지 이어진다. 그 안의 마크다운은 읽히지 않는다. 페이지에는 별표, 괄호, 백틱, `---`가 그대로 보이고 코드 울타리는 긴 한 문장이 된다.

`--fix`는 태그와 마크다운 사이에 빈 줄을 넣는다. 너무 들여 써서 코드가 될 때는 넣지 않는다. 한 줄에 함께 있으면(`<td>**x**</td>`) HTML 태그로 적거나(`<b>x</b>`) 마크다운을 다른 줄로 옮긴다.

찾지 않는 것: 마크다운이 없는 HTML, 주석, `<pre>`, `<code>`, `<script>`, `<style>`, `<textarea>` 안의 것, 문단 속의 태그, 뜻이 있을 수 있는 기호(`2*3*4`, `__init__`).
"""

# Blocks that end with their own mark, not at a blank line, and what is shown as it is.
_VERBATIM = re.compile(r"<(?:!|\?|(?:script|pre|style|textarea)\b)", re.I)
_LITERAL = re.compile(
    r"<(?P<tag>script|pre|style|textarea|code|kbd|samp|svg|math)\b[^<>]*>.*?(?:</(?P=tag)\s*>|\Z)",
    re.I | re.S,
)
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})")
_KINDS = frozenset({"strong", "emphasis", "link", "image", "codespan", "inline_math", "block_math", "table"})
_ON_TAG_LINE = frozenset({"strong", "link", "image", "codespan"})


class _Line(NamedTuple):
    span: Span  # without the marks of quotes around it, and without its line end
    prose: str  # what of it is no HTML, tags blanked out
    begins_with_tag: bool


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find blocks of HTML with markdown in them."""
    for node in document.nodes():
        if node.kind == "block_html" and not _VERBATIM.match(node.raw.lstrip()):
            yield from _check_block(document, node)


def _check_block(document: Document, node: Node) -> Iterator[Diagnostic]:
    lines = _lines(document, node)
    at = 0
    while at < len(lines):
        line = lines[at]
        if not at or line.begins_with_tag:
            source = [line.prose.strip()]
            if any(_is_markdown(inner, source[0], _ON_TAG_LINE) for inner in _parsed(source)):
                yield _diagnostic(document, line)
            at += 1
            continue
        end = _chunk_end(lines, at)
        chunk = lines[at:end]
        source = _dedented([line.span.of(document.text) for line in chunk])
        found = [inner for inner in _parsed(source) if _is_markdown(inner, "\n".join(source), _KINDS)]
        if found and any(line.prose.strip() for line in chunk):
            yield _diagnostic(document, line, _fix(document, node, line, found))
        at = end


def _lines(document: Document, node: Node) -> list[_Line]:
    """The lines of a block of HTML."""
    text = document.text
    blanked = _blank(_blank(node.span.of(text), _LITERAL), TAG)
    first = document.line_span(node.span.start)
    # The first line's marks stand before the block, those of the others within its span.
    quotes = Span(first.start, node.span.start).of(text).count(">")
    lead = re.compile(rf"(?:[ \t]*>[ \t]?){{0,{quotes}}}")
    lines: list[_Line] = []
    at = node.span.start
    while at < node.span.end:
        line = document.line_span(at)
        marks = lead.match(text, at, line.end) if lines else None
        span = Span(marks.end() if marks else at, min(line.end, node.span.end))
        prose = blanked[span.start - node.span.start : span.end - node.span.start]
        lines.append(_Line(span, prose, span.of(text).lstrip().startswith("<")))
        at = text.find("\n", line.end) + 1 or len(text)
    while lines and not lines[-1].span.of(text).strip():
        lines.pop()
    return lines


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _chunk_end(lines: list[_Line], at: int) -> int:
    """Where the lines end that stand between tags: before the next line that begins with one, fences whole."""
    fence = ""
    for end in range(at, len(lines)):
        mark = _FENCE.match(lines[end].prose)
        if fence:
            if mark and mark["mark"].startswith(fence):
                fence = ""
        elif lines[end].begins_with_tag:
            return end
        elif mark:
            fence = mark["mark"]
    return len(lines)


def _dedented(lines: list[str]) -> list[str]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[indent:] for line in lines]


def _parsed(lines: list[str]) -> list[Node]:
    return [node for block in parse("\n".join(lines)) for node in block.walk()]


def _is_markdown(node: Node, source: str, kinds: frozenset[str]) -> bool:
    """Whether a node is markup that shows as signs where it is not read."""
    written = node.span.of(source)
    if node.kind == "heading":
        return kinds is _KINDS and node.str_attr("style") != "setext"
    if node.kind in ("thematic_break", "block_quote"):
        return kinds is _KINDS
    if node.kind == "block_code":
        return kinds is _KINDS and bool(node.str_attr("marker"))
    if node.kind == "list":
        return kinds is _KINDS and len(node.children) > 1
    if node.kind not in kinds:
        return False
    if node.kind in ("strong", "emphasis"):
        before = source[node.span.start - 1 : node.span.start]
        return written.startswith("*") and (node.kind == "strong" or not before.isalnum())
    if node.kind == "link":
        return written.startswith("[")
    if node.kind in ("inline_math", "block_math"):
        return bool(re.search(r"[A-Za-z\\]", node.raw))
    return True


def _diagnostic(document: Document, line: _Line, fix: Fix | None = None) -> Diagnostic:
    written = line.span.of(document.text)
    span = Span(line.span.start + len(written) - len(written.lstrip()), line.span.end)
    said = shown(written)
    message = Text(
        f"HTML에 이어진 마크다운이라 기호가 그대로 보인다: {said}",
        f"markdown inside of a block of HTML shows its signs: {said}",
    )
    return Diagnostic(span, message, fix)


def _fix(document: Document, node: Node, line: _Line, found: list[Node]) -> Fix | None:
    """A blank line before the markdown; None where its indent would make code of it."""
    text = document.text
    start = document.line_span(line.span.start).start
    lead = Span(start, line.span.start).of(text)
    written = line.span.of(text)
    column = node.span.start - document.line_span(node.span.start).start - len(lead)
    indent = len(written) - len(written.lstrip(" \t"))
    if "\t" in written[:indent] or indent - max(column, 0) > 3:
        return None
    changes = {Aspect.WORDS, Aspect.EMPHASIS}
    kinds = {inner.kind for inner in found}
    if kinds & {"link", "image"}:
        changes.add(Aspect.ADDRESSES)
    if "heading" in kinds:
        changes.add(Aspect.STRUCTURE)
    if "block_code" in kinds:
        # Blank lines in code end the HTML: what follows is read anew as well.
        changes = set(Aspect)
    return Fix((Edit(Span(start, start), f"{lead.rstrip()}{document.newline}"),), frozenset(changes))


RULE = Rule("M020", "swallowed-markdown", Severity.WARNING, check, fixable=True)
