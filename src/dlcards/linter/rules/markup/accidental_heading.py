"""A line of `---` right under a paragraph turns the paragraph into a heading.

Meant as a rule between two sections, it makes the last sentence of an answer big and bold, and gives
the page an anchor nobody asked for.

Front matter that is not YAML ends in such a line, too: nothing reads its title.

The fix puts a blank line before the `---`, save below front matter, which its author has to mend.

Not found: documents that write their headings this way throughout; a short line that is no sentence, with its text
below it (`Index` above a list), which is a title.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.
    ---

    ## #2

    #### What is a layer?

    A function with parameters.

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ---

    ## #2

    #### What is a layer?

    A function with parameters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from dlcards.document.text import line_of, shown
from dlcards.markdown import plain_text
from dlcards.model import (
    Aspect,
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
문단 바로 아래의 `---` 때문에 문단이 제목이 된다.

절 사이의 가로줄로 쓴 것이 답의 마지막 문장을 크고 굵게 만들고, 아무도 바라지 않은 앵커까지 만든다.

YAML이 아닌 front matter도 이런 줄로 끝난다. 아무것도 그 제목을 읽지 못한다.

`--fix`는 `---` 앞에 빈 줄을 넣는다. front matter는 쓴 사람이 고쳐야 한다.

찾지 않는 것: 제목을 모두 이런 식으로 쓰는 문서, 문장이 아닌 짧은 한 줄 아래에 글이 이어지는 것(목록 위의 `목차`). 그런 줄은 제목이다.
"""


_LONGEST_TITLE = 40
_FENCE = lazy_compile(r"---[ \t]*(?:\r\n|\n)")
_KEY = lazy_compile(r"[\w-]+:(?:[ \t]|\r?\n)")
_NO_YAML = Text(
    "파일 머리의 front matter가 YAML이 아니다. `: `이 든 값은 따옴표로 감싼다",
    "the front matter is not YAML; a value that holds `: ` needs quotes around it",
)
_SENTENCE = lazy_compile(r"[.!,;。！，；…]\W*$|(?:[가-힣]다|요|음|함|됨|임)\W*$")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find headings made by ``---`` in documents that write headings with ``#``."""
    nodes = [heading.node for heading in document.headings]
    underlined = [node for node in nodes if node.attrs.get("style") == "setext" and node.attrs["level"] == 2]
    if 2 * len(underlined) > len(nodes):
        return
    for node in underlined:
        words = plain_text(node.children)
        if _is_front_matter(document, node):
            yield Diagnostic(line_of(document, node), _NO_YAML)
            continue
        if _is_title(document, node, words):
            continue
        message = Text(
            f'"---" 때문에 문단이 제목이 되었다: "{shown(words)}"',
            f'"---" turns a paragraph into a heading: "{shown(words)}"',
        )
        last = document.line_span(node.span.end - 1)
        newline = "\r\n" if document.text[last.start - 2 : last.start] == "\r\n" else "\n"
        # Inside a quote or a list the blank line needs the container's marks.
        fix = None
        if node in document.blocks:
            fix = Fix((Edit(Span(last.start, last.start), newline),), frozenset({Aspect.STRUCTURE}))
        yield Diagnostic(line_of(document, node), message, fix)


def _is_front_matter(document: Document, node: Node) -> bool:
    """Whether a paragraph between the first line of a file and this heading's was meant as front matter.

    A blank line before the closing ``---`` would mend nothing, and hide it from programs that read it.
    """
    text, first = document.text, document.blocks[0]
    opening = text[: node.span.start].strip("\ufeff")
    return first.kind == "thematic_break" and bool(
        _FENCE.fullmatch(opening) and _KEY.match(node.span.of(text))
    )


def _is_title(document: Document, node: Node, words: str) -> bool:
    """Whether an underlined paragraph was meant as a heading: a few words with the text that they head below."""
    is_one_line = all(inner.kind not in ("softbreak", "linebreak", "image") for inner in node.walk())
    if not is_one_line or len(words) > _LONGEST_TITLE or _SENTENCE.search(words):
        return False
    at = bisect_right([block.span.start for block in document.blocks], node.span.start)
    below = next((block for block in document.blocks[at:] if block.kind != "blank_line"), None)
    if below is None or below.kind in ("heading", "thematic_break"):
        return False  # it ends what stands above it
    return all(pair.span.start != below.span.start for pair in document.pairs)


RULE = Rule("M005", "accidental-heading", Severity.ERROR, check, fixable=True)
