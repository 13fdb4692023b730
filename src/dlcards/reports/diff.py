"""What would change, as ``git apply`` takes it."""

from __future__ import annotations

import base64
import difflib
import hashlib
import re
import zlib
from pathlib import PurePosixPath

from dlcards.model import Document, bytes_of, printable

_C_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def unified_diff(document: Document, text: str) -> str:
    """The unified diff from a document's text to ``text``; empty where they are the same.

    Names are quoted where git quotes them.
    """
    # keepends on "\n" alone: str.splitlines() would also break lines at U+2028 and form feeds.
    before, after = _lines(document.text), _lines(text)
    old, new = map(_quoted, _names(document.path))
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(before, after, _ended(old), _ended(new))
    ]
    # By its first line git knows that paths start at the root, in whatever folder it is called.
    return "".join([f"diff --git {old} {new}\n", *lines]) if lines else ""


def new_file(path: PurePosixPath, data: bytes) -> str:
    """A new file of any bytes, as ``git diff --binary`` has it (``gitformat`` of git's documentation).

    Lines hold up to 52 bytes of zlib's stream in git's base 85, after a letter for how many.
    """
    old, new = map(_quoted, _names(path))
    blob = hashlib.sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()
    packed = zlib.compress(data, 9)
    lines = []
    for start in range(0, len(packed), 52):
        piece = packed[start : start + 52]
        count = len(piece)
        letter = chr(64 + count) if count <= 26 else chr(70 + count)
        lines.append(letter + base64.b85encode(piece, pad=True).decode("ascii"))
    return "\n".join(
        [
            f"diff --git {old} {new}",
            "new file mode 100644",
            f"index {'0' * 40}..{blob}",
            "GIT binary patch",
            f"literal {len(data)}",
            *lines,
            "",
            "literal 0",
            "HcmV?d00001",
            "",
            "",
        ]
    )


def _names(path: PurePosixPath) -> tuple[str, str]:
    return f"a/{path}", f"b/{path}"


def _ended(name: str) -> str:
    """A name on a line of its own: a tab ends one with blanks."""
    return name + "\t" * (" " in name and not name.startswith('"'))


def _quoted(name: str) -> str:
    """A name as git writes it: in quotes, and as in C, where it would be misread."""
    if name == printable(name, keep="") and not re.search(r'["\\]', name):
        return name
    written = "".join(
        _C_ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}")
        for byte in bytes_of(name)
    )
    return f'"{written}"'


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
