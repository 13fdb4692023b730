"""What a fix would change, as ``git apply`` takes it."""

from __future__ import annotations

import difflib

from dlcards.model import Document


def unified_diff(document: Document, text: str) -> str:
    """The unified diff from a document's text to ``text``; empty where they are the same."""
    # keepends on "\n" alone: str.splitlines() would also break lines at U+2028 and form feeds.
    before, after = _lines(document.text), _lines(text)
    lines = difflib.unified_diff(before, after, f"a/{document.path}", f"b/{document.path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
