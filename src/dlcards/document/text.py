"""What several rules need to know of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from dlcards.markdown import plain_text
from dlcards.model import Config, Document, Node, Pair, Span

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
_SUMMARY = re.compile(r"<summary\b[^>]*>[^<]*(?:<(?!/summary)[^<]*)*</summary>", re.I)
_SHOWS_SOMETHING = re.compile(r"<(?:img|video|audio|picture|svg|iframe|table|input)\b", re.I)
# Inlines whose characters are not prose.
OPAQUE = frozenset({"codespan", "inline_math", "block_math", "inline_html", "link", "image", "footnote_ref"})
_NAVIGATION = re.compile(
    r"(?i)^\W*(?:(?:back|go)?\s*(?:to)?\s*(?:the)?\s*(?:top|home|contents|table of contents)"
    r"|맨\s*위로?|위로|목차로?|처음으로|뒤로)\W*$"
)


def substance(pair: Pair, config: Config) -> list[Node]:
    """The blocks of an answer that say something.

    Blank lines, rules, ``<br>``, comments, definitions, lines that only lead back to the top and
    lines that only announce an answer (``Answer:``) do not.
    """
    blocks = [block for block in pair.body if not _is_filler(block, config)]
    if pair.summary:
        blocks = [*pair.summary, *blocks]
    return blocks


def block_text(block: Node, code: str | None = None) -> str:
    """The words of a block and of all blocks in it, without markup.

    Args:
        block: The block.
        code: What stands for each piece of code and math; themselves when None.
    """
    if code is not None and block.kind in ("codespan", "block_code", "inline_math", "block_math"):
        return code
    if block.kind in ("block_html", "inline_html"):
        return _TAG.sub(" ", block.raw)
    if block.raw:
        return block.raw
    separator = "" if _holds_inlines(block) else "\n"
    return separator.join(block_text(child, code) for child in block.children)


def inline_blocks(document: Document) -> Iterator[Node]:
    """The blocks that hold inlines: paragraphs, headings, table cells, in document order."""
    for node in document.nodes():
        if node.children and _holds_inlines(node):
            yield node


def masked(block: Node, text: str, opaque: Iterable[str] = OPAQUE) -> str:
    """The source of a block with everything that is no prose blanked out.

    Args:
        block: A block that holds inlines.
        text: The document's text.
        opaque: The kinds of inlines to blank out; escaped characters always are.

    Returns:
        As many characters as the block's span has, so that an index into the result plus the
        span's start is a place in the document. Blanked characters are NUL, line ends stay.
    """
    start, source = block.span.start, list(block.span.of(text))
    kinds = frozenset(opaque)
    stack = list(block.children)
    while stack:
        node = stack.pop()
        if node.kind in kinds or (node.kind == "text" and len(node.raw) != node.span.end - node.span.start):
            for index in range(node.span.start - start, node.span.end - start):
                if source[index] != "\n":
                    source[index] = "\0"
        else:
            stack += node.children
    return "".join(source)


def is_hangul(character: str) -> bool:
    """Whether a character is Hangul: a syllable or a letter, also a decomposed one."""
    return (
        "\uac00" <= character <= "\ud7a3"
        or "\u1100" <= character <= "\u11ff"
        or "\u3131" <= character <= "\u318e"
    )


def has_hangul(text: str) -> bool:
    """Whether any character of ``text`` is Hangul."""
    return any(map(is_hangul, text))


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
    return node.kind in (
        "paragraph",
        "block_text",
        "heading",
        "table_cell",
        "emphasis",
        "strong",
        "link",
        "strikethrough",
        "image",
    )


def _is_filler(block: Node, config: Config) -> bool:
    if block.kind in ("blank_line", "thematic_break", "definition", "footnote_definition"):
        return True
    if block.kind == "block_html":
        # What a <summary> says only announces what unfolds below it.
        words = _TAG.sub(" ", _SUMMARY.sub(" ", block.raw))
        return not _SHOWS_SOMETHING.search(block.raw) and _is_label(words, config)
    if any(
        node.kind in ("image", "codespan", "inline_math", "block_math", "block_code") for node in block.walk()
    ):
        return False
    if any(_SHOWS_SOMETHING.search(node.raw) for node in block.walk() if node.kind.endswith("_html")):
        return False
    words = plain_text(block.children) if block.kind == "paragraph" else block_text(block)
    return _is_label(words, config) or bool(_NAVIGATION.match(words))


def _is_label(words: str, config: Config) -> bool:
    """Whether ``words`` are none at all, or only announce an answer."""
    said = fold(words).strip(" :：.-*")
    return not said or (len(said) < 40 and said in map(fold, config.answer_labels))
