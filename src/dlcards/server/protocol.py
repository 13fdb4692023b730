"""What we know, in the protocol's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from lsprotocol import types
from pygls.protocol import default_converter
from pygls.uris import from_fs_path, to_fs_path

from dlcards.linter.finding import Finding
from dlcards.model import Edit, Severity, Span, Text
from dlcards.server.completion import Completion
from dlcards.server.lines import Lines
from dlcards.server.opened import Opened
from dlcards.server.outline import ANSWERED, Entry

SOURCE = "dlcards"
SHOW_CARD = "dlcards.showCard"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS = {
    "anchor": types.CompletionItemKind.Reference,
    "document": types.CompletionItemKind.File,
    "picture": types.CompletionItemKind.File,
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
    "label": types.CompletionItemKind.Reference,
}
_SHOW = Text("카드 보기", "Show card")


def path_of(uri: str) -> str | None:
    """The file that an address of the editor means; None where it is none (``untitled:…``)."""
    path = to_fs_path(uri)
    return path or None


def uri_of(path: str) -> str:
    """The address of a file."""
    return from_fs_path(path) or f"file://{quote(path)}"


def diagnostic(finding: Finding, opened: Opened, language: str) -> dict[str, Any]:
    """A finding at its place in an open document, as JSON: see :func:`converter`."""

    def place(span: Span) -> dict[str, Any]:
        (line, column), (last, end) = opened.lines.place(span.start), opened.lines.place(span.end)
        return {"start": {"line": line, "character": column}, "end": {"line": last, "character": end}}

    found = finding.diagnostic
    shown = {
        "range": place(found.span),
        "severity": _SEVERITIES[finding.severity].value,
        "code": finding.code,
        "source": SOURCE,
        "message": found.message.in_(language),
    }
    if found.related:
        shown["relatedInformation"] = [
            {
                "location": {"uri": opened.uri, "range": place(each.span)},
                "message": each.message.in_(language),
            }
            for each in found.related
        ]
    return shown


def converter() -> Any:
    """What makes JSON of messages. Findings are JSON already.

    All are sent at each keystroke, and objects that check themselves take several times as long.
    """
    made = default_converter()
    made.register_unstructure_hook(
        types.PublishDiagnosticsParams,
        lambda sent: {"uri": sent.uri, "version": sent.version, "diagnostics": sent.diagnostics},
    )
    return made


def text_edits(edits: Iterable[Edit], lines: Lines) -> list[types.TextEdit]:
    """Edits of a text, by its lines."""
    return [types.TextEdit(lines.range(edit.span), edit.text) for edit in edits]


def completion_item(found: Completion, number: int, opened: Opened) -> types.CompletionItem:
    """What may be meant; offered in the order that it was found in."""
    return types.CompletionItem(
        label=found.text,
        kind=_KINDS[found.kind],
        detail=found.detail or None,
        # What editors filter by besides: a question is found by its words, too.
        filter_text=f"{found.text} {found.detail}".strip(),
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(opened.lines.range(found.replaced), found.text),
    )


def symbol(entry: Entry, opened: Opened, language: str) -> types.DocumentSymbol:
    """A line of the outline: a mark before its name where a question is no card."""
    state = entry.state
    mark = "" if state is None or state == ANSWERED else "✗ "
    return types.DocumentSymbol(
        name=mark + entry.name,
        detail=state.in_(language) if state is not None else None,
        kind=types.SymbolKind.String if state is None else types.SymbolKind.Event,
        range=opened.lines.range(entry.span),
        selection_range=opened.lines.range(entry.place),
        children=[symbol(each, opened, language) for each in entry.inside] or None,
    )


def card_lens(place: Span, anchor: str, opened: Opened, language: str) -> types.CodeLens:
    """What stands above a question to show its card."""
    start = opened.lines.position(place.start)
    command = types.Command(_SHOW.in_(language), SHOW_CARD, arguments=[opened.uri, anchor])
    return types.CodeLens(types.Range(start, start), command)
