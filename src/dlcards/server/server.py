"""The language server over standard input and output: its life, and the documents that come and go."""

from __future__ import annotations

import gc
import inspect
import os
import sys
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from dlcards import __version__
from dlcards.project.systems import real_path
from dlcards.server import commands, protocol, questions
from dlcards.server.editor import Editor
from dlcards.server.opened import Opened

# What a run looks at besides documents that are open.
_WATCHED = (
    "**/*.{md,markdown,MD}",
    "**/{dlcards,pyproject}.toml",
    "**/{deck.lock,dlcards-baseline.json,.gitignore}",
    "**/*.{png,apng,jpg,jpeg,jfif,gif,webp,svg,bmp,avif}",
)


def serve(language: str) -> None:
    """Serve the editor that has started this process, until it ends.

    Args:
        language: The language of messages; empty for the editor's.
    """
    # A document is hundreds of thousands of objects, few of them in circles: to look at all of them at every
    # few hundred new ones would take a third of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    sys.setswitchinterval(0.001)  # seconds that the thread of a run may keep the editor waiting
    # All of a text at each change: what the library makes of parts of one takes other characters for line
    # ends than the protocol does, and an editor's and the server's text must not come apart.
    server = LanguageServer(
        "dlcards", __version__, types.TextDocumentSyncKind.Full, converter_factory=protocol.converter
    )
    editor = Editor(server, language)

    def on(method: str, answer: Callable[..., Any], options: object = None) -> None:
        server.feature(method, options)(_with(editor, answer))

    on(types.INITIALIZE, _initialize)
    on(types.INITIALIZED, _initialized)
    on(types.SHUTDOWN, _shutdown)
    on(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, _folders)
    on(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _watched)
    on(types.TEXT_DOCUMENT_DID_OPEN, _open)
    on(types.TEXT_DOCUMENT_DID_CHANGE, _change)
    on(types.TEXT_DOCUMENT_DID_SAVE, _save)
    on(types.TEXT_DOCUMENT_DID_CLOSE, _close)
    on(types.TEXT_DOCUMENT_HOVER, questions.hover)
    on(types.TEXT_DOCUMENT_COMPLETION, questions.complete, types.CompletionOptions(["#", "(", "[", "/", '"']))
    on(types.TEXT_DOCUMENT_DEFINITION, questions.definition)
    on(types.TEXT_DOCUMENT_REFERENCES, questions.references)
    on(types.TEXT_DOCUMENT_PREPARE_RENAME, questions.prepare_rename)
    on(types.TEXT_DOCUMENT_RENAME, questions.rename)
    on(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, questions.symbols)
    on(types.TEXT_DOCUMENT_CODE_LENS, questions.lenses)
    kinds = [types.CodeActionKind.QuickFix, commands.FIX_ALL]
    on(types.TEXT_DOCUMENT_CODE_ACTION, commands.offer, types.CodeActionOptions(kinds, resolve_provider=True))
    on(types.CODE_ACTION_RESOLVE, commands.resolve)
    server.command(protocol.SHOW_CARD)(_with(editor, commands.show_card))
    try:
        server.start_io()
    finally:
        editor.end()


def _with(editor: Editor, answer: Callable[..., Any]) -> Callable[..., Any]:
    """A function that the library can take: of the editor's parameters alone."""
    if inspect.iscoroutinefunction(answer):

        async def in_turn(*params: Any) -> Any:
            return await answer(editor, *params)

        return in_turn

    def at_once(*params: Any) -> Any:
        return answer(editor, *params)

    return at_once


def _initialize(editor: Editor, params: types.InitializeParams) -> None:
    named = editor.language or params.locale or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    editor.language = "ko" if named.startswith("ko") else "en"
    folders = [folder.uri for folder in params.workspace_folders or ()]
    if params.workspace_folders is None and params.root_uri:
        folders = [params.root_uri]
    for path in filter(None, map(protocol.path_of, folders)):
        editor.session.add_folder(path)


def _initialized(editor: Editor, params: types.InitializedParams) -> None:
    if editor.can("workspace", "did_change_watched_files", "dynamic_registration"):
        watchers = [types.FileSystemWatcher(glob) for glob in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("dlcards-files", method, options)
        editor.ls.client_register_capability(types.RegistrationParams([registration]))


def _shutdown(editor: Editor, *_: object) -> None:
    editor.end()


def _folders(editor: Editor, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        if path := protocol.path_of(folder.uri):
            editor.session.remove_folder(path)
    for folder in params.event.added:
        if path := protocol.path_of(folder.uri):
            editor.session.add_folder(path)


def _watched(editor: Editor, params: types.DidChangeWatchedFilesParams) -> None:
    editor.session.read_again()


def _open(editor: Editor, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    if path := protocol.path_of(document.uri):
        opened = Opened(document.uri, real_path(path), editor.encoding)
        opened.write(document.text, document.version)
        editor.session.open(opened)


def _change(editor: Editor, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    if opened := editor.opened(document.uri):
        opened.write(editor.ls.workspace.get_text_document(document.uri).source, document.version)
        editor.session.changed(opened)


def _save(editor: Editor, params: types.DidSaveTextDocumentParams) -> None:
    editor.session.read_again()


def _close(editor: Editor, params: types.DidCloseTextDocumentParams) -> None:
    if opened := editor.opened(params.text_document.uri):
        editor.session.close(opened.path)
        editor.hide(opened)
