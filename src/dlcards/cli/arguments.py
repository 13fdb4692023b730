"""What several commands take, and the project that they work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlcards.cli.garbage import no_collections
from dlcards.cli.output import note
from dlcards.model import Config, Fault, InputError, Text
from dlcards.project.config import Loaded, load, project_file
from dlcards.project.exclusion import Exclusion
from dlcards.project.files import PROJECT_FILES, Unreadable, find_documents, find_root, folders_above, shown
from dlcards.project.git import settings
from dlcards.project.sources import Sources, read_sources
from dlcards.project.watch import Watch

if TYPE_CHECKING:
    from dlcards.project.project import Project

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files and folders; this folder when none is given. Of a folder's files those are left out that "
        "git ignores or the configuration excludes; a file that is named is read."
    ),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Read and keep nothing in the cache of earlier runs.")
]
LockOption = Annotated[
    Path | None,
    typer.Option(
        "--lock",
        help="The lock file. Default: the configuration's, else the nearest deck.lock from the documents "
        "upwards, else deck.lock beside them.",
    ),
]

# What is wanted of a deck.
DeckFileOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The file. Default: build/DECK.apkg in the project."),
]
DeckNameOption = Annotated[
    str, typer.Option("--deck", help="The deck's name in Anki. Default: the configuration's.")
]
LockedOption = Annotated[
    bool, typer.Option("--locked", help="Change nothing and exit with 1 when the lock is stale.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 when a pair was left out.")]
TagOption = Annotated[
    list[str] | None, typer.Option("--tag", help="A tag for every note; may be given more than once.")
]
ClozeOption = Annotated[
    bool, typer.Option("--cloze/--no-cloze", help="Cards of the bold terms of summaries.")
]
FollowUpsOption = Annotated[
    bool, typer.Option("--follow-ups/--no-follow-ups", help="Cards of follow-up questions.")
]
WidthOption = Annotated[
    int | None,
    typer.Option("--max-image-width", min=0, help="Scale wider pictures down to so many pixels; 0 for none."),
]
KeptPicturesOption = Annotated[
    bool, typer.Option("--offline", help="Take pictures of other sites from the cache alone.")
]


def open_sources(paths: list[Path] | None, config: Config | None = None) -> Sources:
    """Read the documents under ``paths``; exits with 2 where there are none.

    Args:
        paths: Files and folders; the present folder when empty.
        config: The configuration, where the command line changes the project's.
    """
    paths = paths or [Path()]
    sources = read_sources(paths, config or load_config(paths).config)
    refuse_nothing(sources, paths, force_exclude=False)
    return sources


def parse(sources: Sources) -> Project:
    """Parse documents that were read, with their questions."""
    # Not above: where nothing has changed, no parser is needed.
    from dlcards.project.project import Project

    with no_collections():
        return Project.of(sources)


def refuse_nothing(sources: Sources, paths: Sequence[Path], *, force_exclude: bool) -> None:
    """Exit with 2 where no document could be read, and it was not the configuration that left them out."""
    if sources.read or (force_exclude and not sources.unreadable):
        return
    report_unreadable(sources.unreadable)
    if not sources.unreadable:
        # Not above, as the rules that it comes with: they take a while to load.
        from dlcards.api.read import nothing_in

        raise nothing_in(paths)
    raise typer.Exit(2)


def report_unreadable(unreadable: Sequence[Unreadable], faults: Iterable[Fault] = ()) -> int:
    """Say which files could not be read, and which have met a bug; the exit code that this asks for."""
    messages = [*(each.message for each in unreadable), *(each.message for each in dict.fromkeys(faults))]
    for message in messages:
        note(message)
    return 2 if messages else 0


def load_config(paths: list[Path] | None, *, checked: bool = True) -> Loaded:
    """The configuration of the project that ``paths`` stand in: the first one's, for the whole run.

    Args:
        paths: Files and folders; the present folder when empty.
        checked: Whether all of it is checked, or only what says where documents are.
    """
    first, *others = paths or [Path()]
    loaded = load(first, _rule_names() if checked else None)
    files = {project_file(folder) for folder in {path if path.is_dir() else path.parent for path in others}}
    for other in sorted(str(path) for path in files - {loaded.source} if path):
        note(
            Text(
                f"{shown(Path(other))}: 이번 실행의 설정이 아니다. 첫 경로의 설정만 적용한다. 따로 실행한다",
                f"{shown(Path(other))}: not this run's configuration, which is that of the first path; "
                "run dlcards once for each",
            )
        )
    return loaded


def _rule_names() -> Mapping[str, str]:
    # Not above: the rules take a while to load, and most of them are not needed for an answer from before.
    from dlcards.linter.rules import NAMES

    return NAMES


def watch_documents(paths: list[Path]) -> Watch:
    """Watch the configuration and the documents of the project that ``paths`` stand in."""
    root, above = find_root(paths[0]), folders_above(paths[0])
    folders = above[: above.index(root) + 1]  # a nearer configuration would count

    def find() -> Iterator[Path | Unreadable]:
        try:
            config = load_config(paths, checked=False).config
        except InputError:
            return  # whoever reads it next says so
        yield from find_documents(paths, Exclusion(root / config.home, config.exclude))

    configurations = [folder / name for folder in folders for name in PROJECT_FILES]
    return Watch([*configurations, settings(root)], find)
