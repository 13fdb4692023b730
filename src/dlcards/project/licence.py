"""The licence of a folder's texts: what a file ``LICENSE`` says, by its SPDX name.

``GPL-3.0`` and the like without ``-only`` or ``-or-later``, which the text of the licence does not tell.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.model import Files, lazy_compile

# Asked for one by one, since a folder's own listing changes with every deck that is written into it.
_STEMS = ("LICENSE", "LICENCE", "License", "Licence", "license", "licence", "COPYING", "UNLICENSE")
_FILES = tuple(stem + suffix for stem in _STEMS for suffix in ("", ".md", ".txt"))
_CREATIVE = lazy_compile(
    r"(?:attribution|\bcc[ -]by|licenses/by)(?P<nc>-noncommercial|-nc)?"
    r"(?:(?P<sa>-sharealike|-sa)|(?P<nd>-noderiv\w+|-nd))?[ /-](?P<version>\d\.\d)(?!\d)"
)
# What each says in words that no other one has; of texts with a date, the date is a part of them.
_WORDS = {
    "MIT": "permission is hereby granted, free of charge, to any person obtaining a copy of this software",
    "Apache-2.0": "apache license version 2.0, january 2004",
    "GPL-2.0": "gnu general public license version 2, june 1991",
    "GPL-3.0": "gnu general public license version 3, 29 june 2007",
    "LGPL-2.1": "gnu lesser general public license version 2.1, february 1999",
    "LGPL-3.0": "gnu lesser general public license version 3, 29 june 2007",
    "AGPL-3.0": "gnu affero general public license version 3, 19 november 2007",
    "GFDL-1.3": "gnu free documentation license version 1.3, 3 november 2008",
    "MPL-2.0": "mozilla public license version 2.0",
    "ISC": "and/or distribute this software for any purpose with or without fee is hereby granted, provided",
    "Unlicense": "this is free and unencumbered software released into the public domain",
    "CC0-1.0": "cc0 1.0 universal",
}
_BSD = (
    "redistribution and use in source and binary forms, with or without modification, are permitted provided"
)
_NO_ENDORSING = "neither the name of"


class Licence(NamedTuple):
    """A licence by its SPDX name, and the file that says so, from the root."""

    name: str
    file: PurePosixPath


def licence_of(folder: PurePosixPath, files: Files) -> Licence | None:
    """The licence of what is in a folder: the nearest one upwards.

    None where there is none, where the nearest can't be told by its words, and where there are several: wrong
    is worse than nothing.

    Args:
        folder: The folder, from the root.
        files: The project's files.
    """
    for place in (folder, *folder.parents):
        found = [place / name for name in _FILES if files.exists(place / name)]
        if found:
            names = _names_in((files.read(found[0]) or b"").decode("utf-8", "replace"))
            return Licence(names[0], found[0]) if len(found) == len(names) == 1 else None
    return None


def _names_in(text: str) -> list[str]:
    """The licences that a text holds or names."""
    words = re.sub(r"[^\w.,/-]+", " ", text.casefold())
    found = dict.fromkeys(name for name, said in _WORDS.items() if said in words)
    if _BSD in words:
        found["BSD-3-Clause" if _NO_ENDORSING in words else "BSD-2-Clause"] = None
    for match in _CREATIVE.finditer(words):
        more = "".join(f"-{word.upper()}" for word in ("nc", "sa", "nd") if match[word])
        found[f"CC-BY{more}-{match['version']}"] = None
    return list(found)
