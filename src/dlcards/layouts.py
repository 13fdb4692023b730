"""Where the questions, their answers and the table of contents stand in a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from dlcards.markdown import plain_text
from dlcards.model import Config, Contents, ContentsEntry, Heading, Link, Node, Pair, Span

# The names of all layouts, as the configuration writes them.
LAYOUTS = ("native",)

_ANCHOR = re.compile(r"#(\d+(?:-\d+)*)")
# An anchor as people mistype it: a blank after the sharp, a full-width sharp, no sharp, no blank
# between the sharps, a no-break space, another dash.
_SHARPS = "#\uff03"
_LOOSE_ID = r"(?P<id>\d+(?:\s*[-\u2010-\u2015\u2212_.]\s*\d+)*)"
_LOOSE_ANCHOR = re.compile(rf"[{_SHARPS}]?\s*{_LOOSE_ID}")
_LOOSE_LINE = re.compile(rf"\s*[{_SHARPS}]{{2,7}}\s*[{_SHARPS}]?\s*{_LOOSE_ID}\s*")


def find_pairs(
    blocks: Sequence[Node], headings: Sequence[Heading], text: str, config: Config
) -> tuple[Pair, ...]:
    """The questions of a document in the native layout, with answers, references and follow-ups.

    A section whose anchor is mistyped is a pair, too, marked ``malformed``: it must be reported,
    not lost. A document without a single well-formed anchor has no pairs.
    """
    by_node = {id(heading.node): heading for heading in headings}
    well_formed = [block for block in blocks if block.kind == "heading" and _anchor_id(block)]
    if not well_formed:
        return ()
    levels = {block.attrs["level"] for block in well_formed}
    starts = []
    for index, block in enumerate(blocks):
        if anchor_id := _anchor_id(block):
            starts.append((index, anchor_id, False))
        elif anchor_id := _malformed_id(block, levels, text):
            starts.append((index, anchor_id, True))
    pairs = []
    for (index, anchor_id, malformed), following in zip(starts, [*starts[1:], None], strict=True):
        end = following[0] if following else _section_end(blocks, index, levels)
        section = blocks[index:end]
        heading = by_node.get(id(section[0]))
        pairs.append(_pair(section, anchor_id, malformed, heading.slug if heading else "", config))
    return tuple(pairs)


def find_contents(
    blocks: Sequence[Node], headings: Sequence[Heading], links: Sequence[Link], config: Config
) -> Contents | None:
    """The table of contents: what stands between a heading that says so and what follows it."""
    heading = next((h for h in headings if _words(h.text) in map(_words, config.contents_headings)), None)
    if heading is None:
        return None
    below = [block for block in blocks if block.span.start >= heading.node.span.end]
    inside: list[Node] = []
    for block in below:
        if block.kind in ("heading", "thematic_break"):
            break
        inside.append(block)
    span = Span(heading.node.span.end, inside[-1].span.end if inside else heading.node.span.end)
    by_place = {link.span: link for link in links}
    entries = [entry for block in inside for entry in _entries(block, -1, block.span, by_place)]
    return Contents(heading, span, tuple(entries))


def _entries(node: Node, depth: int, item: Span, links: dict[Span, Link]) -> Iterator[ContentsEntry]:
    if node.kind == "list":
        depth += 1
    elif node.kind == "list_item":
        item = node.span
    elif node.kind == "link":
        link = links[node.span]
        if link.url.startswith("#"):
            yield ContentsEntry(link, unquote(link.url[1:]), link.text, max(depth, 0), item)
        return
    for child in node.children:
        yield from _entries(child, depth, item, links)


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


@dataclass
class _Parts:
    """What a section is sorted into while it is read."""

    summary: list[Node] = field(default_factory=list)
    hint: list[Node] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    follow_ups: list[Node] = field(default_factory=list)
    references: list[Node] = field(default_factory=list)
    references_heading: Node | None = None


def _pair(section: Sequence[Node], anchor_id: str, malformed: bool, slug: str, config: Config) -> Pair:
    anchor, blocks = section[0], list(section[1:])
    span = Span(anchor.span.start, section[-1].span.end)
    # The rule that parts a section from the next one belongs to neither.
    while blocks and blocks[-1].kind in ("blank_line", "thematic_break"):
        blocks.pop()
    question = _question(blocks, config)
    if question:
        blocks = blocks[blocks.index(question) + 1 :]
    parts = _sort(blocks, config)
    return Pair(
        id=anchor_id,
        anchor=anchor,
        slug=slug,
        question=plain_text(question.children).strip() if question else "",
        question_node=question,
        body=tuple(parts.body),
        summary=tuple(parts.summary),
        hint=tuple(parts.hint),
        follow_ups=tuple(parts.follow_ups),
        references=tuple(parts.references),
        references_heading=parts.references_heading,
        malformed=malformed,
        span=span,
    )


def _question(blocks: Sequence[Node], config: Config) -> Node | None:
    """The heading right below the anchor, unless it is that of references or follow-ups."""
    first = next((block for block in blocks if block.kind != "blank_line"), None)
    if first is None or first.kind != "heading" or _part_name(first, config):
        return None
    return first


def _sort(blocks: Sequence[Node], config: Config) -> _Parts:
    parts = _Parts()
    current, level = parts.body, 0
    for block in blocks:
        block_level = block.attrs.get("level")
        if block.kind == "heading" and isinstance(block_level, int):
            name = _part_name(block, config)
            if name:
                current, level = getattr(parts, name), block_level
                if name == "references":
                    parts.references_heading = parts.references_heading or block
                continue
            if block_level <= level:
                current, level = parts.body, 0
        if current is parts.body:
            if not parts.summary and (summary := _labelled(block, config.summary_label)):
                parts.summary = summary
                continue
            if not parts.hint and (hint := _labelled(block, config.hint_label)):
                parts.hint = hint
                continue
        current.append(block)
    return parts


def _part_name(heading: Node, config: Config) -> str:
    words = _words(plain_text(heading.children))
    if words in map(_words, config.references_headings):
        return "references"
    if words in map(_words, config.follow_ups_headings):
        return "follow_ups"
    return ""


def _labelled(block: Node, label: str) -> list[Node]:
    """The inlines of a quote that begins with ``label:``, without the label; else nothing."""
    if block.kind != "block_quote" or not block.children or not label:
        return []
    inlines = list(block.children[0].children)
    if not inlines or inlines[0].kind != "text":
        return []
    first = inlines[0]
    match = re.match(rf"{re.escape(label)}\s*[:\uff1a]\s*", first.raw)
    if not match:
        return []
    rest = Node("text", Span(first.span.start + match.end(), first.span.end), raw=first.raw[match.end() :])
    return [rest, *inlines[1:]] if rest.raw else inlines[1:]


def _words(text: str) -> str:
    """``text`` for comparison: no symbols and punctuation at its ends, one blank, no letter case."""
    kept = "".join(c if unicodedata.category(c)[0] in "LNZ" or c in "-/" else " " for c in text)
    return " ".join(kept.split()).casefold()
