"""Documents with contents: the entries that are listed, and the questions that they lead to."""

from __future__ import annotations

from tests.support.documents import places

# The rules about what an entry says.
ENTRIES = ("T001", "T002", "T003")
QUESTIONS = (
    "## #1\n\n#### 하나?\n\n답\n\n## #1-1\n\n#### 하나의 **하나**?\n\n답\n\n## #2\n\n#### 둘 [a]?\n\n답\n"
)
CONTENTS = "## 📝 목차\n\n- [하나?](#1)\n  - [하나의 **하나**?](#1-1)\n- [둘 \\[a\\]?](#2)\n\n---\n\n"


def questions(ids: str) -> str:
    return "".join(f"## #{id}\n\n#### 질문 {id}?\n\n답\n\n---\n\n" for id in ids.split())


def listed(entries: str) -> str:
    """Contents from ``1 >1-1 2``: an entry for each id, a ``>`` for each step of its depth."""
    lines = []
    for entry in entries.split():
        id = entry.lstrip(">")
        lines.append(f"{'  ' * (len(entry) - len(id))}- [질문 {id}?](#{id})\n")
    return f"## 목차\n\n{''.join(lines)}\n---\n\n"


FIVE = questions("1 2 3 4 5")


def targets(text: str, code: str) -> list[str]:
    """Where the entries lead that a rule finds."""
    return [place.partition("](")[2].rstrip(")") for place in places(text, code)]
