"""``dlcards preview``: every card on one page."""

from __future__ import annotations

import contextlib
import errno
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlcards.cli.arguments import (
    LockOption,
    NoCacheOption,
    PathsArgument,
    load_config,
    open_sources,
    parse,
    report_unreadable,
    watch_documents,
)
from dlcards.cli.output import LanguageOption, fail, language_of, note, show
from dlcards.deck.target import default_deck
from dlcards.links.downloads import fetch_pictures
from dlcards.model import LANGUAGES, Config, InputError, Text, system_reason
from dlcards.project.caches import cache_folder
from dlcards.project.clock import now
from dlcards.project.disk import Reach, make_ignored
from dlcards.project.files import find_root, reach_of, shown
from dlcards.project.git import is_committed
from dlcards.project.hosting import pages_of
from dlcards.project.locks import find_lock, load_lock, read_lock
from dlcards.project.pictures import with_width
from dlcards.project.store import Store
from dlcards.project.systems import installing
from dlcards.project.watch import Watch, WatchedFiles
from dlcards.project.writing import writing
from dlcards.reports.readings import nearly, no_questions

if TYPE_CHECKING:
    from dlcards.deck.preview.build import Preview
    from dlcards.deck.preview.server import PreviewServer
    from dlcards.identity.lock import Lock
    from dlcards.links.downloads import Remote
    from dlcards.links.urls import Address

PORT = 8760  # not 8765, which AnkiConnect listens at
_FAILED = Text(
    "다시 만들지 못했다. 까닭은 터미널에 있다", "the preview could not be made anew; the terminal says why"
)
_POLL = 0.5  # seconds between looks at the files


def preview(
    paths: PathsArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The page's folder. Default: build/preview in the project."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the page to this machine, and reload it as files change.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help=f"The port to serve at. Default: {PORT}, or a free one."
        ),
    ] = None,
    lock: LockOption = None,
    no_cache: NoCacheOption = False,
    lang: LanguageOption = "",
) -> None:
    """Show every card on one page, front and back, with what is wrong with it. Exit code: 0 done, 2 bad
    usage or input.
    """
    language = language_of(lang)
    if port is not None and not serve:
        fail(Text("--port는 --serve와 함께 쓴다. --serve를 더한다", "--port goes with --serve; add --serve"))
    paths = paths or [Path()]
    folder = output or find_root(paths[0]) / load_config(paths).config.home / "build" / "preview"
    with writing(folder):
        reach_of(paths).and_(output).check(folder)
    watch = watch_documents(paths)
    store = None if no_cache else Store(cache_folder() / "cards")
    built = _build(paths, lock, watch, store)
    from dlcards.deck.preview.folder import write_folder

    if output is None:
        with writing(folder.parent):
            make_ignored(folder.parent, reach_of(paths))
    write_folder(folder, built.files)
    show(f"{shown(folder / 'index.html')}: {_summary(built).in_(language)}\n")
    if not built.page.has_mathjax:
        install = installing("preview")
        note(
            Text(
                f"수식이 TeX 그대로 보인다. Anki에서처럼 보려면: {install}",
                f"formulas are shown as TeX; to see them as in Anki: {install}",
            )
        )
    if serve:
        _serve(paths, folder, lock, watch, built, port, language, store)
    raise typer.Exit(2 if built.unreadable and not serve else 0)


def _build(paths: list[Path], asked: Path | None, watch: Watch, store: Store | None) -> Preview:
    """The preview of the documents under ``paths``; ``watch`` learns what it was made of.

    Raises:
        InputError: There is nothing to show.
    """
    from dlcards.deck.drafts import Draft
    from dlcards.deck.export import Order, export
    from dlcards.deck.preview.build import make_preview, mathjax_files

    config = with_width(load_config(paths).config, None)
    project = parse(open_sources(paths, config))
    documents = [document for _, document in project.read if document.pairs]
    if not documents:
        near = {language: nearly(project.documents, language) for language in LANGUAGES}
        raise InputError(no_questions([path for path, _ in project.read], near))
    root = project.files.root
    context = project.context._replace(files=WatchedFiles(project.files, root, watch))
    deck = config.deck or default_deck(documents[0].path, root)
    troubles = [unreadable.message for unreadable in project.unreadable]
    asking = [path for path, document in project.read if document.pairs]
    lock_path = find_lock(project, asking, asked, watch, writes=False)
    order = Order(
        deck,
        _lock(lock_path, project.files.reach.and_(lock_path), troubles),
        now(),
        is_published=is_committed(lock_path),
        pages=pages_of(root, config),
    )
    report_unreadable(project.unreadable)
    read = [document.name for document in project.documents]
    drafts = [Draft(document, context, store, whole=document.layout == "file") for document in documents]
    result = export(drafts, context, root, order, fetch=lambda a: _kept_pictures(a, config), read=read)
    others = [document for document in project.documents if not document.pairs]
    built = make_preview(documents, context, deck, result, mathjax_files(), troubles, others)
    report_unreadable([], context.faults)
    bugs = [fault.message for fault in dict.fromkeys(context.faults)]
    return built._replace(unreadable=(*built.unreadable, *bugs))


def _lock(path: Path, reach: Reach, troubles: list[Text]) -> Lock:
    """The lock, for the months in which cards last changed; an empty one where it can't be read."""
    from dlcards.identity.lock import Lock

    try:
        data = read_lock(path, reach)
        return Lock() if data is None else load_lock(data, path)
    except InputError as error:
        note(error.message)
        troubles.append(error.message)
        return Lock()


def _kept_pictures(addresses: Sequence[Address], config: Config) -> Remote:
    """The pictures of other sites that an export has fetched; a preview asks no network."""
    absent = Text(
        "받아 둔 그림이 없다. dlcards export가 받아 둔다", "not fetched yet; dlcards export fetches it"
    )
    kept = fetch_pictures(addresses, config, offline=True)
    return {address: data if isinstance(data, bytes) else absent for address, data in kept.items()}


def _serve(
    paths: list[Path],
    folder: Path,
    lock: Path | None,
    watch: Watch,
    built: Preview,
    port: int | None,
    language: str,
    store: Store | None,
) -> None:
    """Serve the preview until Ctrl-C, and make it anew whenever a file changes."""
    from dlcards.deck.preview.folder import write_folder

    with _server(port) as server, contextlib.suppress(KeyboardInterrupt):
        server.publish(built.files)
        show(f"{server.address}  ({Text('Ctrl-C로 끝낸다', 'Ctrl-C ends it').in_(language)})\n")
        while True:
            time.sleep(_POLL)
            try:
                if not watch.changed():
                    continue
                watch = watch_documents(paths)
                built = _build(paths, lock, watch, store)
                write_folder(folder, built.files)
            except InputError as error:
                note(error.message)
                server.complain(error.message.in_(language))
            except typer.Exit:  # which has said on the terminal why
                server.complain(_FAILED.in_(language))
            except Exception:  # a bug: whoever writes an answer goes on, and the next save may be another's
                traceback.print_exc()
                server.complain(_FAILED.in_(language))
            else:
                server.publish(built.files)
                show(f"{time.strftime('%H:%M:%S')} {_summary(built).in_(language)}\n")


def _server(port: int | None) -> PreviewServer:
    from dlcards.deck.preview.server import PreviewServer

    for number in [PORT, 0] if port is None else [port]:
        try:
            return PreviewServer(number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port is not None:
                why = system_reason(error)
                fail(
                    Text(
                        f"{number}번 포트에서 서버를 열 수 없다: {why.ko}. --port로 다른 것을 준다",
                        f"cannot serve at port {number}: {why.en}; give another one: --port",
                    )
                )
    raise AssertionError("port 0 is never in use")


def _summary(built: Preview) -> Text:
    """What the page shows, in a line."""
    page = built.page
    cards, problems = page.cards.total(), page.with_problems
    return Text(
        f"질문 {len(page.questions)} · 카드 {cards} · 덱에 없음 {page.refused} · 문제가 있는 질문 {problems}",
        f"questions {len(page.questions)} · cards {cards} · not in the deck {page.refused} · "
        f"with problems {problems}",
    )
