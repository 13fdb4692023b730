"""CommonMark's first phase: which line belongs to which block (https://spec.commonmark.org/0.29, appendix).

mistune cuts containers out as texts of their own, and then can't tell a line that belongs to a container from
one that only continues a paragraph in it. Here each line is taken once: the markers of open containers are
read off, new blocks are opened, and the rest goes to the innermost one. The order of these steps, and the
flags that decide whether a list is tight, are those of GitHub's parser (cmark-gfm).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dlcards.markdown import leaves, maths, tables
from dlcards.markdown.block import CODE_INDENT, Block, continues, is_loose
from dlcards.markdown.lines import Content, Line, Lines, Piece
from dlcards.markdown.links import Destination, definition, label_key
from dlcards.model import lazy_compile

_CONTAINERS = frozenset({"document", "block_quote", "list_item", "footnote_definition"})
_LITERAL = frozenset({"block_code", "block_html", "block_math"})
_LIST_MARKER = lazy_compile(r"(?:[*+-]|([0-9]{1,9})[.)])(?=[ \t]|$)")
# What a block may begin with that is no paragraph: with any other character a line goes on, or begins one.
_MARKS = frozenset("#`~<=-*_$>[+0123456789|:\v\f")
_BOX = lazy_compile(r"\[[ xX]\](?=[ \t\v\f])")
# Deeper ones are text, since whoever walks the tree does so recursively. GitHub's own limit is 100 lists.
_DEEPEST = 50
_MOST_MISSING_CELLS = 0x80000  # of a table, as on GitHub


class BlockParser:
    """Reads a document's blocks.

    Args:
        text: The document.
        start: Where in it to begin: at the start of a line.

    Attributes:
        root: The document's block, after :meth:`parse`.
        lines: Where its lines stand, from ``start`` on.
        references: Where definitions lead, by the key of their label.
        footnotes: The keys of the footnotes that are defined.
    """

    def __init__(self, text: str, start: int) -> None:
        self.lines = Lines(text, start)
        self.root = Block("document", None, 0, start)
        self.references: dict[str, Destination] = {}
        self.footnotes: set[str] = set()
        self._tip = self.root  # the innermost open block
        self._no_table: Block | None = None  # the last paragraph that was looked at as a table in vain

    def parse(self) -> None:
        """Read all lines."""
        for number in range(len(self.lines)):
            line = self._line(number)
            matched = self._match(line)
            if matched is not None:
                self._add_rest(line, matched, self._open_blocks(line, matched))
        while self._tip.parent is not None:
            self._tip = self._close(self._tip)

    def _line(self, number: int) -> Line:
        return Line(number, self.lines.starts[number], self.lines.text(number))

    def _match(self, line: Line) -> Block | None:
        """Read off what continues open blocks: the last of them that goes on; None if the line is done."""
        block = self.root
        while block.children and block.children[-1].is_open:
            child = block.children[-1]
            if child.marker and child.kind == "block_code" and leaves.closes_fence(line, child.marker):
                child.attrs["closed"] = True
                self._tip = self._close(child)
                return None
            if not continues(child, line):
                break
            block = child
        return block

    def _open_blocks(self, line: Line, block: Block) -> Block:
        """Open the blocks that begin in ``line`` inside of ``block``: the innermost one."""
        may_be_lazy = self._tip.kind == "paragraph"
        while block.kind not in _LITERAL and not line.is_blank:
            if line.indent >= CODE_INDENT:
                if not may_be_lazy:
                    block = self._add("block_code", block, line)
                    block.attrs["style"] = "indent"
                    line.skip_columns(CODE_INDENT)
                break
            if line.text[line.first] not in _MARKS and block.kind != "table":
                break
            opened = (
                self._open_leaf(line, block)
                or self._open_container(line, block)
                or self._open_table_row(line, block)
            )
            if opened is None:
                break
            block = opened
            if block.kind == "paragraph" or _is_task(line, block):
                break
            may_be_lazy = False
        return block

    def _open_leaf(self, line: Line, block: Block) -> Block | None:
        """The leaf block that begins in ``line``; tables apart, since lists come before them."""
        text, first, mark = line.text, line.first, line.text[line.first]
        in_paragraph = block.kind == "paragraph"
        if mark == "#" and (match := leaves.ATX_HEADING.match(text, first)):
            block = self._add("heading", block, line)
            block.attrs.update(level=len(match.group(1)), style="atx")
            block.pieces.append(leaves.heading_words(line, match.end()))
        elif mark in "`~" and (match := leaves.OPEN_FENCE.match(text, first)):
            block = self._add("block_code", block, line)
            block.marker, block.width = match.group("fence"), first - line.at
            block.attrs.update(style="fenced", marker=block.marker, closed=False)
            if info := leaves.info_string(match.group("info")):
                block.attrs["info"] = info
        elif mark == "<" and (end := leaves.html_end(line, in_paragraph=in_paragraph)):
            block = self._add("block_html", block, line)
            block.html_end = end
            return block
        elif in_paragraph and mark in "=-" and leaves.SETEXT_UNDERLINE.match(text, first):
            if not self._take_definitions(block):
                return block  # the underline is the paragraph's first line now
            block.kind = "heading"
            block.attrs.update(level=1 if mark == "=" else 2, style="setext")
        elif mark in "*-_" and leaves.THEMATIC_BREAK.match(text, first):
            block = self._add("thematic_break", block, line)
        elif text.startswith("$$", first) and (last := self._formula_end(line, block)) is not None:
            block = self._add("block_math", block, line)
            block.last = last
            return block
        else:
            return None
        line.move_to(len(text))
        return block

    def _open_container(self, line: Line, block: Block) -> Block | None:
        text, first, mark = line.text, line.first, line.text[line.first]
        if block.depth >= _DEEPEST:
            return None
        if mark == ">":
            block = self._add("block_quote", block, line)
            continues(block, line)
        elif mark == "[" and (match := leaves.FOOTNOTE.match(text, first)):
            block = self._add("footnote_definition", block, line)
            block.attrs["key"] = label_key(match.group(1))
            self.footnotes.add(label_key(match.group(1)))
            line.move_to(match.end())
        elif match := _LIST_MARKER.match(text, first):
            is_first = int(match.group(1) or 1) == 1 and text[match.end() :].strip(" \t")
            if block.kind == "paragraph" and not is_first:
                return None
            block = self._add_item(line, block, match.group())
        else:
            return None
        line.start = line.at
        return block

    def _add_item(self, line: Line, block: Block, marker: str) -> Block:
        """Add the list item that begins with ``marker``, and its list, if it continues none."""
        if block.kind != "list" or block.marker != marker[-1]:
            block = self._add("list", block, line)
            block.marker = marker[-1]
            block.attrs.update(depth=block.depth - 1, ordered=len(marker) > 1)
            if len(marker) > 1 and (start := int(marker[:-1])) != 1:
                block.attrs["start"] = start
        item = self._add("list_item", block, line)
        indent = line.indent
        line.move_to(line.first + len(marker))
        # Further right the content is code, and one blank belongs to the marker.
        padding = line.indent if 1 <= line.indent <= CODE_INDENT and not line.is_blank else 1
        line.skip_columns(padding)
        item.width = indent + len(marker) + padding
        return item

    def _open_table_row(self, line: Line, block: Block) -> Block | None:
        """The table that ``line`` is a row of; a row of dashes makes one of a paragraph's last line."""
        row = line.text[line.first :]
        if block.kind == "paragraph" and block is not self._no_table:
            aligns = tables.alignments(row)
            if aligns is None:
                return None
            header = _last_line(block.pieces)
            if len(tables.cells(header.text)) != len(aligns):
                self._no_table = block
                return None
            if block.pieces[0].number < header.number:
                self._part(block)
            block.kind, block.aligns, block.pieces = "table", aligns, [header]
        elif block.kind == "table" and block.width <= _MOST_MISSING_CELLS:
            block.width += max(0, len(block.aligns) - len(tables.cells(row)))
            line.move_to(line.first)
            block.pieces.append(line.rest())
        else:
            return None
        line.move_to(len(line.text))
        return block

    def _part(self, block: Block) -> None:
        """Make the last line of a paragraph a block of its own.

        As on GitHub, definitions above it stay text, and escaped bars are taken for those of a table.
        """
        assert block.parent is not None
        above = Block("paragraph", block.parent, block.number, block.start, block.depth)
        above.is_open = False
        for piece in block.pieces[: _lines_end(block.pieces, block.pieces[-1].number)]:
            above.pieces += tables.without_escapes(piece, 0, len(piece.text))
        block.parent.children.insert(-1, above)
        block.start_at(block.pieces[-1])

    def _formula_end(self, line: Line, block: Block) -> int | None:
        """The number of the last line of the formula between ``$$`` that begins in ``line``."""
        end = maths.block_end(line.text[line.first :])
        if end is not None:
            return line.number if end else None
        containers = []
        above: Block | None = block
        while above is not None and above is not self.root:
            if above.kind in _CONTAINERS:
                containers.append(above)
            above = above.parent
        for number in range(line.number + 1, len(self.lines)):
            following = self._line(number)
            if not all(continues(container, following) for container in reversed(containers)):
                return None
            end = maths.last_line(following.text[following.at :])
            if end is not None:
                return number if end else None
        return None

    def _add_rest(self, line: Line, matched: Block, block: Block) -> None:
        """Give what is left of ``line`` to ``block``, the innermost block that goes on or begins in it."""
        is_blank = line.is_blank
        self._note_blank(line, block)
        if not is_blank and block is matched and block is not self._tip and self._tip.kind == "paragraph":
            # A lazy continuation line: the paragraph's containers do not go on, but it does.
            self._tip.pieces += line.rest_in_places()
            return
        while self._tip is not matched:
            self._tip = self._close(self._tip)
        self._tip = block
        if block.kind in _LITERAL:
            is_opening_fence = block.marker and block.number == line.number
            if not is_opening_fence:
                block.pieces.append(line.rest())
            is_done = block.kind == "block_html" and block.html_end.search(line.text, line.first)
            if is_done or block.last == line.number:
                self._tip = self._close(block)
        elif not is_blank:
            if block.kind != "paragraph":
                block = self._tip = self._add("paragraph", block, line)
            line.move_to(line.first)
            block.pieces.append(line.rest())
            if len(block.pieces) == 1:
                block.start_at(block.pieces[0])
        elif block is matched:
            holder = block.parent if block.parent and block.kind == "thematic_break" else block
            holder.unseen.append(self._new("blank_line", holder, line))

    @staticmethod
    def _note_blank(line: Line, block: Block) -> None:
        """Note whether ``block`` and what stands around it end with a blank line, now with ``line``."""
        if line.is_blank and block.children:
            block.children[-1].ends_blank = True
        block.ends_blank = line.is_blank and not (
            block.kind in ("block_quote", "heading", "thematic_break")
            or (block.kind == "block_code" and block.marker)
            or (block.kind == "list_item" and not block.children and block.number == line.number)
            or (block.kind == "table" and len(block.pieces) > 1)
        )
        above = block.parent
        while above is not None:
            above.ends_blank = False
            above = above.parent

    @staticmethod
    def _new(kind: str, parent: Block, line: Line) -> Block:
        depth = parent.depth + (parent.kind in _CONTAINERS)
        return Block(kind, parent, line.number, line.begin + line.start, depth)

    def _add(self, kind: str, parent: Block, line: Line) -> Block:
        """Begin a block in ``parent``, or in what stands around it and may hold one."""
        while not (parent.kind == "list" if kind == "list_item" else parent.kind in _CONTAINERS):
            parent = self._close(parent)
        block = self._new(kind, parent, line)
        parent.children.append(block)
        return block

    def _close(self, block: Block) -> Block:
        """Let no further lines belong to ``block``: what stands around it."""
        assert block.parent is not None
        block.is_open = False
        if block.kind == "paragraph" and not self._take_definitions(block):
            block.parent.children.pop()
        elif block.kind == "list":
            block.attrs["tight"] = not is_loose(block)
        return block.parent

    def _take_definitions(self, block: Block) -> bool:
        """Take the definitions out of a paragraph that begins with some: whether anything is left."""
        if not block.pieces or not block.pieces[0].text.startswith("["):
            return bool(block.pieces)
        content, at, pieces, first = Content(block.pieces), 0, block.pieces, 0
        assert block.parent is not None
        while found := definition(content.text, at):
            label, where, end = found
            begin = pieces[first]
            lines = content.text.count("\n", at, end) + (not content.text.endswith("\n", at, end))
            taken = _lines_end(pieces, begin.number + lines)
            node = Block("definition", block.parent, begin.number, begin.start, block.depth)
            node.pieces = pieces[first:taken]
            node.attrs = {"label": label, "place": content.span(where.start, where.end), **where.attrs}
            block.parent.unseen.append(node)
            self.references.setdefault(label_key(label), where)
            at, first = end, taken
        if first:
            block.pieces = pieces[first:]
            if block.pieces:
                block.start_at(block.pieces[0])
        return bool(block.pieces)


def _lines_end(pieces: Sequence[Piece], number: int) -> int:
    """How many of the pieces stand before line ``number``: a line that begins in a tab has two."""
    return bisect_left(pieces, number, key=lambda piece: piece.number)


def _last_line(pieces: Sequence[Piece]) -> Piece:
    *before, last = pieces[_lines_end(pieces, pieces[-1].number) :]
    blanks = "".join(piece.text for piece in before)
    return last._replace(text=blanks + last.text, at=last.at - len(blanks))


def _is_task(line: Line, block: Block) -> bool:
    """Whether an item begins with the box of a task, behind which no other block begins. Reads it off."""
    box = _BOX.match(line.text, line.first) if block.kind == "list_item" else None
    if box is None or line.indent >= CODE_INDENT:
        return False
    block.attrs["checked"] = box.group() != "[ ]"
    line.move_to(box.end())
    return True
