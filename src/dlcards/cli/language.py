"""The language that this process speaks: its messages, and its help."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import zip_longest
from typing import Annotated

import typer

_OPTION = "--lang"
_KNOWN = ("ko", "en")  # as dlcards.model.LANGUAGES, which takes longer to load than a page of help may
_language = "en"

LanguageOption = Annotated[
    str, typer.Option(_OPTION, help="Language of messages: ko or en. Default: the locale's.")
]


def settle(arguments: Sequence[str]) -> None:
    """Take the language that a command line asks for, else the locale's.

    Before the command line is read: its own mistakes, and ``--help``, are told in that language, too.

    Args:
        arguments: What the program was called with.
    """
    asked = ""
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if word == _OPTION:
            asked = following
        elif word.startswith(f"{_OPTION}="):
            asked = word.partition("=")[2]
    global _language
    _language = asked if asked in _KNOWN else _of_locale()


def spoken() -> str:
    """The language: ``ko`` or ``en``."""
    return _language


def _of_locale() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name:
        # Not above: a shell that says it in its environment need not wait.
        import locale

        name = locale.getlocale()[0] or ""
    # "ko_KR.UTF-8", and as Windows says it: "Korean_Korea".
    word = name.lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return "ko" if word in ("ko", "korean") else "en"
