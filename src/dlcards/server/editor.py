"""The editor that is served: what is open in it, what it can do, and what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from dlcards.model import Text
from dlcards.project.sources import Source
from dlcards.project.systems import real_path
from dlcards.server import protocol, targets
from dlcards.server.cards import Cards
from dlcards.server.lines import Lines
from dlcards.server.opened import Opened
from dlcards.server.session import Session


class Editor:
    """The editor.

    Args:
        server: What speaks with it.
        language: The language of messages.

    Attributes:
        language: The language of messages.
        ls: What speaks with it.
        session: What is open.
        cards: The previews that it was shown.
    """

    def __init__(self, server: LanguageServer, language: str) -> None:
        self.language = language
        self.ls = server
        self.session = Session(self.publish, self.tell)
        self.cards = Cards()
        self._shown: dict[str, tuple[int, list[dict[str, Any]]]] = {}

    def end(self) -> None:
        """Stop what is running."""
        self.session.end()
        self.cards.end()

    def publish(self, opened: Opened) -> None:
        """Show what is found in a document, unless that is what is shown."""
        found = [protocol.diagnostic(finding, opened, self.language) for finding in opened.findings]
        if self._shown.get(opened.uri) == (opened.version, found):
            return
        self._shown[opened.uri] = opened.version, found
        self.ls.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(opened.uri, found, opened.version)
        )

    def hide(self, opened: Opened) -> None:
        """Show nothing of a document any more."""
        self._shown.pop(opened.uri, None)
        self.ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(opened.uri, []))

    def tell(self, message: Text) -> None:
        """Show what somebody has to mend."""
        words = f"dlcards: {message.in_(self.language)}"
        self.ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, words))

    def say(self, message: Text) -> None:
        """Show what somebody may want to know."""
        words = message.in_(self.language)
        self.ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, words))

    @property
    def encoding(self) -> str:
        """What the editor counts columns in."""
        encoding = self.ls.workspace.position_encoding
        return str(getattr(encoding, "value", encoding))

    def can(self, *names: str) -> bool:
        """Whether the editor says that it can do something."""
        value: Any = self.ls.client_capabilities
        for name in names:
            value = getattr(value, name, None)
        return bool(value)

    def opened(self, uri: str) -> Opened | None:
        """A document that is open."""
        path = protocol.path_of(uri)
        return self.session.opened.get(real_path(path)) if path else None

    def uri(self, path: str) -> str:
        """What the editor calls a file, by its real path; a folder may be open by a link that leads to it."""
        opened = self.session.opened.get(path)
        return opened.uri if opened else protocol.uri_of(self.session.called(path))

    async def known(self, uri: str) -> Opened | None:
        """A document of which something is known, be it of an earlier text."""
        opened = self.opened(uri)
        return opened if opened is None or opened.known else await self.settled(uri)

    async def settled(self, uri: str, *, everywhere: bool = False) -> Opened | None:
        """A document once all is known of its present text (:meth:`Session.settled`)."""
        opened = self.opened(uri)
        return await self.session.settled(opened.path, everywhere=everywhere) if opened else None

    async def apart(self, work: Any, *arguments: object) -> Any:
        """What takes long, in a thread, while the editor is listened to."""
        return await asyncio.get_running_loop().run_in_executor(None, partial(work, *arguments))

    def sources(self, opened: Opened) -> tuple[Source, ...]:
        """The documents of the run that a document belongs to."""
        return self.session.sources.get(self.session.folder_of(opened.path).path, ())

    def location(self, there: targets.Place) -> types.Location:
        """A passage, as the editor calls it."""
        lines = Lines(there.text, self.encoding)
        return types.Location(self.uri(there.path), lines.range(there.span))

    def lines(self, path: str, texts: Mapping[str, str]) -> Lines:
        """The lines of a file that may be open or not."""
        opened = self.session.opened.get(path)
        return opened.lines if opened else Lines(texts[path], self.encoding)

    def workspace_edit(self, edits: Mapping[str, Sequence[types.TextEdit]]) -> types.WorkspaceEdit:
        """Edits of files, in the form that the editor understands."""
        edits = {path: own for path, own in edits.items() if own}
        if not self.can("workspace", "workspace_edit", "document_changes"):
            return types.WorkspaceEdit(changes={self.uri(path): list(own) for path, own in edits.items()})
        documents = []
        for path, own in edits.items():
            opened = self.session.opened.get(path)  # an edit of what is open holds for its present version
            version = opened.version if opened else None
            named = types.OptionalVersionedTextDocumentIdentifier(self.uri(path), version)
            documents.append(types.TextDocumentEdit(named, list(own)))
        return types.WorkspaceEdit(document_changes=documents)
