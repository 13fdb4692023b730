"""What all commands print with, and how they fail."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from dlcards.cli.language import LanguageOption as LanguageOption
from dlcards.cli.language import spoken
from dlcards.model import LANGUAGES, Text, Verdict, printable

_VALUE = Text("값", "value")
_WIDE = 112  # columns
_BESIDE_SOURCE = len(" 12345 | ……") + 1


def language_of(asked: str) -> str:
    """The language of messages, as the command line was found to ask for it (:mod:`dlcards.cli.language`).

    Args:
        asked: What the command's ``--lang`` says; exits with 2 where there is no such language.
    """
    if asked:
        one_of(asked, LANGUAGES, Text("언어", "language"))
    return spoken()


def show(text: str) -> None:
    """Print a result."""
    # Korean must come out whatever the locale says.
    # What is quoted from documents must not command a terminal; a pipe gets it as it is.
    sys.stdout.buffer.write((printable(text) if sys.stdout.isatty() else text).encode("utf-8", "replace"))
    sys.stdout.flush()


def source_width() -> int:
    """How many cells of a source line fit beside its number: into a wide terminal, and into a pipe, 100."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    return max(40, min(_WIDE, columns) - _BESIDE_SOURCE)


def note(message: str | Text) -> None:
    """Say something that is no result, in the language of messages."""
    if isinstance(message, Text):
        message = message.in_(spoken())
    sys.stderr.buffer.write(f"dlcards: {printable(message)}\n".encode())
    sys.stderr.flush()


def tell(text: str) -> None:
    """Print a report beside a result."""
    sys.stderr.buffer.write((printable(text) if sys.stderr.isatty() else text).encode("utf-8", "replace"))
    sys.stderr.flush()


def fail(message: str | Text) -> NoReturn:
    """Say what is wrong with the call or its input, and exit with 2."""
    note(message)
    raise typer.Exit(2)


def one_of(value: str, known: Iterable[str], what: Text = _VALUE) -> None:
    """Exit with 2 where the value of an option is none of those that there are."""
    known = list(known)
    if value not in known:
        from dlcards.project.closest import unknown

        fail(unknown(what, value, known))


@contextmanager
def progress_bar(total: int, what: Text) -> Iterator[Callable[[Verdict], None] | None]:
    """A bar behind a word on standard error where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what.in_(spoken()), total=total)
        yield lambda verdict: progress.advance(task)
