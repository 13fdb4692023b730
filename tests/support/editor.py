"""An editor that speaks with a real server process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from lsprotocol.types import PositionEncodingKind
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

from dlcards.server.lines import Lines
from tests.support.command import run

Found = tuple[str, tuple[int, int], tuple[int, int], str]
_PATIENCE = 60.0  # seconds; a busy machine takes its time


class Editor:
    """The editor; names of documents are relative to its folder."""

    def __init__(self, client: LanguageClient, folder: Path, encoding: str) -> None:
        self.client = client
        self.encoding = encoding
        self.texts: dict[str, str] = {}
        self._folder = folder
        self._version = 0

    def uri(self, name: str) -> str:
        return (self._folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, or one that is not there yet."""
        self.texts[name] = (self._folder / name).read_bytes().decode() if text is None else text
        document = types.TextDocumentItem(self.uri(name), "markdown", self._next(), self.texts[name])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def write(self, name: str, text: str) -> None:
        """Type, as far as another text."""
        self.texts[name] = text
        document = types.VersionedTextDocumentIdentifier(self._next(), self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, name: str) -> None:
        (self._folder / name).write_bytes(self.texts[name].encode())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(name)))

    def close(self, name: str) -> None:
        del self.texts[name]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def at(self, name: str, words: str, shift: int = 0) -> types.Position:
        """Where some words begin that stand in a text once, and so many characters behind."""
        text = self.texts[name]
        assert text.count(words) == 1, (words, text.count(words))
        return self.lines(name).position(text.index(words) + shift)

    def lines(self, name: str) -> Lines:
        return Lines(self.texts[name], self.encoding)

    def words(self, name: str, place: types.Range) -> str:
        """What stands in a range."""
        return self.lines(name).span(place).of(self.texts[name])

    def found(self, name: str) -> list[Found]:
        """What is shown of a document: code, first and last line and column, message."""
        shown = self.client.diagnostics.get(self.uri(name), ())
        return sorted(
            (
                str(each.code),
                (each.range.start.line, each.range.start.character),
                (each.range.end.line, each.range.end.character),
                each.message,
            )
            for each in shown
        )

    def codes(self, name: str) -> list[str]:
        return [code for code, *_ in self.found(name)]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, and still does when nothing more is said."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not holds():
            assert asyncio.get_running_loop().time() < end, self.client.diagnostics
            await asyncio.sleep(0.05)

    async def changed(self, name: str, edit: types.WorkspaceEdit) -> dict[str, str]:
        """The texts of files after an edit, by their names."""
        after = {}
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            name = next(
                p.relative_to(self._folder).as_posix()
                for p in self._folder.rglob("*.md")
                if p.as_uri() == uri
            )
            text = self.texts.get(name) or (self._folder / name).read_bytes().decode()
            lines = Lines(text, self.encoding)
            for each in sorted(change.edits, key=lambda e: lines.offset(e.range.start), reverse=True):
                assert isinstance(each, types.TextEdit)
                span = lines.span(each.range)
                text = text[: span.start] + each.new_text + text[span.end :]
            after[name] = text
        return after

    def _next(self) -> int:
        self._version += 1
        return self._version


@asynccontextmanager
async def editor(
    folder: Path,
    *others: Path,
    language: str = "en",
    encodings: Sequence[str] = ("utf-16",),
    alone: bool = False,
) -> AsyncIterator[Editor]:
    """An editor with some folders open, or with none.

    Args:
        folder: What names are relative to.
        others: More folders.
        language: The language of messages.
        encodings: What it can count columns in.
        alone: Whether no folder is open, but single files.
    """
    client = make_test_lsp_client()
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(folder.parent / f"{folder.name}-cache"),
        "LC_ALL": "C.UTF-8",
    }
    await client.start_io(sys.executable, "-P", "-m", "dlcards", "server", env=environment, cwd=folder)
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.general
    capabilities.general.position_encodings = [types.PositionEncodingKind(each) for each in encodings]
    folders = [] if alone else [types.WorkspaceFolder(each.as_uri(), each.name) for each in (folder, *others)]
    params = types.InitializeParams(capabilities, workspace_folders=folders, locale=language)
    answer = await client.initialize_session(params)
    assert answer.capabilities.position_encoding
    try:
        yield Editor(client, folder, PositionEncodingKind(answer.capabilities.position_encoding).value)
    finally:
        await client.shutdown_session()


def linted(folder: Path, *paths: str, encoding: str = "utf-16") -> dict[str, list[Found]]:
    """What ``dlcards lint`` finds in files, as :meth:`Editor.found` says it."""
    said = run(folder, "lint", *(paths or (".",)), "--format", "json", "--lang", "en", "--no-cache")
    assert said.returncode in (0, 1), said.stderr.decode()
    found: dict[str, list[Found]] = {}
    for each in json.loads(said.stdout)["findings"]:
        text = (folder / each["path"]).read_bytes().decode()
        own = Lines(text, encoding)
        # Reports end lines at "\n" only.
        starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        first, last = (
            own.position(starts[each[line] - 1] + each[column] - 1)
            for line, column in (("line", "column"), ("end_line", "end_column"))
        )
        place = (first.line, first.character), (last.line, last.character)
        found.setdefault(each["path"], []).append((each["code"], *place, each["message"]))
    return {path: sorted(each) for path, each in found.items()}


def play(scenario: Any) -> None:
    """Run what an editor does."""
    asyncio.run(asyncio.wait_for(scenario, 5 * _PATIENCE))


async def settled(editor: Editor, name: str, folder: Path) -> None:
    """Wait until what is shown is what ``dlcards lint`` says of the files, which are what is open."""
    expected = linted(folder).get(name, [])
    await editor.until(lambda: editor.found(name) == expected)
