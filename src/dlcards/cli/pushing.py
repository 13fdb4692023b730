"""The work of ``dlcards push``: make the deck, look what Anki has, write, import, and look again."""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import typer

from dlcards.api.export import Deck
from dlcards.cli.arguments import watch_documents
from dlcards.cli.export import Options
from dlcards.cli.exporting import check_deck, opened, write
from dlcards.cli.output import note, show
from dlcards.identity.package import package_notes
from dlcards.model import Document, InputError, Text
from dlcards.project.locks import load_lock
from dlcards.project.revision import commits_of, file_at
from dlcards.project.watch import Watch
from dlcards.reports.export import to_commit
from dlcards.reports.push import endangered, kept, pushed
from dlcards.roundtrip.ankiconnect import DEFAULT, AnkiConnect, NotReady
from dlcards.roundtrip.pushed import Notes, by_guid, compare, edited, overwritten, own_tags

# Seconds between looks at the files, and for an Anki that was not there. Not less than one: what the last
# push has touched in Anki is to be older than what the next one brings.
_POLL, _PATIENCE = 1.0, 2.0

_BEGINNING = Text("저장할 때마다 Anki에 넣는다 (Ctrl-C로 끝낸다)\n", "Anki gets each save (Ctrl-C ends it)\n")


class Push:
    """What ``dlcards push`` does, once or again and again.

    Args:
        options: What the command line says of the deck.
        anki: The Anki that gets it.
        overwrite: Whether edits there may be lost.
        language: The language to speak.
    """

    def __init__(self, options: Options, anki: AnkiConnect, overwrite: bool, language: str) -> None:
        self._options = options._replace(paths=options.paths or [Path()])
        address = "--ankiconnect" if anki.url == DEFAULT else f"--ankiconnect={anki.url}"
        self._pull = ["dlcards", "pull", address, *map(str, options.paths)]
        self._anki = anki
        self._overwrite = overwrite
        self._language = language
        self._follows = False
        self._last = b""  # the package that Anki has got
        self._made: set[str] = set()  # the hashes of notes in locks that this run has seen

    def once(self) -> int:
        """Make the deck and give it to Anki; the exit code.

        Raises:
            InputError: There is no deck to make, no Anki, or Anki has failed.
        """
        return self._push(watch_documents(self._options.paths))

    def follow(self) -> None:
        """Do so after each save that changes the deck, until Ctrl-C; wait for an Anki that is not there."""
        self._follows = True
        watch = watch_documents(self._options.paths)
        waiting = Text("", "")
        is_due = True
        with contextlib.suppress(KeyboardInterrupt):
            show(_BEGINNING.in_(self._language))
            while True:
                if watch.changed():
                    watch, is_due = watch_documents(self._options.paths), True
                if is_due:
                    is_due = False
                    try:
                        self._push(watch)
                        waiting = Text("", "")
                    except NotReady as error:
                        is_due = True
                        if error.message != waiting:
                            note(_wait(error.message))
                        waiting = error.message
                    except InputError as error:
                        note(error.message)
                    except typer.Exit:  # which has said why
                        pass
                    except Exception:  # a bug: the next save may be another document's
                        traceback.print_exc()
                time.sleep(_PATIENCE if is_due else _POLL)

    def _push(self, watch: Watch) -> int:
        # Before any work: nothing is written for an Anki that is not there.
        self._anki.check()
        with opened(self._options, watch) as deck:
            if deck.export.package == self._last:
                return 0
            unread = check_deck(deck, self._options, self._language)
            with self._anki.held(deck.name) as held:
                before = by_guid(held.notes)
            package = _notes(deck.export.package)
            self._refuse_to_overwrite(deck, package, before)
            write(deck, self._language)
            if deck.lock_is_stale:
                watch.renew(deck.lock_path)
            if deck.old_lock is None and sys.stdout.isatty():
                show(to_commit(deck.lock_path).in_(self._language))
            self._made |= {row.hash for row in deck.export.identified.lock.rows}
            self._anki.import_package(deck.path)
            self._last = deck.export.package
            self._tell_what_came_of_it(deck, package, before)
            return unread or int(self._options.strict and not deck.is_complete)

    def _refuse_to_overwrite(self, deck: Deck, package: Notes, before: Notes) -> None:
        """Exit with 1 where an edit made in Anki would be lost, before anything is written."""
        self._made |= {row.hash for row in deck.before.rows}
        if self._overwrite:
            return
        found = overwritten(package, before, self._made, _earlier(deck))
        if not found:
            return
        show(endangered(found, deck.cards, _documents(deck), self._pull, self._language))
        note(
            Text(
                f"Anki에서 고친 노트 {len(found)}개를 잃게 되어 아무것도 쓰지 않았다. 먼저 문서로 "
                "가져오거나, 버려도 되면 --overwrite를 준다",
                f"what was edited in Anki would be lost ({len(found)}), so nothing was written; take it into "
                "the documents first, or give --overwrite where it may be lost",
            )
        )
        raise typer.Exit(1)

    def _tell_what_came_of_it(self, deck: Deck, package: Notes, before: Notes) -> None:
        with self._anki.held(deck.name) as held:
            after = by_guid(held.notes)
        for tags, notes in own_tags(package, before, after).items():
            self._anki.add_tags(notes, tags)
        found = compare(package, before, after)
        own = edited(found.kept, package, after, self._made, _earlier(deck))
        at = f"{time.strftime('%H:%M:%S')} " if self._follows else ""
        show(f"{at}{pushed(found, own).in_(self._language)}")
        show(kept(found, own, deck.cards, _documents(deck), self._pull, self._language))


def _notes(package: bytes) -> Notes:
    """The notes in the bytes of a package."""
    with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
        path = Path(folder) / "deck.apkg"
        path.write_bytes(package)
        return by_guid(package_notes(path))


def _documents(deck: Deck) -> Iterator[Document]:
    return (draft.parsed for draft in deck.drafts)


def _earlier(deck: Deck) -> Iterator[frozenset[str]]:
    """The hashes of notes in the locks that git has, the newest first."""
    root, path = deck.files.root, deck.files.relative(deck.lock_path)
    for commit in commits_of(root, path):
        try:
            lock = load_lock(file_at(root, commit, path), deck.lock_path)
            yield frozenset(row.hash for row in lock.rows)
        except InputError:
            continue  # a merge that was never finished, or one that is no more read


def _wait(message: Text) -> Text:
    return Text(f"{message.ko} (기다린다)", f"{message.en} (waiting)")
