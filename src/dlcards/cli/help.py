"""Help and mistakes of usage as typer has them, in Korean, laid out by the width of Hangul on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import Any

import typer

from dlcards.cli.korean import korean, korean_names, korean_remarks
from dlcards.cli.language import spoken

# By way of a name that typer has had before and after it took click into itself.
_HelpFormatter: Any = typer.Context.formatter_class

_BESIDE = "\ue000"  # stands beside each wide character while lines are broken, and is gone afterwards


class KoreanFormatter(_HelpFormatter):  # type: ignore[misc]  # Any, see above
    """Pages of help in Korean. A wide character takes two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(_widened(prog), _widened(korean_names(args)), _widened(f"{korean('Usage')}: "))

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        super().write_heading(korean(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        super().write_text(_widened(korean(text)))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of what has a name and a description."""
        said = [(_widened(korean_names(name)), _widened(korean_remarks(text))) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)

    def getvalue(self) -> str:
        """The page."""
        return str(super().getvalue()).replace(_BESIDE, "")


def in_korean(command: Any) -> Any:
    """``command`` with Korean descriptions, which shells show beside completions, too."""
    command.help = korean(command.help or "")
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = korean(parameter.help)
    return command


def tell(error: Any, context: Any) -> None:
    """Have a mistake of usage say how the command is called, and in the language of messages.

    Args:
        error: typer's ``UsageError``.
        context: That of the command, which the error may not know.
    """
    error.ctx = error.ctx or context
    # Not where nothing was asked for, which is told by a page of help.
    if spoken() == "ko" and not type(error).__name__.startswith("NoArgs"):
        error.show = partial(_show, error)


def _show(error: Any, file: Any = None) -> None:
    said = [
        error.ctx.get_usage(),
        f"도움말: {error.ctx.command_path} -h",
        "",
        f"오류: {korean(error.format_message())}",
    ]
    typer.echo("\n".join(said), file=file, err=True)


def _widened(text: str) -> str:
    return "".join(c + _BESIDE if unicodedata.east_asian_width(c) in "WF" else c for c in text)
