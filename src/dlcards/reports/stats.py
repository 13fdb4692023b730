"""How much is answered, by file and by section: ``dlcards stats``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from dlcards.document.answers import is_answered
from dlcards.document.text import shown
from dlcards.model import Config, Document, Pair, json_of, name_of
from dlcards.reports.rule_counts import table

_HEADS = {
    "ko": ("질문", "답한 것", "문서와 절"),
    "en": ("questions", "answered", "document and section"),
}
_WIDE = 54  # columns
_TOTAL = {"ko": "합계", "en": "total"}


class Section(NamedTuple):
    """A section of a document: a question with its sub-questions, or what stands under one heading.

    Attributes:
        document: The document's path.
        name: The section's first question or heading.
        questions: How many questions it has.
        answered: How many of them are answered.
    """

    document: str
    name: str
    questions: int
    answered: int


def sections(documents: Iterable[Document], config: Config) -> Iterator[Section]:
    """The sections of documents in order; documents without questions have none."""
    for document in documents:
        groups: dict[str, list[Pair]] = {}
        for pair in document.pairs:
            groups.setdefault(_section_of(pair, document), []).append(pair)
        for name, pairs in groups.items():
            answered = sum(is_answered(pair, config) for pair in pairs)
            yield Section(str(document.path), name, len(pairs), answered)


def render_table(documents: Sequence[Document], config: Config, language: str) -> str:
    """A table of documents with their sections, and a line of totals."""
    found = list(sections(documents, config))
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    for path, own in groupby(found, lambda section: section.document):
        group = list(own)
        rows.append((*_counted(group), name_of(path)))
        rows += [(*_counted([each]), f"  {_short(name_of(each.name))}") for each in group if each.name]
    rows.append((*_counted(found), _TOTAL[language]))
    return table(rows)


def _counted(found: Sequence[Section]) -> tuple[str, str]:
    return str(sum(each.questions for each in found)), str(sum(each.answered for each in found))


def _short(name: str) -> str:
    """A section's name in one line that leaves a terminal of 80 columns whole."""
    # Not above: JSON needs no widths.
    from rich.cells import cell_len, set_cell_size

    name = shown(name, _WIDE)
    return name if cell_len(name) <= _WIDE else f"{set_cell_size(name, _WIDE - 1).rstrip()}…"


def render_json(documents: Sequence[Document], config: Config, language: str) -> str:
    """The same as JSON."""
    found = list(sections(documents, config))
    result = {
        "version": 1,
        "sections": [
            {"document": s.document, "section": s.name, "questions": s.questions, "answered": s.answered}
            for s in found
        ],
        "questions": sum(s.questions for s in found),
        "answered": sum(s.answered for s in found),
    }
    return json_of(result, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Document], Config, str], str]] = {
    "table": render_table,
    "json": render_json,
}


def _section_of(pair: Pair, document: Document) -> str:
    """The name of a pair's section: its top question, or the heading that it stands under."""
    if document.layout == "native":
        top = pair.id.partition("-")[0]
        first = next((other for other in document.pairs if other.id == top), None)
        return f"#{top} {first.question}" if first else f"#{top}"
    above = [h for h in document.headings if h.node.span.end <= pair.span.start]
    own = pair.anchor.attrs.get("level")
    if isinstance(own, int):
        above = [h for h in above if h.level < own]
    return above[-1].text if above else ""
