"""What is most like something that was written and is not there: "did you mean …?"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from dlcards.model import Files

_LIKE = 0.75  # of difflib's ratio: a letter or two of a word


def closest(word: str, known: Iterable[str]) -> str:
    """A hint at the known word most like ``word``; empty where none is like it."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def closest_code(code: str, rules: Mapping[str, str]) -> str:
    """A hint at the rule that an unknown code or name means, and where all are listed."""
    # The letter O for a zero, a small letter, a name for a code.
    plain = code.upper().replace("O", "0")
    codes, names = list(rules), {name: known for known, name in rules.items()}
    near = [known for known in codes if known == plain]
    near = near or [f"{names[n]} ({n})" for n in difflib.get_close_matches(code.lower(), list(names), n=1)]
    near = near or difflib.get_close_matches(plain, codes, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    groups = ", ".join(dict.fromkeys(known[0] for known in codes))
    return f"{hint} (codes begin with {groups}; docs/rules lists them)"


def closest_file(path: PurePosixPath, files: Files) -> PurePosixPath | None:
    """The file that was meant by the path of one that is not there; None where none is like it.

    One of the same kind in the same folder whose name has the same words, one of which may be misspelt; or
    one of the same name in a folder whose name is the plural, or the singular, of the one that was written.
    """
    there = [
        other for name in files.names(path.parent) if (other := PurePosixPath(name)).suffix == path.suffix
    ]
    near = [(likeness, other.name) for other in there if (likeness := _likeness(path.stem, other.stem))]
    if near:
        return path.parent / max(near)[1]
    folder = path.parent.name
    if not folder or folder == "..":
        return None
    other = path.parent.with_name(folder[:-1] if len(folder) > 1 and folder.endswith("s") else f"{folder}s")
    return other / path.name if files.exists(other / path.name) else None


def _likeness(first: str, second: str) -> float:
    """How much two names are alike, 0 to 1; 0 where one has a word, or a number, that the other has not.

    ``guide-fr`` is not meant by ``guide``, nor ``figure-2`` by ``figure-1``, however like it is.
    """
    one, other = (re.findall(r"\d+|[^\W\d_]+", name.casefold()) for name in (first, second))
    if "".join(one) == "".join(other):
        return 1.0
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differing) != 1 or differing[0][0].isdecimal():
        return 0.0
    likeness = difflib.SequenceMatcher(None, *differing[0]).ratio()
    return likeness if likeness >= _LIKE else 0.0
