"""Where YAML front matter ends: at the top of a file, between ``---`` and ``---`` or ``...``."""

from __future__ import annotations

import re

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.M)
# A plain key begins with none of YAML's indicators; its colon is followed by a blank.
_KEY = re.compile(
    r"""(?:"[^"]*"|'[^']*'|[^\s\-?:,\[\]{}#&*!|>'"%@`][^#]*?|[-?:][^\s#][^#]*?)[ \t]*:(?P<value>[ \t].*|$)"""
)
_ITEM = re.compile(r"-(?:[ \t]|$)")


def front_matter_end(text: str, start: int) -> int | None:
    """Where the front matter ends that begins at ``start``; None where none does.

    GitHub takes only a mapping for it. Else the first ``---`` is a thematic break, and what stands below is
    content: cards between ``---`` lines, for example.
    """
    opening = _OPEN.match(text, start)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    return closing.end() if _is_mapping(text[opening.end() : closing.start()]) else None


def _is_mapping(yaml: str) -> bool:
    """Whether ``yaml`` looks like a mapping: keys at the margin, all else indented or an item of a list."""
    has_key = may_be_list = False
    for line in re.split(r"\r\n|\r|\n", yaml):
        content = line.split(" #")[0].rstrip()
        if not content or content.startswith("#"):
            continue
        if has_key and content[0] == " ":
            continue
        key = _KEY.fullmatch(content)
        if key:
            has_key = True
            may_be_list = not key["value"].strip()
        elif not (may_be_list and _ITEM.match(content)):
            return False
    return has_key
