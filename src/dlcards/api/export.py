"""Documents to a deck, and the deck's lock beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from dlcards.api.fetching import Fetch, fetcher
from dlcards.api.options import DeckOptions
from dlcards.api.read import load_config, open_sources
from dlcards.deck.drafts import Draft, open_drafts
from dlcards.deck.export import Export, Order, Track
from dlcards.deck.export import export as make_export
from dlcards.deck.package.formats import FORMATS
from dlcards.deck.target import checked_deck, checked_target, default_deck, file_name
from dlcards.deck.write import write_deck
from dlcards.identity import LAST_SECOND
from dlcards.identity import lock as locks
from dlcards.identity.identify import IdentifiedCard
from dlcards.identity.lock import Lock
from dlcards.model import (
    LANGUAGES,
    Config,
    Context,
    Facts,
    Fault,
    Faults,
    InputError,
    Text,
    counted,
)
from dlcards.project import clock
from dlcards.project.caches import cache_folder
from dlcards.project.closest import unknown
from dlcards.project.disk import Reach, check_unchanged, make_folder, make_ignored, write_whole
from dlcards.project.files import Checkout, Unreadable, shown
from dlcards.project.git import is_committed
from dlcards.project.hosting import pages_of
from dlcards.project.locks import find_lock, held, load_lock, lock_file, read_lock
from dlcards.project.pictures import with_width
from dlcards.project.store import Store
from dlcards.project.watch import Watch, WatchedFiles
from dlcards.project.writing import writing
from dlcards.reports.readings import nearly, no_questions

if TYPE_CHECKING:
    from dlcards.project.sources import Sources


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A deck made of documents.

    Attributes:
        name: Its name in Anki.
        path: Its file.
        lock_path: The file of its lock, which says which note each question is.
        export: What the export came to: cards, refused questions, pictures, the new lock.
        questions: How many questions there are in its documents, with and without cards.
        before: The lock as it was.
        drafts: The documents with questions.
        unreadable: What could not be read.
        faults: The bugs of dlcards that documents have met; what they touched was left out.
        format: What its file is written as.
        files: The checkout that its documents stand in.
        reach: Where the run may write.
        is_named: Whether its file was named, and stands not where decks stand by default.
        old_lock: The bytes of the lock's file as it was; None where there was none.
    """

    name: str
    path: Path
    lock_path: Path
    export: Export
    questions: int
    before: Lock
    drafts: Sequence[Draft]
    unreadable: Sequence[Unreadable]
    faults: Sequence[Fault]
    format: str
    files: Checkout
    reach: Reach
    is_named: bool
    old_lock: bytes | None

    @property
    def cards(self) -> Sequence[IdentifiedCard]:
        """The notes with their fields, in the order in which they are to be studied."""
        return self.export.identified.cards

    @property
    def is_complete(self) -> bool:
        """Whether every question with an answer has its cards."""
        return not (self.export.refused or self.export.unmade or self.export.identified.ambiguous)

    @property
    def new_lock(self) -> bytes:
        """The lock's file as it must be."""
        return lock_file(self.export.identified.lock, self.old_lock)

    @property
    def lock_is_stale(self) -> bool:
        """Whether the lock's file is not yet what it must be."""
        return self.new_lock != self.old_lock

    def check(self, *, locked: bool = False) -> None:
        """Check that there is something to write, and that the lock is up to date if it must be.

        Raises:
            DeckError: It is not.
        """
        if locked and self.lock_is_stale:
            said = shown(self.lock_path)
            raise DeckError(
                Text(
                    f"{said}이 낡았다. --locked 없이 내보낸 뒤 커밋한다",
                    f"{said} is stale: export without --locked and commit it",
                ),
                self,
            )
        if not self.cards:
            raise DeckError(
                Text("만들 카드가 없어 아무것도 쓰지 않았다", "no card could be made; nothing was written"),
                self,
            )

    def write(self) -> Path | None:
        """Write the lock, and then the deck, each file whole or not at all.

        Returns:
            The folder of the pictures, where they are not in the deck's file and there are any.

        Raises:
            InputError: A file can't be written, or the lock is no longer what was read.
        """
        with writing(self.path):
            if self.is_named:
                make_folder(self.path.parent, Reach.of(self.path.parent))
            else:
                make_ignored(self.path.parent, self.reach)
        # Before the package: notes that learners have and no lock knows would be lost to them at the next
        # export.
        with writing(self.lock_path):
            if self.lock_is_stale:
                write_whole(self.lock_path, self.new_lock, self.reach, before=self.old_lock)
            else:
                check_unchanged(self.lock_path, self.old_lock)
        with writing(self.path):
            return write_deck(self.path, self.export, self.format, self.name)


class DeckError(InputError):
    """A deck that is not written.

    Attributes:
        deck: What it would be, with what was left out of it and why.
    """

    def __init__(self, message: Text, deck: Deck) -> None:
        super().__init__(message)
        self.deck = deck


def export(
    *paths: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    format: str = "apkg",
    name: str = "",
    lock: str | os.PathLike[str] | None = None,
    adopt: str | os.PathLike[str] | None = None,
    locked: bool = False,
    cloze: bool = True,
    follow_ups: bool = True,
    tags: Sequence[str] = (),
    max_image_width: int | None = None,
    offline: bool = False,
    cache: bool = True,
    now: int | None = None,
    config: Config | None = None,
) -> Deck:
    """Make an Anki deck of all questions with answers, and write it, its lock first.

    As ``dlcards export`` does it. Commit the lock (``deck.lock``) with the documents: it holds which note
    each question is, and so what learners keep of their progress when they import the next deck.

    Args:
        paths: Files and folders, as in :func:`dlcards.read`.
        output: The deck's file; None for ``build/NAME.apkg`` in the project.
        format: ``apkg``, ``csv`` or ``json``.
        name: The deck's name in Anki, ``::`` between levels; empty for the configuration's, else that of
            the first document with questions.
        lock: The lock's file; None for the configuration's, else the nearest ``deck.lock``.
        adopt: An earlier .apkg of the deck whose notes to keep.
        locked: Whether the lock must be up to date already, as in CI.
        cloze: Whether to make cards of the bold terms of summaries.
        follow_ups: Whether to make cards of follow-up questions.
        tags: Tags for every note besides its own, without blanks.
        max_image_width: Pixels that wider pictures are scaled down to; 0 for none, None for the
            configuration's.
        offline: Whether pictures of other sites are taken from the cache alone.
        cache: Whether cards of documents that have not changed may come from an earlier run.
        now: The second since 1970 that new and changed notes are stamped with; None for the present one.
        config: The configuration; None for that of the project that the first path stands in.

    Returns:
        The deck, with what was left out of it in ``deck.export.refused`` and ``deck.export.unmade``.

    Raises:
        DeckError: No card could be made, or ``locked`` and the lock is stale: nothing is written.
        InputError: The input can't be used, or a file can't be written.
    """
    options = DeckOptions(
        output=None if output is None else Path(output),
        format=format,
        name=name,
        lock=None if lock is None else Path(lock),
        adopt=None if adopt is None else Path(adopt),
        cloze=cloze,
        follow_ups=follow_ups,
        tags=tags,
        max_image_width=max_image_width,
        offline=offline,
        cache=cache,
        now=now,
    )
    with made(paths, options, config=config) as deck:
        deck.check(locked=locked)
        deck.write()
        return deck


@contextmanager
def made(
    paths: Sequence[str | os.PathLike[str]],
    options: DeckOptions,
    *,
    config: Config | None = None,
    watch: Watch | None = None,
    track: Track = lambda pairs: pairs,
    fetch: Fetch | None = None,
    notice: Callable[[Text], None] = lambda message: None,
    unsaved: Mapping[str, str | bytes] = MappingProxyType({}),
) -> Iterator[Deck]:
    """A deck that is made and not written; other exports with its lock wait until the block ends.

    Args:
        paths: Files and folders, as in :func:`dlcards.read`.
        options: What is wanted.
        config: The configuration; None for that of the project that the first path stands in.
        watch: Learns what the deck was made of.
        track: Watches the pairs go by that cards are made of, for a progress bar.
        fetch: Gets the pictures of other sites; None for the link checker's way.
        notice: Takes what the user should know meanwhile.
        unsaved: What files hold that are not saved, by their real paths: as if they were.

    Raises:
        InputError: The input can't be used.
    """
    if options.format not in FORMATS:
        raise InputError(unknown(Text("형식", "format"), options.format, FORMATS))
    paths = paths or ["."]
    config = with_width(config or load_config(paths[0]), options.max_image_width)
    sources = open_sources(paths, config, unsaved=unsaved)
    watch = watch or Watch((), lambda: ())
    root = sources.files.root
    context = Context(config, WatchedFiles(sources.files, root, watch), faults=Faults())
    store = Store(cache_folder() / "cards") if options.cache else None
    drafts = open_drafts([source.document for source in sources.read], context, sources.files, store)
    documents = [draft.examined.facts for draft in drafts if draft.examined.facts.questions]
    if not documents:
        for fault in dict.fromkeys(context.faults):
            notice(fault.message)
        raise _no_questions(sources, [draft.examined.facts for draft in drafts])
    name = checked_deck(options.name or config.deck or default_deck(documents[0].path, root))
    with_questions = {each.path for each in documents}
    asking = [source.file for source in sources.read if source.document.path in with_questions]
    lock_path = find_lock(sources, asking, options.lock, watch, writes=True)
    reach = sources.files.reach.and_(options.output, lock_path)
    path = options.output or sources.home / "build" / file_name(name, options.format)
    checked_target(path, options.format, sources.found, lock_path)
    with writing(path):
        reach.check(path)
    with held(lock_path, notice):
        old_lock = read_lock(lock_path, reach)
        before = _before(old_lock, lock_path, options.adopt, documents, with_sources=bool(config.repository))
        order = Order(
            name,
            before,
            _checked_second(options.now),
            options.kinds,
            [_checked_tag(word) for word in options.tags],
            is_published=is_committed(lock_path),
            pages=pages_of(root, config),
        )
        get = fetch or fetcher(offline=options.offline)
        result = make_export(
            drafts, context, root, order, track=track, fetch=lambda addresses: get(addresses, config)
        )
        if old_lock is None and options.adopt is None:
            _refuse_to_forget(path, lock_path, documents, result)
        yield Deck(
            name=name,
            path=path,
            lock_path=lock_path,
            export=result,
            questions=sum(each.questions for each in documents),
            before=before,
            drafts=drafts,
            unreadable=sources.unreadable,
            faults=context.faults,
            format=options.format,
            files=sources.files,
            reach=reach,
            is_named=options.output is not None,
            old_lock=old_lock,
        )


def _no_questions(sources: Sources, facts: Sequence[Facts]) -> InputError:
    """What to say where no document holds a question."""
    near = {language: nearly(facts, language) for language in LANGUAGES}
    return InputError(no_questions([source.file for source in sources.read], near))


def _before(
    data: bytes | None, path: Path, adopted: Path | None, documents: Sequence[Facts], *, with_sources: bool
) -> Lock:
    """The lock in the file at ``path``, with what is adopted from a package."""
    lock = locks.Lock() if data is None else load_lock(data, path)
    if adopted is not None:
        from dlcards.identity.adopt import adopt, read_package

        names = [document.name for document in documents]
        lock = adopt(lock, read_package(adopted, names, with_sources=with_sources))
    return lock


def _refuse_to_forget(target: Path, lock: Path, documents: Sequence[Facts], result: Export) -> None:
    """Raise when there is no lock, but an earlier package with notes that would be orphaned."""
    from dlcards.identity.adopt import read_package
    from dlcards.identity.package import PackageError

    if not target.exists():
        return
    try:
        rows = read_package(target, [document.name for document in documents]).rows
    except PackageError:
        return  # no package of ours, nothing that a learner could have
    found = {entry.guid: entry.language for entry in result.identified.cards}
    lost = [row for row in rows if found.get(row.guid) != (row.language or "ko")]
    if lost:
        said, package = shown(lock), shown(target)
        raise InputError(
            Text(
                f"{said}이 없는데 {package}에는 이대로 내보내면 학습 기록이 끊길 노트가 {len(lost)}개 있다. "
                f"저장소의 이력에서 {said}을 되살리거나 'dlcards export --adopt {package}'로 다시 만든다. "
                f"{package}가 다른 덱의 것이면 이 덱의 이름을 --deck이나 -o로 따로 준다. "
                f"정말 새 덱이면 {package}를 지운다",
                f"{said} is missing, and this export would orphan {counted(len(lost), 'note')} of {package}. "
                f"Restore {said} from the repository's history, or rebuild it: "
                f"dlcards export --adopt {package}. If {package} is another deck's, give this one another "
                f"name: --deck or -o. If the deck is to begin anew, delete {package}",
            )
        )


def _checked_second(second: int | None) -> int:
    if second is None:
        return clock.now()
    if not 0 <= second <= LAST_SECOND:
        raise InputError(
            Text(
                f"now는 1970년부터 센 초이고 0 이상 {LAST_SECOND}(9999년) 이하여야 한다: {second}",
                f"now must be a number of seconds since 1970, from 0 to {LAST_SECOND} (the year 9999), not "
                f"{second}",
            )
        )
    return second


def _checked_tag(word: str) -> str:
    if not word or any(c.isspace() for c in word):
        raise InputError(
            Text(
                f"태그에 빈칸을 쓸 수 없다: {word!r}. '_'나 '::'로 잇는다",
                f"a tag has no blanks: {word!r}; join words by '_' or '::'",
            )
        )
    return word
