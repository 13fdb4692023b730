"""The work of ``dlcards export``: make the deck, write it, and say what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dlcards.api.export import Deck, DeckError, made
from dlcards.cli.arguments import load_config, report_unreadable
from dlcards.cli.export import Options
from dlcards.cli.garbage import no_collections
from dlcards.cli.language import spoken
from dlcards.cli.output import fail, note, progress_bar, show
from dlcards.deck.export import Export
from dlcards.deck.memory import Last, Memory
from dlcards.deck.target import is_same
from dlcards.model import LANGUAGES, Config, Document, Text
from dlcards.project.disk import Reach, write_whole
from dlcards.project.files import Unreadable, shown
from dlcards.project.systems import installing
from dlcards.project.watch import Watch
from dlcards.project.writing import writing
from dlcards.reports.export import (
    changes,
    contents,
    first_steps,
    gone,
    languages,
    left_out,
    reworded,
    unscaled,
)
from dlcards.reports.release import release_notes
from dlcards.reports.verify import verification

if TYPE_CHECKING:
    from dlcards.deck.anki.verify import Verified
    from dlcards.links.downloads import Remote
    from dlcards.links.urls import Address
    from dlcards.linter.engine import ValidPair


def make_deck(options: Options, watch: Watch, memory: Memory, language: str) -> tuple[int, Path]:
    """Make a deck as the command line wants it.

    Args:
        options: What it says.
        watch: Learns what the deck was made of.
        memory: Keeps what was said, for when nothing will have changed.
        language: The language to speak.

    Returns:
        The exit code, and where the lock stands.
    """
    if options.verify or options.against:
        _require_anki(options.against)
    with opened(options, watch) as deck:
        return _finish(deck, options, memory, watch.documents, language), deck.lock_path


@contextmanager
def opened(options: Options, watch: Watch) -> Iterator[Deck]:
    """The deck that the command line wants, made and not written, as long as the block runs."""
    with (
        no_collections(),
        made(
            options.paths,
            options.deck,
            config=load_config(options.paths).config,
            watch=watch,
            track=_progress,
            fetch=lambda addresses, config: fetch_with_progress(
                addresses, config, offline=options.deck.offline
            ),
            notice=note,
        ) as deck,
    ):
        yield deck


def check_deck(deck: Deck, options: Options, language: str) -> int:
    """Say what the deck is without, and exit with 1 where it is not to be written.

    Returns:
        The exit code that what could not be read asks for.
    """
    result = deck.export
    # --against says what is gone for those learners, with searches that were tried.
    since = "" if options.against else gone(result, deck.before, language)
    show(left_out(result, language) + reworded(result, language) + since + unscaled(result, language))
    unread = report_unreadable(deck.unreadable, deck.faults)
    try:
        deck.check(locked=options.locked)
    except DeckError as error:
        note(error.message)
        raise typer.Exit(1) from error
    if about_languages := languages(result, deck.lock_path, deck.path):
        note(about_languages)
    return unread


def write(deck: Deck, language: str) -> Path | None:
    """Write the deck and say what it holds; the folder of its pictures, if it has one."""
    folder = deck.write()
    holds, new = contents(deck.export, deck.questions), changes(deck.export, deck.before)
    show(f"{_place(deck, folder)}: {holds.in_(language)}{new.in_(language)}\n")
    return folder


def _place(deck: Deck, folder: Path | None) -> str:
    return f"{shown(deck.path)}{f', {shown(folder)}' if folder else ''}"


def _finish(
    deck: Deck, options: Options, memory: Memory, watched: Sequence[Path | Unreadable], language: str
) -> int:
    """Write a deck and say what came of it; the exit code."""
    result = deck.export
    unread = check_deck(deck, options, language)
    if options.notes:
        _check_notes(options.notes, deck, watched)
    verified = None
    if options.verify or options.against:
        verified = _verify(result, [draft.parsed for draft in deck.drafts], options.against, language)
    folder = write(deck, language)
    if options.notes:
        said_of_it = release_notes(result.identified.cards, verified.update if verified else None)
        with writing(options.notes):
            write_whole(options.notes, said_of_it.encode("utf-8"), Reach.of(options.notes))
    if deck.old_lock is None and options.deck.format == "apkg" and sys.stdout.isatty():
        show(first_steps(deck.lock_path).in_(language))
    code = unread or int(options.strict and not deck.is_complete)
    # What the network did not give may be there next time.
    if not (unread or result.unmade or not options.deck.cache):
        said, holds = _place(deck, folder), contents(result, deck.questions)
        report = Text(*(left_out(result, word) + unscaled(result, word) for word in LANGUAGES))
        again = Text(
            f"{report.ko}{said}: 바뀐 것이 없다. {holds.ko}\n",
            f"{report.en}{said}: nothing changed; {holds.en}\n",
        )
        files = [deck.path, *(folder / name for name in result.pictures if folder)]
        if deck.lock_is_stale:  # else it is watched from before it was read
            files.append(deck.lock_path)
        memory.keep(Last(again, code, deck.lock_path), files)
    return code


def _progress(pairs: Sequence[ValidPair]) -> Iterable[ValidPair]:
    if not sys.stderr.isatty():
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, Text("카드", "cards").in_(spoken()), console=Console(stderr=True), transient=True)


def fetch_with_progress(addresses: Sequence[Address], config: Config, *, offline: bool) -> Remote:
    """The pictures of other sites, with a progress bar."""
    # Not above: requests is slow to load, and a deck without such pictures needs none of it.
    from dlcards.links.downloads import fetch_pictures

    with progress_bar(len(addresses), Text("그림", "pictures")) as progress:
        return fetch_pictures(addresses, config, offline=offline, progress=progress, notice=note)


def _require_anki(against: Path | None) -> None:
    """Exit with 2 where there is no Anki, or no earlier package: before any work is done."""
    if against is not None and not against.is_file():
        said = shown(against)
        fail(
            Text(
                f"{said}: 없다. 예전에 내보낸 .apkg를 준다", f"{said}: does not exist; give an earlier .apkg"
            )
        )
    if against is not None:
        from dlcards.identity.package import check_package

        check_package(against)
    try:
        import dlcards.deck.anki.verify  # noqa: F401
    except ImportError as error:  # missing, or too old to have what is asked for
        if (error.name or "").partition(".")[0] != "anki":
            raise
        install = installing("anki")
        fail(
            Text(
                f"--verify에는 Anki가 든 파이썬 패키지가 필요하다. 설치한다: {install}",
                f"--verify needs the Python package that holds Anki; install it: {install}",
            )
        )


def _check_notes(path: Path, deck: Deck, watched: Sequence[Path | Unreadable]) -> None:
    """Exit with 2 where something else would be lost by writing notes to a file."""
    others = [deck.path, deck.lock_path, *(each for each in watched if isinstance(each, Path))]
    if any(is_same(path, other) for other in others):
        said = shown(path)
        fail(
            Text(
                f"{said}: 이번 실행의 다른 파일이라 덮어쓰지 않는다. 다른 파일을 준다: --notes",
                f"{said} is another file of this run and is left alone; name another one: --notes",
            )
        )


def _verify(result: Export, documents: Sequence[Document], against: Path | None, language: str) -> Verified:
    """Rehearse the import of a package that is not written yet; exit with 1 if it does harm."""
    from dlcards.deck.anki.verify import verify

    cards = result.identified.cards
    there = [card.guid for card in cards]
    waiting = {row.guid for row in result.identified.lock.rows if not row.retired}.difference(there)
    verified = verify(result.package, there, language, against, waiting)
    show(verification(verified, cards, documents, against, language))
    if verified.findings:
        note(Text("검사에 걸려 아무것도 쓰지 않았다", "the check found problems; nothing was written"))
        raise typer.Exit(1)
    return verified
