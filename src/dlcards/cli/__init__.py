"""The command line: read, call, print, exit. The only room that prints or exits.

A command's module is loaded when the command is called, so that none waits for what only others need.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dlcards import __version__
from dlcards.cli.language import LanguageOption, settle, spoken

# Each is the function of that name in the module of that name; beside it what --help says of it.
COMMANDS = {
    "init": "Set up a repository: configuration, hook, workflow, and a baseline.",
    "doctor": "Show what is there of a project's set-up, and what is missing.",
    "lint": "Find what hurts a reader or a learner.",
    "links": "List every address with its verdict.",
    "rules": "List all rules: code, name, severity, whether --fix mends them, whether they are on.",
    "explain": "Show a rule's page: what it finds, why that hurts, how to mend it, examples.",
    "toc": "Show what the contents should be, or write them.",
    "stats": "Show how many questions are answered, by file and by section.",
    "config": "Show the configuration in force, and for each value whether the project or the default says "
    "so.",
    "export": "Make an Anki deck of all valid pairs.",
    "pull": "Take edits that learners made in Anki into the documents, as a patch that is proven.",
    "push": "Make the deck, and import it into the Anki that is running.",
    "preview": "Show every card on one page, front and back, with what is wrong with it.",
    "server": "Serve an editor over standard input and output, by the Language Server Protocol.",
}
_STYLE: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,  # rich takes longer to load than all the rest
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


_UsageError: Any = typer.BadParameter.__base__  # typer has no public name for it


@contextmanager
def _told(context: Any) -> Iterator[None]:
    """Tell help and mistakes of usage in the language of messages; what that takes is loaded when needed."""
    if spoken() == "ko":
        from dlcards.cli.help import KoreanFormatter

        context.formatter_class = KoreanFormatter
    try:
        yield
    except _UsageError as error:
        from dlcards.cli.help import tell

        tell(error, context)
        raise


class _Command(TyperCommand):
    """A command whose help and whose mistakes of usage are in the language of messages."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments."""
        with _told(ctx):
            return super().parse_args(ctx, _with_address(args) if self.name == "pull" else args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """What may be typed next; typer takes what stands in brackets there for rich's markup."""
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            item.help = (item.help or "").replace("[", r"\[") or None
        return items


def _with_address(args: list[str]) -> list[str]:
    """The arguments of ``pull`` with an address for ``--ankiconnect`` where none follows.

    Typer has no options that may go without their value; a path may follow this one.
    """
    option = "--ankiconnect"
    if option not in args:
        return args
    from dlcards.roundtrip.ankiconnect import DEFAULT

    named = ["://" in arg for arg in args[1:]] + [False]
    return [
        f"{option}={DEFAULT}" if arg == option and not has_address else arg
        for arg, has_address in zip(args, named, strict=True)
    ]


def _in_language(command: Any) -> Any:
    # Here, not where a page is written: shells show these descriptions, too.
    if spoken() == "ko":
        from dlcards.cli.help import in_korean

        return in_korean(command)
    return command


class _Commands(TyperGroup):
    """The commands; input that can't be used ends each of them with a message and the exit code 2."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands: Any = dict.fromkeys(COMMANDS)  # names to list and to suggest

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> Any:
        """Run the command line in the language that it asks for."""
        settle(sys.argv[1:] if args is None else args)
        return super().main(args, *others, **extra)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command's name."""
        with _told(ctx):
            return super().parse_args(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, loaded; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(**_STYLE)
        function = getattr(import_module(f"dlcards.cli.{cmd_name}"), cmd_name)
        alone.command(cmd_name, cls=_Command)(function)
        return _in_language(typer.main.get_command(alone))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        from dlcards.cli.output import fail, note
        from dlcards.model import InputError, Text

        try:
            with _told(ctx):
                return super().invoke(ctx)
        except InputError as error:
            fail(error.message)
        except typer.Abort:
            note(Text("그만두었다", "stopped"))
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=_Commands,
    help="Lint markdown documents of questions and answers, and make Anki decks of them.",
    no_args_is_help=True,
    **{**_STYLE, "add_completion": True},
)


def main() -> None:
    """Run the command line."""
    # What typer and Python print, as `output.show` does whatever the locale's encoding has no letters for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit()


@app.callback()
def version(
    wanted: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version),
    ] = False,
    lang: LanguageOption = "",
) -> None:
    """Lint markdown documents of questions and answers, and make Anki decks of them."""
    if lang:
        from dlcards.cli.output import language_of

        language_of(lang)
