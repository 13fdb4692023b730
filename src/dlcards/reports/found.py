"""``dlcards init``: what was found in each document with questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlcards.document.answers import is_answered
from dlcards.document.language import language_of
from dlcards.model import Config, Document, name_of
from dlcards.reports.rule_counts import table

_HEADS = {
    "ko": ("문서", "레이아웃", "확신(덮은 글)", "질문", "답한 것", "언어"),
    "en": ("document", "layout", "sure (text covered)", "questions", "answered", "language"),
}
_WHY = {
    "ko": "확신: 얼마나 묻는지와 글을 얼마나 덮는지로 정했다. 다른 레이아웃은 dlcards stats --why\n"
    "언어: 설정이 정한 것, 없으면 글자와 낱말이 말해 주는 것\n",
    "en": "sure: by how many ask and how much of the text they cover; others: dlcards stats --why\n"
    "language: what the configuration says, else what letters and words tell\n",
}


def languages(documents: Iterable[Document], config: Config) -> list[str]:
    """The languages that documents are written in, each once."""
    return sorted({language_of(document, config) for document in documents})


def render(documents: Sequence[Document], config: Config, language: str) -> str:
    """A line a document: its layout and how sure that is, its questions, its language; below, why it is so.

    Nothing for no documents.
    """
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    for document in documents:
        best = next((each for each in document.readings if each.layout == document.layout), None)
        sure = f"{best.sure:.0%} ({best.covered:.0%})" if best and document.layout_detected else ""
        answered = sum(is_answered(pair, config) for pair in document.pairs)
        counts = str(len(document.pairs)), str(answered)
        rows.append((name_of(document.path), document.layout, sure, *counts, language_of(document, config)))
    return f"{table(rows)}{_WHY[language]}\n" if documents else ""
