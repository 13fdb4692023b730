"""The syntax of leaf blocks, as far as one line shows it: headings, breaks, fences, HTML."""

from __future__ import annotations

import re

from mistune.helpers import BLOCK_TAGS

from dlcards.markdown.lines import Line, Piece
from dlcards.markdown.links import BLANKS, SPACES, unescape
from dlcards.model import lazy_compile

ATX_HEADING = lazy_compile(r"(#{1,6})(?:[ \t]+|$)")
SETEXT_UNDERLINE = lazy_compile(r"(?:=+|-+)[ \t]*$")
THEMATIC_BREAK = lazy_compile(r"(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
OPEN_FENCE = lazy_compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)", re.S)
FOOTNOTE = lazy_compile(r"\[\^([^\] \t]+)\]:[ \t]*")

_CLOSE_FENCE = lazy_compile(r"(`{3,}|~{3,})[ \t]*$")
_CLOSING_SHARPS = lazy_compile(r"[ \t]#+$")
_LONGEST_FENCE = 255  # longer ones count as long as this

# An HTML tag without "<". Not mistune's: its attributes take any blank of Unicode, and no line end.
_ATTRIBUTE = (
    rf"{SPACES}+[A-Za-z_:][A-Za-z0-9_.:-]*+"
    rf"(?:{SPACES}*={SPACES}*(?:[^ \t\n\v\f\r\"'=<>`]+|'[^']*'|\"[^\"]*\"))?+"
)
HTML_TAG = rf"(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*{SPACES}*/?>|/[A-Za-z][A-Za-z0-9-]*{SPACES}*>)"

# CommonMark's kinds of HTML blocks, by what begins them, with what ends them.
UP_TO_BLANK = lazy_compile(r"(?!)")  # a blank line, and nothing in a line
_HTML_STARTS = lazy_compile(
    r"<(?:(?P<text>(?:script|pre|style|textarea)(?:[ \t\v\f>]|$))"
    r"|(?P<comment>!--)|(?P<instruction>\?)|(?P<declaration>!(?-i:[A-Z]))|(?P<cdata>!\[CDATA\[)"
    # "meta" came to the list after GitHub's parser was made.
    rf"|(?P<block>/?(?:{'|'.join(tag for tag in BLOCK_TAGS if tag != 'meta')})(?:[ \t\v\f]|/?>|$)))",
    re.I,
)
_HTML_ENDS = {
    "text": lazy_compile(r"</(?:script|pre|style|textarea)>", re.I),
    "comment": lazy_compile("-->"),
    "instruction": lazy_compile(r"\?>"),
    "declaration": lazy_compile(">"),
    "cdata": lazy_compile("]]>"),
}
_LONE_TAG = lazy_compile(rf"<{HTML_TAG}[ \t\f]*$")


def html_end(line: Line, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What ends the HTML block that begins with ``line``: a match in a line, or ``UP_TO_BLANK``.

    None where none begins. A tag of any name begins one only where it stands alone in its line and
    interrupts no paragraph.
    """
    if match := _HTML_STARTS.match(line.text, line.first):
        assert match.lastgroup is not None
        return _HTML_ENDS.get(match.lastgroup, UP_TO_BLANK)
    if not in_paragraph and _LONE_TAG.match(line.text, line.first):
        return UP_TO_BLANK
    return None


def heading_words(line: Line, content: int) -> Piece:
    """The words of an ATX heading that begin at ``content``, without closing sharps."""
    text = line.text.rstrip(BLANKS)
    text = _CLOSING_SHARPS.sub("", text).rstrip(BLANKS)
    line.move_to(content)
    return line.rest()._replace(text=text[content:])


def closes_fence(line: Line, fence: str) -> bool:
    """Whether ``line`` closes code that ``fence`` opened."""
    if line.indent > 3 or not line.text.startswith(fence[0], line.first):
        return False
    match = _CLOSE_FENCE.match(line.text, line.first)
    return match is not None and len(match.group(1)) >= min(len(fence), _LONGEST_FENCE)


def info_string(written: str) -> str:
    """What an info string means: without entities and backslashes."""
    return unescape(written).strip(BLANKS)
