"""A block while lines are added to it: whether the next line goes on with it, whether a list is loose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlcards.markdown import leaves, tables
from dlcards.markdown.lines import Line, Piece

CODE_INDENT = 4


class Block:
    """A block, while lines are added to it and afterwards.

    Attributes:
        kind: The kind of the node that it becomes.
        parent: What it stands in; None for the document.
        number: The number of its first line.
        start: Where it starts in the document, behind the markers of the containers around it.
        depth: How many containers it stands in.
        attrs: The attributes of its node.
        children: The blocks in it.
        unseen: The blank lines and definitions between them.
        pieces: A leaf's text, line by line; a lazy line that begins in a tab is two.
        is_open: Whether further lines may belong to it.
        ends_blank: Whether its last line was blank.
        was_asked: Whether a list has asked for that before.
        marker: What opened a fence; what the items of a list have in common.
        width: How far an item's content, or an opening fence, is indented; how many cells a table lacks.
        html_end: What ends a block of HTML.
        last: The number of the last line of a formula.
        aligns: How the columns of a table are aligned.
    """

    # What most blocks have: set only where it differs, since there are so many of them.
    is_open = True
    ends_blank = False
    was_asked = False
    marker = ""
    width = 0
    html_end: re.Pattern[str] = leaves.UP_TO_BLANK
    last = -1
    aligns: Sequence[str | None] = ()

    def __init__(self, kind: str, parent: Block | None, number: int, start: int, depth: int = 0) -> None:
        self.kind = kind
        self.parent = parent
        self.number = number
        self.start = start
        self.depth = depth
        self.attrs: dict[str, object] = {}
        self.children: list[Block] = []
        self.unseen: list[Block] = []
        self.pieces: list[Piece] = []

    def start_at(self, piece: Piece) -> None:
        """Let it begin with the line of ``piece``: what stood before is no part of it any more."""
        self.number, self.start = piece.number, piece.start


def continues(block: Block, line: Line) -> bool:
    """Whether ``line`` goes on with an open block, apart from laziness. Reads off the marker that says so."""
    kind = block.kind
    if kind == "paragraph":
        return not line.is_blank
    if kind in ("list", "thematic_break"):
        # GitHub leaves a break open until something else begins: blank lines below it make no list loose.
        return True
    if kind == "block_quote":
        if line.indent >= CODE_INDENT or not line.text.startswith(">", line.first):
            return False
        line.move_to(line.first + 1)
        line.skip_columns(1)
    elif kind == "list_item":
        if line.indent >= block.width:
            line.skip_columns(block.width)
        elif line.is_blank and block.children:
            line.move_to(line.first)
        else:
            return False
    elif kind == "footnote_definition":
        if line.indent >= CODE_INDENT:
            line.skip_columns(CODE_INDENT)
        elif line.text:  # not even blanks, as on GitHub
            return False
    elif kind == "block_code":
        if block.marker:
            line.skip_columns(block.width)
        elif line.indent >= CODE_INDENT:
            line.skip_columns(CODE_INDENT)
        elif line.is_blank:
            line.move_to(line.first)
        else:
            return False
        return True
    elif kind == "block_html":
        return not (line.is_blank and block.html_end is leaves.UP_TO_BLANK)
    elif kind == "block_math":
        return line.number <= block.last
    else:
        return kind == "table" and tables.is_row(line.text[line.first :])
    line.start = line.at
    return True


def is_loose(block: Block) -> bool:
    """Whether blank lines stand between the items of a list, or between the blocks of one of them."""
    for item in block.children:
        is_last_item = item is block.children[-1]
        if item.ends_blank and not is_last_item:
            return True
        for child in item.children:
            if not (is_last_item and child is item.children[-1]) and _ends_with_blank(child):
                return True
    return False


def _ends_with_blank(block: Block) -> bool:
    while not block.was_asked:
        block.was_asked = True
        if block.kind not in ("list", "list_item") or not block.children:
            break
        block = block.children[-1]
    return block.ends_blank
