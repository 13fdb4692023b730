"""The command line: read, call, print, exit. The only room that prints or exits."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards import __version__
from dlcards.cli import export, links, lint, preview
from dlcards.cli.output import show

app = typer.Typer(
    help="Lint markdown documents of questions and answers, and make Anki decks of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    lint.lint,
    links.links,
    lint.explain,
    lint.toc,
    lint.stats,
    lint.config,
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
