"""Math as GitHub and Pandoc read it: ``$…$`` in a sentence, ``$$`` around lines of their own."""

from __future__ import annotations

from re import Match

from mistune import InlineState
from mistune.inline_parser import InlineParser

from dlcards.model import lazy_compile

_HEADING = lazy_compile(r" {0,3}#{1,6}[ \t]")


def block_end(line: str) -> bool | None:
    """Whether a formula ends in ``line``, which opens it with ``$$``; None if the lines below it say."""
    first = line[2:].rstrip()
    if first.endswith("$$") and first != "$$":
        return "$$" not in first[:-2]
    return False if "$$" in first else None


def last_line(line: str) -> bool | None:
    """Whether a formula ends in ``line``, below the one that opened it; None if the lines below it say."""
    before, marker, behind = line.partition("$$")
    if marker:
        return not behind.strip()
    # A heading is no math: the opening ``$$`` was left open, and the next formula must not close it.
    return False if _HEADING.match(before) else None


def parse_inline_math(inline: InlineParser, m: Match[str], state: InlineState) -> int | None:
    """A rule of mistune for ``$…$``, ``$$…$$`` and GitHub's ``$`…`$``."""
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


def _is_escaped(text: str, at: int) -> bool:
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
