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
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import groupby
from typing import NamedTuple

from dlcards.document.headings import headings
from dlcards.document.html import Characters, Tag, tokens
from dlcards.document.text import shown
from dlcards.markdown import parse
from dlcards.markdown.slugs import SLUGS
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Node, Rule, Severity, Span, Text

KO = """
아래의 마크다운을 삼키는 HTML이다. `<details>`, `<summary>…</summary>` 다음 줄에 빈 줄 없이 `**답**`이 온다.

태그로 시작하는 줄은 HTML 블록을 열고, 그 블록은 다음 빈 줄까지 이어진다. 그 안의 마크다운은 읽히지 않는다. 페이지에는 별표, 괄호, 백틱, `---`가 그대로 보이고 코드 울타리는 긴 한 문장이 된다.

`--fix`는 태그와 마크다운 사이에 빈 줄을 넣는다. 다른 것까지 바뀔 때는 넣지 않는다. 마크다운이 끝내 버릴 `<p>`나 링크 안, 코드 울타리가 그 블록 안에서 닫히지 않을 때, 다른 제목의 앵커가 바뀔 때, 뜻하지 않았을 수도 있는 것이 마크다운으로 읽힐 때다. 한 줄에 함께 있으면(`<td>**x**</td>`) HTML 태그로 적거나(`<b>x</b>`) 마크다운을 다른 줄로 옮긴다.

찾지 않는 것: 마크다운이 없는 HTML, 주석, `<pre>`, `<code>`, `<script>`, `<style>`, `<textarea>` 안의 것, 문단 속의 태그, 뜻이 있을 수 있는 기호(`2*3*4`, `__init__`).
"""

# Blocks that end with their own mark, not at a blank line.
_VERBATIM = re.compile(r"<(?:!|\?|(?:script|pre|style|textarea)\b)", re.I)
# Elements whose text is shown as it is.
_LITERAL = frozenset({"script", "pre", "style", "textarea", "code", "kbd", "samp", "svg", "math"})
_LINE_END = re.compile(r"\r\n?|\n|\Z")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})")
_KINDS = frozenset({"strong", "emphasis", "link", "image", "codespan", "inline_math", "block_math", "table"})
_ON_TAG_LINE = frozenset({"strong", "link", "image", "codespan"})
# What says the same whether it is read as markdown or not.
_NEUTRAL = frozenset({
    "text", "softbreak", "paragraph", "block_text", "blank_line", "block_html", "inline_html",
    "list", "list_item", "table_row", "table_cell",
})  # fmt: skip
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
    for number, group in groupby(passages, lambda passage: _block_number(document, passage.html)):
        together = list(group)
        fixes = _fixes(document, context, number, [passage for passage in together if passage.edit])
        for passage in together:
            yield _diagnostic(document, passage.line, fixes.get(passage.line.start))


def _passages(document: Document, node: Node, is_open: set[str]) -> Iterator[_Passage]:
    """The markdown in a block of HTML; ``is_open`` are the elements around it that markdown would end."""
    lines = _lines(document, node)
    at = seen = 0
    while at < len(lines):
        line = lines[at]
        if not at or line.begins_in_html:
            source = [line.prose.strip()]
            if any(_is_markdown(inner, source[0], _ON_TAG_LINE) for inner in _parsed(source)):
                yield _Passage(node, line)
            at += 1
            continue
        end = _chunk_end(lines, at)
        source = _dedented([line.source for line in lines[at:end]])
        if any(_is_markdown(inner, "\n".join(source), _KINDS) for inner in _parsed(source)):
            is_open = _left_open("".join(f"{line.written}\n" for line in lines[seen:at]), is_open)
            seen = at
            written = _dedented([line.written for line in lines[at:end]])
            if not is_open and all(_is_meant(inner, "\n".join(written)) for inner in _parsed(written)):
                lead = Span(line.start, line.span.start).of(document.text).rstrip()
                edit = Edit(Span(line.start, line.start), f"{lead}{document.newline}")
                yield _Passage(node, line, edit)
            else:
                yield _Passage(node, line)
        at = end


def _left_open(html: str, is_open: Iterable[str]) -> set[str]:
    """Which elements are open after ``html`` that markdown may end: ``p`` by any block, ``a`` by a link."""
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
    said = shown(line.span.of(document.text))
    message = Text(
        f"HTML에 이어진 마크다운이라 기호가 그대로 보인다: {said}",
        f"markdown inside of a block of HTML shows its signs: {said}",
    )
    return Diagnostic(line.span, message, fix)


def _fixes(document: Document, context: Context, number: int, passages: Sequence[_Passage]) -> dict[int, Fix]:
    """The fixes of passages in one block of the document, by their lines' places.

    Proved together where that goes, else by halves: a block may hold a thousand.
    """
    if not passages:
        return {}
    if changes := _changes(document, context, number, passages):
        return {passage.line.start: Fix((passage.edit,), changes) for passage in passages if passage.edit}
    if len(passages) == 1:
        return {}
    half = len(passages) // 2
    return {
        **_fixes(document, context, number, passages[:half]),
        **_fixes(document, context, number, passages[half:]),
    }


def _changes(
    document: Document, context: Context, number: int, passages: Sequence[_Passage]
) -> frozenset[Aspect]:
    """What blank lines before ``passages`` change; nothing where that is more than that these are read."""
    before, after = _before_and_after(document, context, number, passages)
    if not all(_is_meant(inner, after.text) for inner in after.inside):
        return frozenset()
    if (before.outside, before.words, before.headings) != (after.outside, after.words, after.headings):
        return frozenset()
    # The anchors of headings farther away are numbered anew only if one of theirs is taken.
    if not after.new_anchors.isdisjoint(heading.slug for heading in document.headings):
        return frozenset()
    changes = {Aspect.WORDS, Aspect.EMPHASIS}
    kinds = {inner.kind for inner in after.inside}
    if kinds & {"link", "image", "codespan", "block_code"}:
        changes.add(Aspect.ADDRESSES)
    if "heading" in kinds:
        changes.add(Aspect.STRUCTURE)
    return frozenset(changes)


class _Reading(NamedTuple):
    """How a part of a document is read that blocks of HTML stand in.

    Attributes:
        text: The part.
        inside: What the blocks are read as.
        outside: What stands around them, comparable before and after an edit in them.
        words: The letters and digits that they show, with the addresses of their links.
        headings: The levels and anchors of the part's headings, without the new ones.
        new_anchors: The anchors of headings of markdown in the blocks.
    """

    text: str
    inside: list[Node]
    outside: list[object]
    words: str
    headings: list[tuple[int, str]]
    new_anchors: frozenset[str]


def _block_number(document: Document, node: Node) -> int:
    """The number of the document's own block that ``node`` is, or stands in."""
    return bisect_right(document.blocks, node.span.start, key=lambda block: block.span.start) - 1


def _before_and_after(
    document: Document, context: Context, number: int, passages: Sequence[_Passage]
) -> tuple[_Reading, _Reading]:
    """How a block of the document and the next one are read without the edits of ``passages`` and with them.

    The next one tells enough: where it begins as before, outside of all containers, so does all that follows.
    """
    text, blocks = document.text, document.blocks
    start, end = blocks[number].span.start, len(text)
    # A formula ends at the next "$$", wherever that is.
    if not any("$$" in passage.html.raw for passage in passages):
        end = next((block.span.end for block in blocks[number + 1 :] if block.kind != "blank_line"), end)
    old: list[Span] = []
    new: list[Span] = []
    parts: list[str] = []
    at = start
    added = 0
    for html, group in groupby(passages, lambda passage: passage.html.span):
        old.append(Span(html.start - start, html.end - start))
        first = old[-1].start + added
        for edit in (passage.edit for passage in group if passage.edit):
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.start
            added += len(edit.text)
        new.append(Span(first, old[-1].end + added))
    mended = "".join([*parts, text[at:end]])
    return _reading(text[start:end], old, context), _reading(mended, new, context)


def _reading(text: str, html: Sequence[Span], context: Context) -> _Reading:
    blocks = parse(text)
    inside: list[Node] = []
    outside: list[object] = []
    words: list[str] = []

    def number(at: int) -> int:
        return bisect_right(html, at, key=lambda span: span.start) - 1

    def is_inside(node: Node) -> bool:
        at = node.span.start
        return number(at) >= 0 and at < html[number(at)].end

    left: list[tuple[Node, tuple[str, ...], bool]] = [(node, (), False) for node in reversed(blocks)]
    while left:
        node, around, is_in_block = left.pop()
        # The blank line may make a list loose: that says nothing else.
        kind = "paragraph" if node.kind == "block_text" else node.kind
        if is_inside(node):
            inside.append(node)
            words += [] if is_in_block else [_words(node, text)]
            is_in_block = True
        elif kind != "blank_line":
            attrs = {name: value for name, value in node.attrs.items() if name not in ("tight", "place")}
            above = number(node.span.start)
            at = node.span.start - (html[above].end if above >= 0 else 0)
            outside.append((around, kind, above, at, node.raw, attrs))
        left += [(child, (*around, kind), is_in_block) for child in reversed(node.children)]
    old: list[tuple[int, str]] = []
    new: list[tuple[int, str]] = []
    for heading in headings(blocks, SLUGS[context.config.anchors]):
        is_new = heading.node.kind == "heading" and is_inside(heading.node)
        (new if is_new else old).append((heading.level, heading.slug))
    shown_words = re.sub(r"\W", "", "".join(words))
    return _Reading(text, inside, outside, shown_words, old, frozenset(slug for _, slug in new))


def _words(node: Node, text: str) -> str:
    """What a node shows, and what it shows where it is not read: an address, a language, a number."""
    if node.kind in ("block_html", "inline_html"):
        return "".join(token.text for token in tokens(node.raw, 0) if isinstance(token, Characters))
    if node.kind in ("block_code", "codespan"):
        # Not token.text: code shows "&lt;" as it is written.
        code = "".join(token.source for token in tokens(node.raw, 0) if isinstance(token, Characters))
        return node.str_attr("info") + code
    words = node.raw + "".join(_words(child, text) for child in node.children)
    if node.kind in ("link", "image"):
        behind = node.children[-1].span.end if node.children else node.span.start
        return words + unescape(text[behind : node.span.end])
    if node.kind == "list_item":
        end = node.children[0].span.start if node.children else node.span.end
        return text[node.span.start : end] + words
    return words


def _is_meant(node: Node, source: str) -> bool:
    """Whether what a node is read as is what its author meant by it, as far as one can tell."""
    if node.kind == "block_code":
        return bool(node.attrs.get("closed")) and not _closes_more(node.raw)
    if node.kind == "strikethrough":
        return node.span.of(source).startswith("~~")
    return node.kind in _NEUTRAL or _is_markdown(node, source, _KINDS)


def _closes_more(code: str) -> bool:
    """Whether code ends elements that it does not begin: it goes on to a fence that is not its own."""
    is_open: list[str] = []
    for token in tokens(code, 0):
        if isinstance(token, Tag) and token.closes:
            if token.name not in is_open:
                return True
            is_open.remove(token.name)
        elif isinstance(token, Tag):
            is_open.append(token.name)
    return False


RULE = Rule("M020", "swallowed-markdown", Severity.WARNING, check, fixable=True)
