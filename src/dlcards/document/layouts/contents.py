"""Where the table of contents stands, and what it lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from dlcards.document.layouts.parts import word_set, words
from dlcards.model import Config, Contents, ContentsEntry, Heading, Link, Node, Span

# A list of links without a heading is contents only when it is no mere handful.
_FEWEST_ENTRIES = 3


def find_contents(
    blocks: Sequence[Node], headings: Sequence[Heading], links: Sequence[Link], config: Config
) -> Contents | None:
    """The table of contents.

    That is what stands between a heading that says so and what follows it, headings of groups
    included; else the first list, if all its items lead to anchors of this document.
    """
    by_place = {link.span: link for link in links}
    names = word_set(config.contents_headings)
    heading = next((h for h in headings if words(h.text) in names), None)
    if heading is None:
        first = next((block for block in blocks if block.kind == "list"), None)
        if first is None or not leads_to_anchors(first):
            return None
        entries = tuple(_entries(first, -1, first.span, by_place))
        return Contents(None, first.span, entries) if len(entries) >= _FEWEST_ENTRIES else None
    below = [block for block in blocks if block.span.start >= heading.node.span.end]
    inside: list[Node] = []
    for index, block in enumerate(below):
        if block.kind == "thematic_break":
            break
        if block.kind == "heading":
            following = next((b for b in below[index + 1 :] if b.kind != "blank_line"), None)
            if following is None or following.kind != "list" or not _mostly_leads_to_anchors(following):
                break
        inside.append(block)
    span = Span(heading.node.span.end, inside[-1].span.end if inside else heading.node.span.end)
    entries = tuple(entry for block in inside for entry in _entries(block, -1, block.span, by_place))
    return Contents(heading, span, entries)


def leads_to_anchors(block: Node) -> bool:
    """Whether each item of a list, at every depth, is a link to an anchor."""
    for item in block.children:
        if not _is_link_to_anchor(item):
            return False
        below = [child for child in item.children if child.kind != "blank_line"][1:]
        if not all(child.kind == "list" and leads_to_anchors(child) for child in below):
            return False
    return True


def _mostly_leads_to_anchors(block: Node) -> bool:
    """Whether a list under a group's heading is contents, of which somebody may have left a link out."""
    items = [node for node in block.walk() if node.kind == "list_item"]
    leading = sum(map(_is_link_to_anchor, items))
    links = sum(node.kind == "link" for node in block.walk())
    return links == leading and 2 * leading >= len(items)


def _is_link_to_anchor(item: Node) -> bool:
    """Whether the first thing in a list's item is a link to an anchor and nothing else."""
    first = next((child for child in item.children if child.kind != "blank_line"), None)
    inlines = [node for node in first.children if node.raw.strip() or node.children] if first else []
    return len(inlines) == 1 and inlines[0].kind == "link" and inlines[0].str_attr("url").startswith("#")


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
