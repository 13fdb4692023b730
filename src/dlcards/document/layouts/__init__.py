"""Where the questions and their answers stand in a document: one table of layouts.

A layout is a function from a parsed document to the questions that it sees there, and to what speaks for
them. The configuration names a layout by glob; where it names none, all layouts read the whole document
and the surest reading wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from dlcards.document.layouts import bold, details, dialogue, divided, file, folded, heading, items, native
from dlcards.document.layouts.asking import asks
from dlcards.document.layouts.contents import find_contents
from dlcards.document.layouts.parts import make_pair
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Document, Pair, Reading, Span

__all__ = ["LAYOUTS", "Found", "Source", "find_contents", "is_one_question", "made_of_files", "read"]


# By the names that the configuration uses. Of readings that are equally sure, the first is taken.
LAYOUTS: dict[str, Callable[[Source], Found]] = {
    "native": native.find,
    "divided": divided.find,
    "heading": heading.find,
    "details": details.find,
    "dialogue": dialogue.find,
    "folded": folded.find,
    "bold": bold.find,
    "list": items.find,
    # Any file with a heading could be one question: by name, and where a folder is made of such files.
    "file": file.find,
}
_BY_NAME = frozenset({"file"})
# So many files, and two of three in their folder, are titled with a question where a folder is made of them.
_FEWEST_FILES = 3
# What GitHub calls community health files: they tell how to take part, whatever their headings ask.
_ABOUT_THE_PROJECT = frozenset(
    {
        "changelog",
        "code_of_conduct",
        "contributing",
        "contributors",
        "governance",
        "issue_template",
        "license",
    }
    | {"pull_request_template", "security", "support"}
)
# From so sure on a reading is taken; below, it nearly fits.
SURE = 0.45
_FEWEST = 2
# Layouts that only words tell from an article: so few have to cover a third of the text, or they are its.
_BY_WORDS = frozenset({"heading", "bold", "list"})
_FEW = 5


def read(
    source: Source, path: PurePosixPath, *, whole: bool = False
) -> tuple[str, bool, tuple[Pair, ...], tuple[Reading, ...]]:
    """The name of a document's layout, whether it was detected (not configured), its pairs, and all readings.

    Args:
        source: The document.
        path: Where it stands.
        whole: Whether it is one of the files that a folder of questions is made of.

    Returns:
        The name is empty where no layout is sure: the document holds no questions.
    """
    for pattern, name in source.config.layouts.items():
        if fnmatchcase(str(path), pattern):
            return name, False, _pairs(LAYOUTS[name](source), source), ()
    if whole or file.says_question(source):
        pairs = _pairs(LAYOUTS["file"](source), source)
        reading = Reading("file", len(pairs), len(pairs), 1.0, 1.0)
        return "file", True, pairs, (reading,)
    if path.stem.casefold() in _ABOUT_THE_PROJECT:
        return "", True, (), ()
    found = _found(source)
    readings = [_reading(name, one, source) for name, one in found.items() if one.sections]
    readings.sort(key=lambda reading: -reading.sure)
    sure = [reading for reading in readings if reading.sure >= SURE]
    if not sure:
        return "", True, (), tuple(readings)
    best = sure[0]
    for other in sure[1:]:
        if found[best.layout].certain:
            break
        # What sees all of these questions and more has read more of the document.
        if other.answered and _places(found[best.layout]) < _places(found[other.layout]):
            best = other
            readings.sort(key=lambda reading: reading is not best)
    return best.layout, True, _pairs(found[best.layout], source), tuple(readings)


def _found(source: Source) -> dict[str, Found]:
    """What each layout sees, up to the first that leaves no doubt: that one is taken anyway."""
    found: dict[str, Found] = {}
    for name, find in LAYOUTS.items():
        if name not in _BY_NAME:
            found[name] = find(source)
            if found[name].certain:
                break
    return found


def _pairs(found: Found, source: Source) -> tuple[Pair, ...]:
    return tuple(make_pair(section, source.config) for section in found.sections)


def is_one_question(document: Document) -> bool:
    """Whether no layout finds questions in a document, but its title or its name asks one."""
    if document.layout or not document.layout_detected:
        return False
    title = file.title_of(document.blocks, document.text)
    return title is not None and (asks(plain_text(title.children)) or file.name_asks(document.path.stem))


def made_of_files(documents: Mapping[PurePosixPath, bool]) -> set[PurePosixPath]:
    """The documents that are one question each, where their folder is made of such files.

    Any file's title or name may ask by chance; a folder's do not.

    Args:
        documents: All documents, and whether each :func:`is_one_question`.
    """
    folders: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for path in documents:
        folders[path.parent].append(path)
    found: set[PurePosixPath] = set()
    for inside in folders.values():
        files = {path for path in inside if documents[path]}
        if len(files) >= _FEWEST_FILES and 3 * len(files) >= 2 * len(inside):
            found |= files
    return found


def _reading(name: str, found: Found, source: Source) -> Reading:
    """How sure a layout's reading is: by its marks, by what asks, and by how much of it all they explain.

    Few questions prove little: two may stand in any article.
    """
    questions = len(found.sections)
    text = sum(block.span.end - block.span.start for block in source.blocks if block.kind != "front_matter")
    spans = [section.span for section in found.sections]
    covered = min(1.0, _length(spans) / max(1, text - source.contents.end + source.contents.start))
    if found.certain:
        return Reading(name, questions, found.asking, covered, 1.0)
    evidence = (found.marks + found.asking / questions + covered) / 3
    sure = evidence * questions / (questions + 1) if questions >= _FEWEST else 0.0
    if name in _BY_WORDS and questions < _FEW:
        sure *= min(1.0, 3 * covered)
    return Reading(name, questions, found.asking, covered, sure, found.answered)


def _places(found: Found) -> set[int]:
    """Where a reading sees questions."""
    return {(section.question or section.anchor).span.start for section in found.sections}


def _length(spans: list[Span]) -> int:
    """How many characters some spans cover."""
    total = end = 0
    for span in sorted(spans):
        total += max(0, span.end - max(span.start, end))
        end = max(end, span.end)
    return total
