"""The work of ``dlcards export``: make the deck, write it, and say what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from dlcards.cli.arguments import load_config, open_sources, report_unreadable, with_width
from dlcards.cli.export import Options
from dlcards.cli.output import fail, note, progress_bar, show, writing
from dlcards.cli.target import checked_deck, checked_target, default_deck, file_name
from dlcards.deck.drafts import Draft, open_drafts
from dlcards.deck.export import Export, Order, export
from dlcards.deck.memory import Last, Memory
from dlcards.deck.package.formats import FORMATS
from dlcards.deck.write import write_deck
from dlcards.identity import lock as locks
from dlcards.identity.lock import Lock
from dlcards.model import KINDS, LANGUAGES, Config, Context, Document, Facts, Faults, Text, counted
from dlcards.project.caches import cache_folder
from dlcards.project.closest import closest
from dlcards.project.disk import Reach, check_unchanged, make_folder, write_whole
from dlcards.project.files import shown
from dlcards.project.garbage import no_collections
from dlcards.project.git import is_committed
from dlcards.project.locks import find_lock, held, load_lock, read_lock
from dlcards.project.store import Store
from dlcards.project.watch import Watch, WatchedFiles
from dlcards.reports.export import changes, contents, gone, languages, left_out, reworded, unscaled
from dlcards.reports.readings import nearly
from dlcards.reports.verify import verification

if TYPE_CHECKING:
    from dlcards.links.downloads import Remote
    from dlcards.links.urls import Address
    from dlcards.lint.engine import ValidPair
    from dlcards.project.sources import Sources

_NO_ANKI = Text(
    '--verify에는 Anki가 든 파이썬 패키지가 필요하다. 설치한다: pip install "dlcards[anki]"',
    '--verify needs the Python package that holds Anki; install it: pip install "dlcards[anki]"',
)


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
    if options.format_ not in FORMATS:
        known = ", ".join(FORMATS)
        fail(
            Text(
                f"모르는 형식이다: {options.format_!r} (아는 것: {known})",
                f"unknown format {options.format_!r}{closest(options.format_, FORMATS)} (known: {known})",
            )
        )
    if options.verify or options.against:
        _require_anki(options.against)
    config = with_width(load_config(options.paths).config, options.max_image_width)
    sources = open_sources(options.paths, config)
    root = sources.files.root
    context = Context(config, WatchedFiles(sources.files, root, watch), faults=Faults())
    store = None if options.no_cache else Store(cache_folder() / "cards")
    with no_collections():
        drafts = open_drafts([source.document for source in sources.read], context, sources.files, store)
    facts = [draft.examined.facts for draft in drafts]
    documents = [each for each in facts if each.questions]
    if not documents:
        report_unreadable([], context.faults)
        where = ", ".join(str(source.file) for source in sources.read)
        near = {language: nearly(facts, language) for language in LANGUAGES}
        more = {language: f"\n{said}" if said else "" for language, said in near.items()}
        fail(Text(f"질문이 없다: {where}{more['ko']}", f"no questions in {where}{more['en']}"))
    name = checked_deck(options.deck or config.deck or default_deck(documents[0].path, root))
    with_questions = {each.path for each in documents}
    asking = [source.file for source in sources.read if source.document.path in with_questions]
    lock_path = find_lock(sources, asking, options.lock, watch, writes=True)
    reach = sources.files.reach.and_(options.output, lock_path)
    target = options.output or sources.home / "build" / file_name(name, options.format_)
    checked_target(target, options.format_, watch.documents, lock_path)
    with writing(target):
        reach.check(target)
    job = _Job(options, sources, context, drafts, documents, name, lock_path, target, reach)
    with held(lock_path, note):
        return _make(job, memory, language), lock_path


class _Job(NamedTuple):
    """What is to be exported, and where to."""

    options: Options
    sources: Sources
    context: Context
    drafts: Sequence[Draft]
    documents: Sequence[Facts]
    name: str
    lock_path: Path
    target: Path
    reach: Reach


def _make(job: _Job, memory: Memory, language: str) -> int:
    """Make the deck, with the lock as it is now, and write both; the exit code."""
    options, sources, target, lock_path = job.options, job.sources, job.target, job.lock_path
    old_bytes = read_lock(lock_path, job.reach)
    old = _old_lock(old_bytes, lock_path, options.adopt, job.documents)
    made = {"question": True, "cloze": options.cloze, "follow-up": options.follow_ups}
    kinds = [kind for kind in KINDS if made[kind]]
    tags = [_checked_tag(word) for word in options.tags]
    order = Order(job.name, old, options.now, kinds, tags, is_published=is_committed(lock_path))
    with no_collections():
        result = export(
            job.drafts,
            job.context,
            sources.files.root,
            order,
            track=_progress,
            fetch=lambda addresses: _fetch(addresses, sources.config, offline=options.offline),
        )
    if old_bytes is None and options.adopt is None:
        _refuse_to_forget(target, lock_path, job.documents, result)
    # --against says what is gone for those learners, with searches that were tried.
    since = "" if options.against else gone(result, old, language)
    show(left_out(result, language) + reworded(result, language) + since + unscaled(result, language))
    unread = report_unreadable(sources.unreadable, job.context.faults)
    new_bytes = locks.dump(result.identified.lock).encode("utf-8")
    if options.locked and new_bytes != old_bytes:
        said = shown(lock_path)
        note(
            Text(
                f"{said}이 낡았다. --locked 없이 내보낸 뒤 커밋한다",
                f"{said} is stale: export without --locked and commit it",
            )
        )
        raise typer.Exit(1)
    if not result.identified.cards:
        note(Text("만들 카드가 없어 아무것도 쓰지 않았다", "no card could be made; nothing was written"))
        raise typer.Exit(1)
    if about_languages := languages(result, lock_path, target):
        note(about_languages)
    if options.verify or options.against:
        _verify(result, [draft.parsed for draft in job.drafts], options.against, language)
    with writing(target):
        make_folder(target.parent, Reach.of(target.parent) if options.output else job.reach)
    # Before the package: notes that learners have and no lock knows would be lost to them at the next export.
    with writing(lock_path):
        if new_bytes != old_bytes:
            write_whole(lock_path, new_bytes, job.reach, before=old_bytes)
        else:
            check_unchanged(lock_path, old_bytes)
    with writing(target):
        folder = write_deck(target, result, options.format_, job.name)
    beside = f", {shown(folder)}" if folder else ""
    holds = contents(result, sum(each.questions for each in job.documents))
    show(f"{shown(target)}{beside}: {holds.in_(language)}{changes(result, old).in_(language)}\n")
    complete = not (result.refused or result.unmade or result.identified.ambiguous)
    code = unread or int(options.strict and not complete)
    # What the network did not give may be there next time.
    if not (unread or result.unmade or options.no_cache):
        report = Text(*(left_out(result, word) + unscaled(result, word) for word in LANGUAGES))
        again = Text(
            f"{report.ko}{shown(target)}{beside}: 바뀐 것이 없다. {holds.ko}\n",
            f"{report.en}{shown(target)}{beside}: nothing changed; {holds.en}\n",
        )
        written = [target, *(folder / name for name in result.pictures if folder)]
        if new_bytes != old_bytes:  # else it is watched from before it was read
            written.append(lock_path)
        memory.keep(Last(again, code, lock_path), written)
    return code


def _progress(pairs: Sequence[ValidPair]) -> Iterable[ValidPair]:
    if not sys.stderr.isatty():
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, "", console=Console(stderr=True), transient=True)


def _fetch(addresses: Sequence[Address], config: Config, *, offline: bool) -> Remote:
    """The pictures of other sites, with a progress bar."""
    # Not above: requests is slow to load, and a deck without such pictures needs none of it.
    from dlcards.links.downloads import fetch_pictures

    with progress_bar(len(addresses)) as progress:
        return fetch_pictures(addresses, config, offline=offline, progress=progress, notice=note)


def _require_anki(against: Path | None) -> None:
    """Exit with 2 where there is no Anki, or no earlier package: before any work is done."""
    if against is not None and not against.is_file():
        fail(Text(f"{against}: 이전 덱이 없다", f"{against}: no such package"))
    if against is not None:
        from dlcards.identity.package import check_package

        check_package(against)
    try:
        import dlcards.deck.anki.verify  # noqa: F401
    except ImportError as error:  # missing, or too old to have what is asked for
        if (error.name or "").partition(".")[0] != "anki":
            raise
        fail(_NO_ANKI)


def _verify(result: Export, documents: Sequence[Document], against: Path | None, language: str) -> None:
    """Rehearse the import of a package that is not written yet; exit with 1 if it does harm."""
    from dlcards.deck.anki.verify import verify

    cards = result.identified.cards
    verified = verify(result.package, [card.guid for card in cards], language, against)
    show(verification(verified, cards, documents, against, language))
    if verified.findings:
        note(Text("검사에 걸려 아무것도 쓰지 않았다", "the check found problems; nothing was written"))
        raise typer.Exit(1)


def _old_lock(data: bytes | None, path: Path, adopted: Path | None, documents: Sequence[Facts]) -> Lock:
    """The lock in the file at ``path``, with what is adopted from a package."""
    lock = locks.Lock() if data is None else load_lock(data, path)
    if adopted is not None:
        from dlcards.identity.adopt import adopt, read_package

        lock = adopt(lock, read_package(adopted, [document.name for document in documents]))
    return lock


def _refuse_to_forget(target: Path, lock: Path, documents: Sequence[Facts], result: Export) -> None:
    """Exit with 2 when there is no lock, but an earlier package with notes that would be orphaned."""
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
        fail(
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


def _checked_tag(word: str) -> str:
    if not word or any(c.isspace() for c in word):
        fail(
            Text(
                f"태그에 빈칸을 쓸 수 없다: {word!r}. '_'나 '::'로 잇는다",
                f"a tag has no blanks: {word!r}; join words by '_' or '::'",
            )
        )
    return word
