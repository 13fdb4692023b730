"""The command line: read, call, print, exit. The only room that prints or exits."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dlcards import __version__
from dlcards.cli import config, explain, export, links, lint, preview, rules, stats, toc
from dlcards.cli.output import fail, show
from dlcards.model import InputError


class _Commands(TyperGroup):
    """The commands; input that can't be used ends each of them with a message and the exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            fail(error.message)


app = typer.Typer(
    cls=_Commands,
    help="Lint markdown documents of questions and answers, and make Anki decks of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    lint.lint,
    links.links,
    rules.rules,
    explain.explain,
    toc.toc,
    stats.stats,
    config.config,
    export.export,
    preview.preview,
):
    app.command()(command)


def main() -> None:
    """Run the command line."""
    app()


@app.callback(invoke_without_command=True)
def version(
    wanted: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)
    ] = False,
) -> None:
    """Lint markdown documents of questions and answers, and make Anki decks of them."""
    if wanted:
        show(__version__ + "\n")
        raise typer.Exit()
