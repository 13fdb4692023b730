"""The native layout: ``## #12-1`` anchors a section, the heading below it is the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlcards.document.layouts.parts import Section, part_name
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Config, Node, lazy_compile

_ANCHOR = lazy_compile(r"#(\d+(?:-\d+)*)")
# An anchor as people mistype it: a blank after the sharp, a full-width sharp, no sharp, no blank
# between the sharps, a no-break space, another dash.
_SHARPS = "#\uff03"
_LOOSE_ID = r"(?P<id>\d+(?:\s*[-\u2010-\u2015\u2212_.]\s*\d+)*)"
_LOOSE_ANCHOR = lazy_compile(rf"[{_SHARPS}]?\s*{_LOOSE_ID}")
_LOOSE_LINE = lazy_compile(rf"\s*[{_SHARPS}]{{2,7}}\s*[{_SHARPS}]?\s*{_LOOSE_ID}\s*")


def find(source: Source) -> Found:
    """The questions, with answers, references and follow-ups.

    A section whose anchor is mistyped is a pair, too, marked ``malformed``: it must be reported,
    not lost. A document without a single well-formed anchor has no pairs.
    """
    blocks = source.blocks
    levels = {block.attrs["level"] for block in blocks if _anchor_id(block)}
    if not levels:
        return Found()
    starts = []
    for index, block in enumerate(blocks):
        if anchor_id := _anchor_id(block):
            starts.append((index, anchor_id, False))
        elif anchor_id := _malformed_id(block, levels, source.text):
            starts.append((index, anchor_id, True))
    sections = []
    for (index, anchor_id, malformed), following in zip(starts, [*starts[1:], None], strict=True):
        end = following[0] if following else _section_end(blocks, index, levels)
        inside = blocks[index:end]
        slug = source.slugs.get(id(inside[0]), "")
        sections.append(_section(inside, anchor_id, malformed, slug, source.config))
    return Found(tuple(sections), 1.0, len(sections), certain=True)


def _anchor_id(block: Node) -> str:
    match = _ANCHOR.fullmatch(plain_text(block.children).strip()) if block.kind == "heading" else None
    return match.group(1) if match else ""


def _malformed_id(block: Node, levels: set[object], text: str) -> str:
    """The id that a mistyped anchor means, empty where the block is none."""
    if block.kind == "heading":
        if block.attrs["level"] not in levels:
            return ""
        match = _LOOSE_ANCHOR.fullmatch(plain_text(block.children).strip())
    elif block.kind == "paragraph":
        match = _LOOSE_LINE.fullmatch(block.span.of(text).partition("\n")[0])
    else:
        return ""
    return re.sub(r"\D+", "-", match.group("id")) if match else ""


def _section_end(blocks: Sequence[Node], index: int, levels: set[object]) -> int:
    """Where the last section ends: at a heading of the anchors' level or above, or with the file."""
    top = max(level for level in levels if isinstance(level, int))
    for end in range(index + 1, len(blocks)):
        level = blocks[end].attrs.get("level")
        if blocks[end].kind == "heading" and isinstance(level, int) and level <= top:
            return end
    return len(blocks)


def _section(inside: Sequence[Node], anchor_id: str, malformed: bool, slug: str, config: Config) -> Section:
    anchor, blocks = inside[0], inside[1:]
    question = _question(blocks, config)
    if question:
        blocks = blocks[blocks.index(question) + 1 :]
    return Section(anchor_id, anchor, slug, question, blocks, inside[-1].span.end, malformed=malformed)


def _is_comment(block: Node) -> bool:
    return block.kind == "block_html" and block.raw.lstrip().startswith("<!--")


def _question(blocks: Sequence[Node], config: Config) -> Node | None:
    """The heading right below the anchor, unless it is that of references or follow-ups."""
    first = next((block for block in blocks if block.kind != "blank_line" and not _is_comment(block)), None)
    if first is None or first.kind != "heading" or part_name(first, config):
        return None
    return first
