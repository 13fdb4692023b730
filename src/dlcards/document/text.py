"""What several rules need to know of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from dlcards.document.once import once
from dlcards.model import Document, Node, Span, lazy_compile

TAG = lazy_compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
_NO_LINE_END = lazy_compile(r"[^\n]")
_HOLD_INLINES = frozenset({
    "paragraph", "block_text", "heading", "table_cell",
    "emphasis", "strong", "link", "strikethrough", "image",
})  # fmt: skip
_HANGUL = lazy_compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
# Inlines whose characters are not prose.
OPAQUE = frozenset({"codespan", "inline_math", "block_math", "inline_html", "link", "image", "footnote_ref"})


def block_text(block: Node, code: str | None = None) -> str:
    """The words of a block and of all blocks in it, without markup.

    Args:
        block: The block.
        code: What stands for each piece of code and math; themselves when None.
    """
    if code is not None and block.kind in ("codespan", "block_code", "inline_math", "block_math"):
        return code
    if block.kind in ("block_html", "inline_html"):
        return TAG.sub(" ", block.raw)
    if block.raw:
        return block.raw
    separator = "" if _holds_inlines(block) else "\n"
    return separator.join(block_text(child, code) for child in block.children)


def blocks_in(blocks: Sequence[Node]) -> Iterator[Node]:
    """Some blocks and all blocks in them, in order, rows and cells of tables among them; no inlines."""
    left = [*reversed(blocks)]
    while left:
        block = left.pop()
        yield block
        if not _holds_inlines(block):
            left += block.children[::-1]


@once
def inline_blocks(document: Document) -> Sequence[Node]:
    """The blocks that hold inlines: paragraphs, headings, table cells, in document order."""
    return [node for node in document.nodes() if node.children and _holds_inlines(node)]


def masked(block: Node, text: str, opaque: Iterable[str] = OPAQUE, *, escapes: bool = True) -> str:
    """The source of a block with everything that is no prose blanked out.

    Args:
        block: A block that holds inlines.
        text: The document's text.
        opaque: The kinds of inlines to blank out.
        escapes: Whether to blank out escaped characters and entities, too.

    Returns:
        As many characters as the block's span has, so that an index into the result plus the
        span's start is a place in the document. Blanked characters are NUL, line ends stay.
    """
    start, source = block.span.start, block.span.of(text)
    kinds = opaque if isinstance(opaque, frozenset) else frozenset(opaque)
    blanked: list[Span] = []
    left = list(block.children)
    while left:
        kind, span, children, raw, _ = left.pop()
        if kind in kinds or (escapes and kind == "text" and len(raw) != span.end - span.start):
            blanked.append(span)
        elif children:
            left += children
    if not blanked:
        return source
    parts, at = [], 0
    for span in reversed(blanked):
        parts.append(source[at : span.start - start])
        at = span.end - start
        parts.append(_blanked(source[span.start - start : at]))
    return "".join([*parts, source[at:]])


def _blanked(source: str) -> str:
    return _NO_LINE_END.sub("\0", source) if "\n" in source else "\0" * len(source)


def is_hangul(character: str) -> bool:
    """Whether a character is Hangul: a syllable or a letter, also a decomposed one."""
    return bool(_HANGUL.match(character))


def is_cjk(character: str) -> bool:
    """Whether a character is of a script whose words stand side by side without blanks, or of Hangul."""
    return (
        is_hangul(character)
        or character in "々〇"
        or "\u3041" <= character <= "\u30ff"  # kana
        or "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def has_cjk(text: str) -> bool:
    """Whether any character of ``text`` is Hangul, kana or a Chinese character."""
    return not text.isascii() and any(map(is_cjk, text))


def has_hangul(text: str) -> bool:
    """Whether any character of ``text`` is Hangul."""
    return not text.isascii() and bool(_HANGUL.search(text))


def shown(text: str, limit: int = 40) -> str:
    """``text`` on one line and not too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def fold(text: str) -> str:
    """``text`` for comparison: composed Unicode form, no letter case, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def line_of(document: Document, node: Node) -> Span:
    """The first line of a block, without its line end."""
    line = document.line_span(node.span.start)
    return Span(node.span.start, max(line.end, node.span.start))


def _holds_inlines(node: Node) -> bool:
    return node.kind in _HOLD_INLINES
