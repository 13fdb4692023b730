"""The preview: one static page with every card, and what keeps questions from being cards.

The page and all it needs are a mapping of file names to bytes; it works from a folder, without a
server and without the network.
"""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.deck.cards.parts import Start, read, write
from dlcards.deck.export import Export
from dlcards.deck.package.apkg import field_values
from dlcards.deck.package.notetypes import NoteType, note_type, subdeck
from dlcards.deck.preview.page import CardView, Page, Problem, QuestionView, render
from dlcards.deck.preview.templating import render_cards
from dlcards.identity.identify import Ambiguous
from dlcards.linter.engine import lint_all
from dlcards.linter.finding import Finding
from dlcards.model import Context, Document, Kind, Pair, PairPlace, Span, Text, TextDocument, name_of
from dlcards.project.hosting import source_of

PAGE = "index.html"
# The component that Anki uses, of the version that Anki uses; it loads nothing but its fonts.
_COMPONENT = "tex-chtml-full.js"
_FONTS = "output/chtml/fonts/woff-v2"


class Preview(NamedTuple):
    """The preview of a project's documents.

    Attributes:
        files: The bytes of its files by their path in its folder, with ``/``.
        page: What the page shows.
        unreadable: Which files could not be read, and why.
    """

    files: Mapping[str, bytes]
    page: Page
    unreadable: tuple[Text, ...]


def make_preview(
    documents: Sequence[Document],
    context: Context,
    deck: str,
    export: Export,
    mathjax: Mapping[str, bytes],
    unreadable: Sequence[Text] = (),
    others: Sequence[Document] = (),
) -> Preview:
    """Make the preview of what an export came to.

    Args:
        documents: The documents, in the order in which their cards are to be studied.
        context: What they were linted with.
        deck: The deck's name.
        export: The cards, and what was left out.
        mathjax: What :func:`mathjax_files` has found.
        unreadable: Which files could not be read, and why.
        others: The run's documents without questions.
    """
    found_in = lint_all((*documents, *others), context)
    problems = _Problems(export, dict(zip((document.path for document in documents), found_in, strict=False)))
    cards = _cards(export)
    anchors: Counter[str] = Counter()
    questions = []
    for document in documents:
        with context.faults.caught(document.path, "preview"):
            for pair in document.pairs:
                anchor = "-".join(pair.id.split()) or "question"
                anchors[anchor] += 1
                again = anchors[anchor]
                found, reasons = problems.of(document, pair)
                line, _ = document.position(pair.place.start)
                questions.append(
                    QuestionView(
                        anchor=anchor if again == 1 else f"{anchor}~{again}",
                        id=pair.id,
                        question=pair.question,
                        document=name_of(document.path),
                        line=line,
                        source=source_of(document.path, pair.slug, export.pages, context.files),
                        cards=() if reasons else tuple(next(cards[document.name, pair.id], ())),
                        problems=found,
                        reasons=reasons,
                    )
                )
    page = Page(
        deck=deck,
        language=export.language,
        css=_css(export),
        questions=tuple(questions),
        problems=(*(Problem("error", "", message, "") for message in unreadable), *problems.of_documents()),
        has_mathjax=bool(mathjax),
    )
    files = {**export.pictures, **mathjax, PAGE: render(page).encode("utf-8")}
    return Preview(dict(sorted(files.items())), page, tuple(unreadable))


def mathjax_files() -> dict[str, bytes]:
    """MathJax's component, fonts and licence, from the package of the extra ``preview``; empty without it."""
    spec = importlib.util.find_spec("mathjax")
    for folder in spec.submodule_search_locations or () if spec else ():
        root = Path(folder) / "static" / "mathjax"
        scripts = root / "es5"
        if (scripts / _COMPONENT).is_file():
            paths = [scripts / _COMPONENT, *(scripts / _FONTS).glob("*.woff")]
            found = {f"mathjax/{path.relative_to(scripts).as_posix()}": path.read_bytes() for path in paths}
            return {**found, "mathjax/LICENSE": (root / "LICENSE").read_bytes()}
    return {}


class _Problems:
    """What there is to say about each question, and about documents as a whole."""

    def __init__(self, export: Export, findings: Mapping[PurePosixPath, list[Finding]]) -> None:
        self._findings = findings
        self._shown: set[int] = set()
        self._reasons: dict[tuple[str, Span], list[Problem]] = defaultdict(list)
        for refused in export.refused:
            for finding in refused.findings:
                self._reasons[_key(refused.document, refused.pair)].append(_problem(finding))
        for without in export.unmade:
            key = _key(without.valid.document, without.valid.pair)
            self._reasons[key].append(Problem("error", "", without.reason, ""))
        self._ambiguous: dict[tuple[str, str], list[Ambiguous]] = defaultdict(list)
        for ambiguous in export.identified.ambiguous:
            self._ambiguous[ambiguous.card.document, ambiguous.card.id].append(ambiguous)

    def of(self, document: Document, pair: Pair) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
        """The findings in a question, and the reasons that keep it out of the deck."""
        reasons = self._reasons[_key(document, pair)]
        found: list[Problem] = []
        for ambiguous in self._ambiguous[document.name, pair.id]:
            is_question = ambiguous.card.kind == "question"
            (reasons if is_question else found).append(Problem("error", "D002", ambiguous.message, ""))
        for finding in self._findings[document.path]:
            # The contents' rules speak of the document, wherever they point.
            if pair.span.holds(finding.diagnostic.span) and not finding.code.startswith("T"):
                self._shown.add(id(finding))
                if (problem := _problem(finding)) not in reasons:
                    found.append(problem)
        return tuple(found), tuple(reasons)

    def of_documents(self) -> list[Problem]:
        """The findings that stand in no question."""
        return [
            _problem(finding)
            for findings in self._findings.values()
            for finding in findings
            if id(finding) not in self._shown
        ]


def _problem(finding: Finding) -> Problem:
    line, _ = finding.document.position(finding.diagnostic.span.start)
    message = finding.diagnostic.message
    return Problem(finding.severity.value, finding.code, message, f"{name_of(finding.document.path)}:{line}")


def _key(document: TextDocument, pair: Pair | PairPlace) -> tuple[str, Span]:
    return str(document.path), pair.span


def _cards(export: Export) -> dict[tuple[str, str], Iterator[list[CardView]]]:
    """The rendered cards, by document and id: those of each question that has this id, in order."""
    found: dict[tuple[str, str], list[list[CardView]]] = defaultdict(list)
    for identified in export.identified.cards:
        card = identified.card
        questions = found[card.document, card.id]
        if card.kind == "question":
            questions.append([])
        name = subdeck(card.kind, identified.language).partition(" ")[2]
        fields = {label: _with_waiting_pictures(html) for label, html in field_values(identified).items()}
        rendered = render_cards(_among_others(card.kind, identified.language), fields)
        for number, sides in enumerate(rendered, start=1):
            which = f"{number}/{len(rendered)}" if len(rendered) > 1 else ""
            questions[-1].append(CardView(name, which, sides.front, sides.back))
    return defaultdict(lambda: iter(()), {key: iter(questions) for key, questions in found.items()})


@cache
def _among_others(kind: Kind, language: str) -> NoteType:
    """A note type whose cards stand among hundreds: their ``main`` is no landmark."""
    whole = note_type(kind, language)
    sides = ("qfmt", "afmt")
    templates = (
        {
            name: str(value).replace("<main ", '<main role="presentation" ') if name in sides else value
            for name, value in template.items()
        }
        for template in whole.templates
    )
    return whole._replace(templates=tuple(templates))


def _with_waiting_pictures(html: str) -> str:
    """A field whose pictures wait until they are near."""
    if "<img" not in html:
        return html
    return write(
        Start("img", {"loading": "lazy", **part.attributes})
        if isinstance(part, Start) and part.name == "img"
        else part
        for part in read(html)
    )


def _css(export: Export) -> str:
    """The style of all note types in use, each once."""
    kinds = [note_type(entry.card.kind, entry.language) for entry in export.identified.cards]
    return "\n".join(dict.fromkeys(kind.css for kind in kinds))
