"""``dlcards server``: what editors show while documents are written."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from dlcards.cli.output import fail, language_of
from dlcards.model import Text
from dlcards.project.systems import installing


def server(
    lang: Annotated[
        str, typer.Option("--lang", help="Language of messages: ko or en. Default: the editor's.")
    ] = "",
) -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol. An editor starts it.
    Exit code: 0 the editor has ended it, 2 the extra is not installed.
    """
    language_of(lang)
    if find_spec("pygls") is None:
        install = installing("lsp")
        fail(
            Text(
                f"편집기에서 쓰려면 pygls가 있어야 한다: {install}",
                f"serving an editor takes pygls: {install}",
            )
        )
    # Not above: no other command needs it.
    from dlcards.server.server import serve

    serve(lang)
