"""Where the questions and their answers stand in a document: one table of layouts.

A layout is a function from a parsed document to its pairs, and one that says how sure it is that a
document is laid out its way. The configuration names a layout by glob; where none fits, the surest
one wins, in the order of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from dlcards.document.layouts import details, divided, native, sections
from dlcards.document.layouts.contents import find_contents
from dlcards.document.layouts.source import Source
from dlcards.model import Pair

__all__ = ["LAYOUTS", "Layout", "Source", "choose", "find_contents"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out questions.

    Attributes:
        find: The pairs of a document that is laid out this way.
        fits: Whether a document looks laid out this way.
    """

    find: Callable[[Source], tuple[Pair, ...]]
    fits: Callable[[Source], bool]


def _never(source: Source) -> bool:
    return False


def _nothing(source: Source) -> tuple[Pair, ...]:
    return ()


# By the names that the configuration uses. Of layouts that fit, the first is taken.
LAYOUTS: dict[str, Layout] = {
    "native": Layout(native.find, native.fits),
    "divided": Layout(divided.find, divided.fits),
    "details": Layout(details.find, details.fits),
    "heading": Layout(sections.find_heading, sections.fits_heading),
    "bold": Layout(sections.find_bold, sections.fits_bold),
    # Any file with a heading could be one question, and any list one of questions: only by name.
    "file": Layout(sections.find_file, _never),
    "list": Layout(_nothing, _never),
}


def choose(source: Source, path: PurePosixPath) -> tuple[str, bool]:
    """The name of a document's layout, and whether it was detected (not configured).

    The name is empty where no layout fits: the document holds no questions.
    """
    for pattern, name in source.config.layouts.items():
        if fnmatchcase(str(path), pattern):
            return name, False
    return next((name for name, layout in LAYOUTS.items() if layout.fits(source)), ""), True
