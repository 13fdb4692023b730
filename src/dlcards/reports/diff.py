"""What a fix would change, as ``git apply`` takes it."""

from __future__ import annotations

import difflib
import re

from dlcards.model import Document, bytes_of, printable

_C_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def unified_diff(document: Document, text: str) -> str:
    """The unified diff from a document's text to ``text``; empty where they are the same.

    Names are quoted where git quotes them.
    """
    # keepends on "\n" alone: str.splitlines() would also break lines at U+2028 and form feeds.
    before, after = _lines(document.text), _lines(text)
    lines = difflib.unified_diff(before, after, _quoted(f"a/{document.path}"), _quoted(f"b/{document.path}"))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _quoted(name: str) -> str:
    """A name as git writes it: in quotes, and as in C, where it would be misread."""
    if name == printable(name, keep="") and not re.search(r'["\\]', name):
        return name + "\t" * (" " in name)  # which ends a name with blanks
    written = "".join(
        _C_ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}")
        for byte in bytes_of(name)
    )
    return f'"{written}"'


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
