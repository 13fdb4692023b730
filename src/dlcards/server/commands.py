"""What the editor lets people do about a document: fix, keep silent, show a card."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from lsprotocol import types

from dlcards.model import InputError, Text
from dlcards.server import actions, protocol
from dlcards.server.editor import Editor
from dlcards.server.opened import Opened

FIX_ALL = "source.fixAll.dlcards"
_MEND = Text("고친다", "fix")
_SILENCE = Text("이 자리에서는 무시한다(주석)", "ignore here, by a comment")
_MEND_ALL = Text("dlcards: 고칠 수 있는 것을 모두 고친다", "dlcards: fix all that can be fixed")
_LEFT = Text(
    "그렇게 하면 페이지가 하는 말이 달라지므로 그대로 두었다",
    "left alone: the page would say something else",
)


async def offer(editor: Editor, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions on what is found in a range; what they change is found out when one is chosen."""
    opened = await editor.settled(params.text_document.uri)
    if opened is None or opened.known is None:
        return []
    only = params.context.only or [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
    found: list[types.CodeAction] = []
    if any(_is_kind(types.CodeActionKind.QuickFix, kind) for kind in only):
        found += _quick_fixes(editor, opened, params)
    is_fixable = any(finding.diagnostic.fix for finding in opened.known.findings)
    if is_fixable and any(_is_kind(FIX_ALL, kind) for kind in only):
        data = {"uri": opened.uri, "version": opened.version, "what": "all"}
        found.append(types.CodeAction(_MEND_ALL.in_(editor.language), FIX_ALL, data=data))
    if editor.can("text_document", "code_action", "resolve_support"):
        return found
    return [await resolve(editor, action) for action in found]


async def resolve(editor: Editor, action: types.CodeAction) -> types.CodeAction:
    """What an action changes."""
    data = action.data or {}
    opened = editor.opened(data.get("uri", ""))
    if not opened or not opened.known or not opened.is_settled or opened.version != data["version"]:
        return action  # the text is another one by now
    known, lines, path = opened.known, opened.lines, opened.path
    if data["what"] == "all":
        edits = await editor.apart(actions.fix_of_all, known)
    else:
        work = actions.fix_of if data["what"] == "fix" else actions.silence
        edits = await editor.apart(work, known.findings[data["number"]], known)
    if edits is None:
        editor.say(_LEFT)
        edits = []
    action.edit = editor.workspace_edit({path: protocol.text_edits(edits, lines)})
    return action


async def show_card(editor: Editor, uri: str, anchor: str) -> None:
    """Show a question's card in the browser, as the document is on the disk.

    Args:
        editor: The editor.
        uri: The document.
        anchor: The question's place in its preview.
    """
    opened = editor.opened(uri)
    if opened is None:
        return
    try:
        address = await editor.cards.address(opened.path)
    except InputError as error:
        editor.tell(error.message)
        return
    page = f"{address}#{quote(anchor)}"
    if editor.can("window", "show_document", "support"):
        shown = await editor.ls.window_show_document_async(types.ShowDocumentParams(page, external=True))
        if shown.success:
            return
    editor.say(Text(page, page))


def _quick_fixes(editor: Editor, opened: Opened, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about each finding in a range: fixes first."""
    assert opened.known
    place = opened.lines.span(params.range)
    near = [
        (number, finding)
        for number, finding in enumerate(opened.known.findings)
        if finding.diagnostic.span.start <= place.end and place.start <= finding.diagnostic.span.end
    ]

    def made(what: str, title: Text) -> Iterator[types.CodeAction]:
        for number, finding in near:
            if what == "silence" or finding.diagnostic.fix:
                data = {"uri": opened.uri, "version": opened.version, "what": what, "number": number}
                about = [each for each in params.context.diagnostics if each.code == finding.code]
                yield types.CodeAction(
                    title=f"{finding.code}: {title.in_(editor.language)}",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=about or None,
                    is_preferred=what == "fix" or None,
                    data=data,
                )

    return [*made("fix", _MEND), *made("silence", _SILENCE)]


def _is_kind(kind: str, asked: str) -> bool:
    """Whether a kind of action is one that is asked for, or below it."""
    own, wanted = (str(getattr(each, "value", each)) for each in (kind, asked))
    return not wanted or own == wanted or own.startswith(f"{wanted}.")
