"""``dlcards pull``: learners' edits back into the documents."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlcards.api.options import DeckOptions
from dlcards.api.pull import Found
from dlcards.api.pull import pull as pull_edits
from dlcards.cli.arguments import LockOption, NoCacheOption, load_config, report_unreadable
from dlcards.cli.exporting import fetch_with_progress
from dlcards.cli.garbage import no_collections
from dlcards.cli.output import LanguageOption, fail, language_of, note, one_of, show, tell
from dlcards.identity.package import package_notes
from dlcards.model import Text
from dlcards.project.disk import make_folder, write_whole
from dlcards.project.files import MARKDOWN_SUFFIXES, shown
from dlcards.project.writing import writing
from dlcards.reports.pull import as_json, as_text, patch
from dlcards.roundtrip.held import Held, held
from dlcards.roundtrip.pull import Outcome

if TYPE_CHECKING:
    from dlcards.roundtrip.ankiconnect import AnkiConnect

FORMATS = ("text", "json")
_SUFFIXES = (".apkg", ".colpkg", ".zip", ".anki2")
_LEFT = (Outcome.BY_HAND, Outcome.CONFLICT)


def pull(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE... [PATHS]...",
            help="What learners have: .apkg files that Anki has exported, or a closed collection.anki2. "
            "Behind them files and folders of documents, as for export; this folder when none is given.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    ankiconnect: Annotated[
        str,
        typer.Option(
            "--ankiconnect",
            metavar="[=URL]",
            help="Ask the Anki that runs here, by its add-on AnkiConnect; or the one at an address.",
        ),
    ] = "",
    base: Annotated[
        Path | None,
        typer.Option("--base", help="The package that learners had, where git does not know that version."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="The number of a question to look at; may be given more than once."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Change the documents, and copy new pictures beside them.")
    ] = False,
    output: Annotated[
        str, typer.Option("--format", help="text: the patch, and the report as messages; json: all in one.")
    ] = "text",
    lock: LockOption = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Take pictures of other sites from the cache alone.")
    ] = False,
    no_cache: NoCacheOption = False,
    lang: LanguageOption = "",
) -> None:
    """Take edits that learners made in Anki into the documents, as a patch that is proven.

    Exit code: 0 nothing to take, or all taken; 1 something is left to do by hand; 2 bad usage or input.
    """
    language = language_of(lang)
    one_of(output, FORMATS)
    files, paths = _parted(sources, is_asked=bool(ankiconnect))
    options = DeckOptions(lock=lock, offline=offline, cache=not no_cache)
    with contextlib.ExitStack() as stack, no_collections():
        config = load_config(paths).config
        anki = _anki(ankiconnect) if ankiconnect else None

        def learners(deck: str) -> Sequence[Held]:
            opened = [stack.enter_context(held(path)) for path in files]
            return [*opened, stack.enter_context(anki.held(deck))] if anki else opened

        found = pull_edits(
            learners,
            paths,
            options,
            config=config,
            base=None if base is None else package_notes(base),
            only=[number.removeprefix("#") for number in only or ()],
            fetch=lambda addresses, config: fetch_with_progress(addresses, config, offline=offline),
            notice=note,
        )
    unread = report_unreadable(found.unreadable, found.faults)
    if output == "json":
        show(as_json(found.pulled, language))
    else:
        tell(as_text(found.pulled, language))
    if write:
        _write(found)
    elif output == "text":
        show(patch(found.pulled))
    is_left = any(result.outcome in _LEFT for result in found.pulled.results)
    raise typer.Exit(unread or int(is_left))


def _anki(url: str) -> AnkiConnect:
    # Not above: what asks over HTTP takes a while to load.
    from dlcards.roundtrip.ankiconnect import AnkiConnect

    anki = AnkiConnect(url)
    anki.check()  # before any work is done
    return anki


def _parted(arguments: Sequence[Path], *, is_asked: bool) -> tuple[list[Path], list[Path]]:
    """What learners have, and where documents are."""
    first = arguments[0] if arguments and not is_asked else None
    files = [path for path in arguments if path.suffix.lower() in _SUFFIXES]
    # What a file is, its bytes say: one that is named first may be called anything.
    if first and first.is_file() and first not in files and first.suffix.lower() not in MARKDOWN_SUFFIXES:
        files = [first, *files]
    paths = [path for path in arguments if path not in files]
    if not files and not is_asked:
        if paths:
            fail(
                Text(
                    f"{shown(paths[0])}: Anki가 내보낸 파일(.apkg)이나 닫힌 collection.anki2를 먼저 적는다",
                    f"{shown(paths[0])}: first name a file that Anki has exported (.apkg), or a "
                    "closed collection.anki2",
                )
            )
        fail(
            Text(
                "학습자가 고친 것이 든 .apkg 파일이나 닫힌 collection.anki2를 적거나, --ankiconnect를 준다",
                "say where the edits are: an .apkg, a closed collection.anki2, or --ankiconnect",
            )
        )
    return files, paths or [Path()]


def _write(found: Found) -> None:
    """Write the documents and the new pictures: the pictures first, so that no document lacks one."""
    reach, root = found.deck.files.reach, found.deck.files.root
    for path, data in found.pulled.pictures.items():
        with writing(root / path):
            make_folder((root / path).parent, reach)
            # The name is made of the bytes: what is there already is the same picture.
            write_whole(root / path, data, reach)
    for document, text in found.pulled.documents:
        with writing(root / document.path):
            before = document.text.encode("utf-8")
            write_whole(root / document.path, text.encode("utf-8"), reach, before=before)
        note(Text(f"{shown(root / document.path)}: 고쳐 썼다", f"{shown(root / document.path)}: changed"))
    if found.pulled.documents:
        note(
            Text(
                "git diff로 보고 검사한 뒤 내보낸다: dlcards lint, dlcards export",
                "look at it with git diff, check it and export it: dlcards lint, dlcards export",
            )
        )
