"""A document that is open in the editor: its text now, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from dlcards.linter.finding import Finding
from dlcards.model import Config, Document, Heading, Link, LinkKind, Node, Pair, Span
from dlcards.server import passage
from dlcards.server.change import Change
from dlcards.server.folder import Known
from dlcards.server.lines import Lines
from dlcards.server.passage import Passage

T = TypeVar("T")


class Opened:
    """A document in the editor.

    Attributes:
        uri: What the editor calls it.
        path: Its real path.
        version: The editor's number of its state.
        text: Its text.
        lines: Its lines.
        known: What the last run said; None before the first.
        findings: What is shown: the run's findings, and what edits since have changed of them.
    """

    def __init__(self, uri: str, path: str, encoding: str) -> None:
        self.uri = uri
        self.path = path
        self.version = 0
        self.text = ""
        self.lines = Lines("", encoding)
        self.known: Known | None = None
        self.findings: list[Finding] = []
        self._encoding = encoding
        self._config: Config | None = None
        self._change: Change | None = None
        self._before: tuple[Span, list[Finding]] | None = None
        self._now: Passage | None = None

    def write(self, text: str, version: int) -> None:
        """Take a new text."""
        # Halves of characters, which JSON can hold, and files can't.
        self.text = text.encode("utf-8", "replace").decode("utf-8")
        self.version = version
        self.lines = Lines(self.text, self._encoding)
        self._change = self._now = None
        self._look()

    def settle(self, known: Known) -> None:
        """Take what a run has found, be it of this text or of an earlier one."""
        self.known = known
        self._config = passage.config_for(known)
        self._change = self._before = self._now = None
        self._look()

    def forget(self) -> None:
        """Take it that no run has to do with it: the configuration or git leaves it out."""
        self.known = self._config = self._change = self._before = self._now = None
        self.findings = []

    @property
    def is_settled(self) -> bool:
        """Whether what is known is known of this text."""
        return self.known is not None and self.known.document.text == self.text

    @property
    def change(self) -> Change:
        """From what is known to the text."""
        assert self.known
        if self._change is None:
            self._change = Change.between(self.known.document.text, self.text)
        return self._change

    def passage_at(self, offset: int) -> Passage | None:
        """What stands around an offset, read as it is now; None where nothing is known or it is too long."""
        if self._now and self._now.span.start <= offset <= self._now.span.end:
            return self._now
        place = self._around(Span(offset, offset))
        if place is None or self.known is None or self._config is None:
            return None
        self._now = passage.read(self.known, self.text, place[1], self._config)
        return self._now

    def headings(self) -> Iterator[tuple[Heading, Span]]:
        """The headings, and where they stand now; those in what was edited as they are now."""
        return self._all(lambda document: ((heading, heading.node.span) for heading in document.headings))

    def pairs(self) -> Iterator[tuple[Pair, Span]]:
        """The questions, and where they stand now."""
        return self._all(lambda document: ((pair, pair.place) for pair in document.pairs))

    def definitions(self) -> Iterator[tuple[Link, Span]]:
        """The definitions of labels, and where they stand now."""
        return self._all(
            lambda document: (
                (link, link.span) for link in document.links if link.kind is LinkKind.DEFINITION
            )
        )

    def notes(self) -> Iterator[tuple[Node, Span]]:
        """The footnotes, and where they stand now."""
        return self._all(
            lambda document: ((n, n.span) for n in document.nodes() if n.kind == "footnote_definition")
        )

    def _all(self, things: Callable[[Document], Iterator[tuple[T, Span]]]) -> Iterator[tuple[T, Span]]:
        if self.known is None:
            return
        now = None if self.is_settled else self.passage_at(self.change.start)
        for thing, span in things(self.known.document):
            place = self.change.moved(span)
            if place is not None and not (now and now.span.holds(place)):
                yield thing, place
        if now:
            yield from ((thing, now.in_text(span)) for thing, span in things(now.document) if now.holds(span))

    def link_at(self, offset: int) -> tuple[Link, Span] | None:
        """The innermost link or picture at an offset, and where it stands."""
        return self._innermost(offset, lambda document: ((link, link.span) for link in document.links))

    def node_at(self, offset: int, *kinds: str) -> tuple[Node, Span] | None:
        """The innermost node of some kinds at an offset, and where it stands."""
        return self._innermost(
            offset, lambda document: ((node, node.span) for node in document.nodes() if node.kind in kinds)
        )

    def _innermost(
        self, offset: int, things: Callable[[Document], Iterator[tuple[T, Span]]]
    ) -> tuple[T, Span] | None:
        now = self.passage_at(offset)
        if now is None:
            return None
        at = offset - now.shift
        found = [(thing, span) for thing, span in things(now.document) if span.start <= at <= span.end]
        if not found:
            return None
        thing, span = min(found, key=lambda each: each[1].end - each[1].start)
        return thing, now.in_text(span)

    def _around(self, now: Span) -> tuple[Span, Span] | None:
        """What may be read otherwise where something is edited: in the known text, and in this one."""
        if self.known is None:
            return None
        change = self.change
        if now.end <= change.start:
            then = now
        elif now.start >= change.after:
            shift = change.before - change.after
            then = Span(now.start + shift, now.end + shift)
        else:
            then = change.old
        place = passage.around(self.known.document, then)
        if place is None:
            return None
        shift = change.after - change.before
        if place.holds(change.old):
            moved = Span(place.start, place.end + shift)
            return (place, moved) if moved.end - moved.start <= passage.LONGEST else None
        if place.end <= change.start:
            return place, place
        if place.start >= change.before:
            return place, Span(place.start + shift, place.end + shift)
        return None  # edits far apart

    def _look(self) -> None:
        """Find out at once what can be."""
        if self.known is None or self._config is None:
            return
        if self.is_settled:
            self.findings = list(self.known.findings)
            return
        place = self._around(self.change.new)
        if place is None:
            self.findings = list(passage.shifted(self.known.findings, self.change))
            return
        then, now = place
        if self._before is None or self._before[0] != then:
            earlier = passage.read(self.known, self.known.document.text, then, self._config)
            self._before = then, passage.findings_in(earlier, self.known, self._config)
        self._now = passage.read(self.known, self.text, now, self._config)
        after = passage.findings_in(self._now, self.known, self._config)
        self.findings = passage.edited(self.known.findings, self._before[1], after, self.change)
