"""What a deck says of itself where Anki shows a deck: its version, licence, source, where to report an error.

From facts alone: what the notes, the checkout and its licence's file say. Anki replaces the description of a
deck that is there by that of a package, and nothing else of the deck.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import PurePosixPath

from dlcards.deck.package.labels import labels_of
from dlcards.identity.identify import IdentifiedCard
from dlcards.model import Files
from dlcards.project.hosting import Pages, source_of
from dlcards.project.licence import licence_of


def description(
    cards: Sequence[IdentifiedCard], documents: Iterable[PurePosixPath], files: Files, pages: Pages | None
) -> str:
    """The description as HTML on one line, a paragraph for each language of the cards; empty without cards.

    Args:
        cards: The cards with their notes.
        documents: The documents that they come from, from the root.
        files: The project's files.
        pages: The repository's pages; None where they are not known.
    """
    if not cards:
        return ""
    day, count = version_of(cards)
    licence = licence_of(_common_folder(documents), files)
    facts = [("version", day), ("cards", str(count))]
    lines = []
    if licence:
        page = source_of(licence.file, "", pages, files)
        lines.append(("license", _link(page, licence.name) if page else escape(licence.name)))
    if pages:
        lines.append(("source", _link(pages.home)))
    if pages and pages.issues:
        lines.append(("report", _link(pages.issues)))
    paragraphs = {}
    for language, _ in Counter(entry.language for entry in cards).most_common():
        labels = labels_of(language)
        said = [" · ".join(f"{labels[name]}: {value}" for name, value in facts)]
        said += [f"{labels[name]}: {value}" for name, value in lines]
        # Lines end by <br>: where phones show it, a "\n" would be another one.
        paragraphs["<br>".join(said)] = language
    return "".join(f'<p lang="{escape(lang)}">{said}</p>' for said, lang in paragraphs.items())


def version_of(cards: Sequence[IdentifiedCard]) -> tuple[str, int]:
    """The day (UTC) on which a note last changed, and how many cards there are: the same for the same cards.

    Args:
        cards: One at least.
    """
    day = datetime.fromtimestamp(max(card.mod for card in cards), UTC).strftime("%Y-%m-%d")
    return day, sum(len(entry.card.terms) if entry.card.kind == "cloze" else 1 for entry in cards)


def _common_folder(documents: Iterable[PurePosixPath]) -> PurePosixPath:
    folders = [str(path.parent) for path in documents if ".." not in path.parts]
    return PurePosixPath(posixpath.commonpath(folders)) if folders else PurePosixPath()


def _link(address: str, words: str = "") -> str:
    # Where a phone makes no links of them, the address can be read and typed.
    return f'<a href="{escape(address)}">{escape(words or address.partition("://")[2])}</a>'
