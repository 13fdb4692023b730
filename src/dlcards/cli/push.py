"""``dlcards push``: documents straight into a running Anki."""

from __future__ import annotations

from typing import Annotated

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
)
from dlcards.cli.export import Options
from dlcards.cli.output import LanguageOption, language_of
from dlcards.roundtrip.ankiconnect import DEFAULT, AnkiConnect


def push(
    paths: PathsArgument = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and import again after each save that changes the deck.")
    ] = False,
    ankiconnect: Annotated[
        str,
        typer.Option(
            "--ankiconnect",
            show_default=False,
            help=f"Where AnkiConnect answers. Default: {DEFAULT}. Its key stands in ANKICONNECT_KEY.",
        ),
    ] = DEFAULT,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite", help="Overwrite what was edited in Anki and has changed in the documents since."
        ),
    ] = False,
    output: DeckFileOption = None,
    deck: DeckNameOption = "",
    lock: LockOption = None,
    locked: LockedOption = False,
    strict: StrictOption = False,
    tag: TagOption = None,
    cloze: ClozeOption = True,
    follow_ups: FollowUpsOption = True,
    max_image_width: WidthOption = None,
    offline: KeptPicturesOption = False,
    no_cache: NoCacheOption = False,
    lang: LanguageOption = "",
) -> None:
    """Make the deck, and import it into the Anki that is running. Exit code: 0 done, 1 edits in Anki would be
    lost, or as options say, 2 bad usage or input, or no Anki.
    """
    language = language_of(lang)
    options = Options(
        paths or [],
        DeckOptions(
            output=output,
            name=deck,
            lock=lock,
            cloze=cloze,
            follow_ups=follow_ups,
            tags=tag or [],
            max_image_width=max_image_width,
            offline=offline,
            cache=not no_cache,
        ),
        locked,
        strict,
    )
    anki = AnkiConnect(ankiconnect)
    # Not above: what makes decks takes a while to load.
    from dlcards.cli.pushing import Push

    work = Push(options, anki, overwrite, language)
    if watch:
        work.follow()
        raise typer.Exit
    raise typer.Exit(work.once())
