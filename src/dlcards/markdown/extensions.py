"""GitHub's extensions to CommonMark that mistune has no, or too strict, rules for.

Tables (mistune gives up a whole table for one row with a cell too few; GitHub pads it), footnotes
whose definitions keep their place, and math by GitHub's and Pandoc's rules for ``$``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from re import Match
from typing import Any

from mistune import BlockState, InlineState, Markdown
from mistune.block_parser import BlockParser
from mistune.inline_parser import InlineParser
from mistune.util import unikey

_TABLE_HEAD = r"^ {0,3}[^\s>][^\n]*\n(?= {0,3}[|:-][ \t|:-]*$)"
_DELIMITER_CELL = re.compile(r":?-+:?")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): None}
# What ends a table besides a blank line, as in CommonMark's rules for interrupting a paragraph.
_TABLE_BREAKS = [
    "fenced_code",
    "atx_heading",
    "thematic_break",
    "block_quote",
    "list",
    "block_html",
    "blank_line",
]

_FOOTNOTE = (
    r"^ {0,3}\[\^(?P<footnote_key>[^\]\s]+)\]:[ \t]*(?P<footnote_text>[^\n]*(?:\n {2,}\S[^\n]*)*)(?:\n|$)"
)
_FOOTNOTE_REF = r"\[\^(?P<footnote_ref_key>[^\]\s]+)\]"
_BLOCK_MATH = r"^ {0,3}\$\$(?P<math_first>[^\n]*)(?:\n|$)"
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]", re.M)


def register(markdown: Markdown) -> None:
    """Add the extensions to a mistune parser."""
    block, inline = markdown.block, markdown.inline
    # Last: a line that begins another block is no table's head, whatever follows it.
    block.register("table", _TABLE_HEAD, _parse_table)
    block.register("footnote_definition", _FOOTNOTE, _parse_footnote, before="ref_link")
    block.register("block_math", _BLOCK_MATH, _parse_block_math, before="list")
    inline.register("footnote_ref", _FOOTNOTE_REF, _parse_footnote_ref, before="link", start_chars="[")
    inline.register("inline_math", r"\$+", _parse_inline_math, before="codespan", start_chars="$")


def split_cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a table's row stand in ``line``, without the blanks around them."""
    bars = [at for at, character in enumerate(line) if character == "|" and not _is_escaped(line, at)]
    edges = [-1, *bars, len(line)]
    cells = []
    for before, after in pairwise(edges):
        content = line[before + 1 : after]
        start = before + 1 + len(content) - len(content.lstrip())
        cells.append((start, max(start, before + 1 + len(content.rstrip()))))
    # The bars at the line's ends part no cells.
    if bars and not line[: bars[0]].strip():
        cells.pop(0)
    if bars and len(cells) > 1 and not line[bars[-1] + 1 :].strip():
        cells.pop()
    return cells


def _parse_table(block: BlockParser, m: Match[str], state: BlockState) -> int | None:
    head = m.group().rstrip("\n")
    end = state.find_line_end_at(m.end())
    delimiters = state.src[m.end() : end].rstrip("\n")
    if "|" not in delimiters:
        return None
    marks = [delimiters[start:stop] for start, stop in split_cells(delimiters)]
    if len(split_cells(head)) != len(marks) or not all(map(_DELIMITER_CELL.fullmatch, marks)):
        return None
    aligns = [_ALIGN[mark.startswith(":"), mark.endswith(":")] for mark in marks]
    rows = [_row(head, m.start(), aligns, is_head=True)]
    breaks = block.compile_sc([name for name in _TABLE_BREAKS if name in block.rules or name == "block_html"])
    while end < state.cursor_max and not breaks.match(state.src, end):
        line = state.get_line(end)
        rows.append(_row(line.rstrip("\n"), end, aligns, is_head=False))
        end += len(line)
    state.append_token({"type": "table", "rows": rows})
    return end


def _row(line: str, at: int, aligns: list[str | None], *, is_head: bool) -> dict[str, Any]:
    places = split_cells(line)
    missing = [(len(line), len(line))] * (len(aligns) - len(places))
    cells = [
        {"text": line[start:end], "text_at": at + start, "attrs": {"align": align, "head": is_head}}
        for (start, end), align in zip([*places, *missing], aligns, strict=False)
    ]
    return {"cells": cells, "at": at, "end": at + len(line), "count": len(places)}


def _is_escaped(text: str, at: int) -> bool:
    backslashes = at - len(text[:at].rstrip("\\"))
    return backslashes % 2 == 1


def _parse_footnote(block: BlockParser, m: Match[str], state: BlockState) -> int | None:
    if state.tokens and state.tokens[-1]["type"] == "paragraph":
        return None
    key = unikey(m.group("footnote_key"))
    state.env.setdefault("footnotes", set()).add(key)
    state.append_token(
        {
            "type": "footnote_definition",
            "text": m.group("footnote_text"),
            "text_at": m.start("footnote_text"),
            "attrs": {"key": key},
        }
    )
    return m.end()


def _parse_footnote_ref(inline: InlineParser, m: Match[str], state: InlineState) -> int | None:
    key = unikey(m.group("footnote_ref_key"))
    if key not in state.env.get("footnotes", ()):
        return None
    state.append_token({"type": "footnote_ref", "attrs": {"key": key}})
    return m.end()


def _parse_block_math(block: BlockParser, m: Match[str], state: BlockState) -> int | None:
    first = m.group("math_first").rstrip()
    if first.endswith("$$") and first != "$$":
        if "$$" in first[:-2]:
            return None
        state.append_token({"type": "block_math", "raw": first[:-2].strip()})
        return m.end()
    if "$$" in first:
        return None
    close = state.src.find("$$", m.end())
    if close < 0 or state.src[close + 2 : state.find_line_end_at(close)].strip():
        return None
    # A heading is no math: the opening ``$$`` was left open, and the next formula must not close it.
    if _HEADING_LINE.search(state.src, m.end(), close):
        return None
    state.append_token({"type": "block_math", "raw": (first + "\n" + state.src[m.end() : close]).strip()})
    return state.find_line_end_at(close)


def _parse_inline_math(inline: InlineParser, m: Match[str], state: InlineState) -> int | None:
    source, start = state.src, m.end()
    if len(m.group()) > 2:
        return None
    if len(m.group()) == 2:
        close = _find_unescaped(source, "$$", start, len(source))
        if close <= start:
            return None
        # Inside a sentence it means a formula of the sentence; alone in a paragraph, a displayed one.
        raw = source[start:close].strip()
        state.append_token({"type": "inline_math", "raw": raw, "attrs": {"display": True}})
        return close + 2
    if source.startswith("`", start):
        close = source.find("`$", start + 1)
        if close > 0:
            state.append_token({"type": "inline_math", "raw": source[start + 1 : close]})
            return close + 2
        return None
    line_end = source.find("\n", start)
    close = _find_unescaped(source, "$", start, len(source) if line_end < 0 else line_end)
    # Pandoc's rule, which GitHub shares: no blank inside the dollars, no digit after them. It keeps
    # "$5 and $10" from becoming a formula.
    if close <= start or source[start].isspace() or source[close - 1].isspace():
        return None
    if source[close + 1 : close + 2].isdigit():
        return None
    state.append_token({"type": "inline_math", "raw": source[start:close]})
    return close + 1


def _find_unescaped(source: str, marker: str, start: int, end: int) -> int:
    at = source.find(marker, start, end)
    while at >= 0 and _is_escaped(source, at):
        at = source.find(marker, at + 1, end)
    return at
