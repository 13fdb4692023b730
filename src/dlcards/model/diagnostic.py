"""What a rule says of a place: a message, a severity, a fix."""

from __future__ import annotations

import enum
from typing import NamedTuple

from dlcards.model.document import Span
from dlcards.model.printable import printable

LANGUAGES = ("ko", "en")


class Severity(enum.Enum):
    """How much a finding matters.

    An error hurts a reader, or lets no card be made: then it keeps its pair out of the deck. A note is
    right, yet most authors would leave it as it is; it fails no run.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def said(self) -> Text:
        """What messages call it."""
        return Text({"error": "오류", "warning": "경고", "note": "참고"}[self.value], self.value)


class Text(NamedTuple):
    """A message in the languages that the program speaks."""

    ko: str
    en: str

    def in_(self, language: str) -> str:
        """The message in ``language``, one of :data:`LANGUAGES`, without what does not print."""
        return printable(self.ko if language == "ko" else self.en)


class Edit(NamedTuple):
    """A replacement of the characters of ``span`` by ``text``."""

    span: Span
    text: str


class Aspect(enum.Enum):
    """Something about a page that a fix must leave alone unless it says that it means to change it."""

    WORDS = "words"  # letters and digits that the page shows, contents left out
    STRUCTURE = "structure"  # headings with their levels and anchors, ids of pairs
    NESTING = "nesting"  # what stands in what: lists, quotes, tables, blocks of HTML
    ADDRESSES = "addresses"  # where links and pictures lead, those of bare addresses, too
    BREAKS = "breaks"  # hard line breaks
    EMPHASIS = "emphasis"  # what is emphasised, struck through or code; blocks of code to the character


class Fix(NamedTuple):
    """Edits that mend one finding together, in the order of their places, without overlap.

    Attributes:
        edits: What to replace.
        changes: What of the page the fix is meant to change. Everything else is compared before
            and after, and the fix is dropped when it differs.
    """

    edits: tuple[Edit, ...]
    changes: frozenset[Aspect] = frozenset()


class Related(NamedTuple):
    """A second place that makes a finding clear: "the first one is here"."""

    span: Span
    message: Text


class Diagnostic(NamedTuple):
    """What a rule found at one place.

    Attributes:
        span: The place.
        message: One sentence for the reader.
        fix: How to mend it, where a program can.
        related: Second places in the same document.
        cause: Findings of one rule with one cause that is not empty are shown as one line: a
            house style that all questions share is one thing to decide, not fifty.
        spares_cards: Whether cards come out right all the same, so that even an error keeps no
            question out of the deck, unless the project asks for pairs without any (``error-free``).
        affects: The passage of which cards come out wrong, where that is more than the place itself.
        severity: How much this finding matters, where that is less than its rule's findings mostly do.
    """

    span: Span
    message: Text
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    cause: str = ""
    spares_cards: bool = False
    affects: Span | None = None
    severity: Severity | None = None
