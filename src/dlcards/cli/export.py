"""``dlcards export``: documents to a deck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dlcards.api.options import DeckOptions
from dlcards.cli.arguments import (
    ClozeOption,
    DeckFileOption,
    DeckNameOption,
    FollowUpsOption,
    KeptPicturesOption,
    LockedOption,
    LockOption,
    NoCacheOption,
    PathsArgument,
    StrictOption,
    TagOption,
    WidthOption,
    watch_documents,
)
from dlcards.cli.output import LanguageOption, language_of, note, show
from dlcards.deck.memory import Memory
from dlcards.model import Text
from dlcards.project.caches import cache_folder
from dlcards.project.clock import now
from dlcards.project.files import adding, shown
from dlcards.project.git import is_staged


class Options(NamedTuple):
    """What the command line says of a deck, and of what else is to be done."""

    paths: list[Path]
    deck: DeckOptions
    locked: bool
    strict: bool
    verify: bool = False
    against: Path | None = None
    notes: Path | None = None

    @property
    def may_be_as_before(self) -> bool:
        """Whether the last export may stand for this one, if nothing has changed."""
        fresh = self.verify or self.against or self.deck.adopt or self.locked or self.notes
        return self.deck.cache and not fresh

    @property
    def call(self) -> tuple[object, ...]:
        """What must be the same for that."""
        return self.paths, replace(self.deck, offline=False, now=None), self.strict


def export(
    paths: PathsArgument = None,
    output: DeckFileOption = None,
    format_: Annotated[
        str, typer.Option("--format", help="apkg for Anki; csv or json with the pictures in a folder beside.")
    ] = "apkg",
    deck: DeckNameOption = "",
    lock: LockOption = None,
    adopt: Annotated[
        Path | None,
        typer.Option(
            "--adopt", help="An earlier .apkg of the deck whose notes to keep; rebuilds a lost lock."
        ),
    ] = None,
    locked: LockedOption = False,
    staged: Annotated[
        bool,
        typer.Option(
            "--staged", help="Exit with 1 unless git's index holds the lock as it is now; for hooks."
        ),
    ] = False,
    strict: StrictOption = False,
    tag: TagOption = None,
    cloze: ClozeOption = True,
    follow_ups: FollowUpsOption = True,
    max_image_width: WidthOption = None,
    offline: KeptPicturesOption = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Import the deck into the real Anki first (dlcards[anki]); exit with 1 for what it finds.",
        ),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", help="Verify, and say what learners of this earlier .apkg will see of the new one."
        ),
    ] = None,
    notes: Annotated[
        Path | None,
        typer.Option(
            "--notes",
            help="A file for what is new, changed and retired since --against, as Markdown for a release.",
        ),
    ] = None,
    no_cache: NoCacheOption = False,
    lang: LanguageOption = "",
) -> None:
    """Make an Anki deck of all valid pairs. Exit code: 0 done, 1 as options say, 2 bad usage or input."""
    language = language_of(lang)
    options = Options(
        paths or [Path()],
        DeckOptions(
            output=output,
            format=format_,
            name=deck,
            lock=lock,
            adopt=adopt,
            cloze=cloze,
            follow_ups=follow_ups,
            tags=tag or [],
            max_image_width=max_image_width,
            offline=offline,
            cache=not no_cache,
            now=now(),
        ),
        locked,
        strict,
        verify,
        against,
        notes,
    )
    watch = watch_documents(options.paths)
    memory = Memory(cache_folder(), watch, options.call)
    if options.may_be_as_before and (last := memory.recall()):
        show(last.said.in_(language))
        code, where = last.code, last.lock
    else:
        # Not above: most of the program is not needed where nothing has changed.
        from dlcards.cli.exporting import make_deck

        code, where = make_deck(options, watch, memory, language)
    raise typer.Exit(code or (staged and _is_unstaged(where)))


def _is_unstaged(lock: Path) -> bool:
    """Whether the lock is yet to be staged; says so."""
    if is_staged(lock):
        return False
    said, command = shown(lock), adding(lock)
    note(
        Text(
            f"{said}이 바뀌었거나 git이 아직 모른다. 답과 함께 커밋한다: {command} 다음에 다시 커밋한다",
            f"{said} has changed, or git does not know it yet; commit it with the answers: {command}, then "
            "commit again",
        )
    )
    return True
