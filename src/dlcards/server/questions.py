"""What the editor asks about a document: shown at the pointer, offered, gone to, renamed, listed.

What is asked while somebody types (hover, completion, definition) is answered at once, out of what is known
of the last text that was read whole and of the passage that has been edited since. The rest waits until all
is known of the present text.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from dlcards.model import Edit, InputError, Span, printable
from dlcards.project.systems import real_path
from dlcards.server import protocol, targets
from dlcards.server.cards import card_anchors
from dlcards.server.completion import completions
from dlcards.server.editor import Editor
from dlcards.server.hover import pages_at, target_at
from dlcards.server.opened import Opened
from dlcards.server.outline import outline
from dlcards.server.renaming import Name, name_at, renamed


async def hover(editor: Editor, params: types.HoverParams) -> types.Hover | None:
    """What a link leads to, and the pages of the rules of what is found there."""
    opened = await editor.known(params.text_document.uri)
    if opened is None:
        return None
    offset = opened.lines.offset(params.position)
    target = target_at(opened, offset, editor.session.opened, editor.language)
    pages = pages_at(opened, offset, editor.language)
    shown = [each for each in (target, pages) if each is not None]
    if not shown:
        return None
    place = min((span for _, span in shown), key=lambda span: span.end - span.start)
    words = printable("\n\n---\n\n".join(text for text, _ in shown))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words), opened.lines.range(place))


async def complete(editor: Editor, params: types.CompletionParams) -> types.CompletionList:
    """What an address or a label that is being typed may become."""
    opened = await editor.known(params.text_document.uri)
    items = []
    if opened is not None:
        offset = opened.lines.offset(params.position)
        found = completions(opened, offset, editor.session.opened, editor.sources(opened))
        items = [protocol.completion_item(each, number, opened) for number, each in enumerate(found)]
    return types.CompletionList(is_incomplete=False, items=items)


async def definition(editor: Editor, params: types.DefinitionParams) -> types.Location | None:
    """Where a link leads: a heading, a question, a file, the definition of a label, a footnote."""
    opened = await editor.known(params.text_document.uri)
    if opened is None or opened.known is None:
        return None
    offset = opened.lines.offset(params.position)
    there = targets.footnote_at(opened, offset)
    found = opened.link_at(offset)
    if there is None and found:
        link, _ = found
        if link.by_reference and (label := targets.label_at(opened, offset)):
            there = targets.definition_of(opened, label)
        if there is None and (target := targets.target_of(link, opened.known, opened.path)):
            there = targets.passage_of(target, editor.session.opened, opened.known)
    return None if there is None else editor.location(there)


async def references(editor: Editor, params: types.ReferenceParams) -> list[types.Location]:
    """Everything that leads where this leads, or that leads here."""
    opened = await editor.settled(params.text_document.uri, everywhere=True)
    if opened is None:
        return []
    offset = opened.lines.offset(params.position)
    found = await editor.apart(
        targets.references_at, opened, offset, dict(editor.session.opened), editor.sources(opened)
    )
    locations = [editor.location(each) for each in found]
    if params.context.include_declaration:
        here = types.DefinitionParams(params.text_document, params.position)
        declaration = await definition(editor, here)
        if declaration is not None and declaration not in locations:
            locations.insert(0, declaration)
    return locations


async def prepare_rename(editor: Editor, params: types.PrepareRenameParams) -> Any:
    """What can be renamed here, and what it is called; nothing where nothing can be."""
    found = await _name(editor, params.text_document.uri, params.position)
    if found is None:
        return None
    opened, name, place = found
    return types.PrepareRenamePlaceholder(opened.lines.range(place), name.words)


async def rename(editor: Editor, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """A question's number or a heading's words under another name, in all documents."""
    found = await _name(editor, params.text_document.uri, params.position)
    if found is None:
        return None
    opened, name, _ = found
    sources, others = editor.sources(opened), dict(editor.session.opened)
    try:
        edits: dict[str, list[Edit]] = await editor.apart(
            renamed, name, params.new_name, others, sources, opened.known
        )
    except InputError as error:
        raise JsonRpcInvalidParams(error.message.in_(editor.language)) from error
    texts = {real_path(source.file): source.document.text for source in sources}
    return editor.workspace_edit(
        {path: protocol.text_edits(own, editor.lines(path, texts)) for path, own in edits.items()}
    )


async def symbols(editor: Editor, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """The questions with their state; the headings where there are none."""
    opened = await editor.settled(params.text_document.uri)
    if opened is None or opened.known is None:
        return []
    return [protocol.symbol(entry, opened, editor.language) for entry in outline(opened.known)]


async def lenses(editor: Editor, params: types.CodeLensParams) -> list[types.CodeLens]:
    """Above each question what shows its card."""
    opened = await editor.settled(params.text_document.uri)
    if opened is None or opened.known is None:
        return []
    document = opened.known.document
    places = zip(document.pairs, card_anchors(document), strict=True)
    return [protocol.card_lens(pair.place, anchor, opened, editor.language) for pair, anchor in places]


async def _name(editor: Editor, uri: str, position: types.Position) -> tuple[Opened, Name, Span] | None:
    """What is named at a place, and where it is."""
    opened = await editor.settled(uri, everywhere=True)
    if opened is None:
        return None
    found = name_at(opened, opened.lines.offset(position), editor.session.opened)
    return None if found is None else (opened, *found)
