"""What is most like something that was written and is not there: "did you mean …?"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from dlcards.model import Files, Text

_CODE = Text("코드", "code")
_MANY = 12  # words that are no help when one is meant
_LIKE = 0.75  # of difflib's ratio: a letter or two of a word


def closest(word: str, known: Iterable[str], least: float = 0.6) -> Text:
    """A hint at the known word most like ``word``, to follow what is wrong; empty where none is like it.

    Args:
        word: What was written.
        known: What there is.
        least: How much it must be alike, 0 to 1.
    """
    words = list(known)
    same = [each for each in words if each.casefold() == word.casefold()]
    return _hint(same or difflib.get_close_matches(word, words, n=1, cutoff=least))


def unknown(what: Text, word: str, known: Iterable[str]) -> Text:
    """That a word is none of those that there are, which is most like it, and which all of them are.

    Where one is like it and they are many, it stands alone.
    """
    words = list(known)
    hint, said = closest(word, words), ", ".join(words)
    if hint.en and len(words) > _MANY:
        return Text(f"모르는 {what.ko}: {word!r}{hint.ko}", f"unknown {what.en} {word!r}{hint.en}")
    return Text(
        f"모르는 {what.ko}: {word!r}{hint.ko} (아는 것: {said})",
        f"unknown {what.en} {word!r}{hint.en} (known: {said})",
    )


def unknown_code(code: str, rules: Mapping[str, str], what: Text = _CODE) -> Text:
    """That a code is no rule's, which is meant, and where all of them are listed."""
    hint, groups = _closest_code(code, rules), ", ".join(dict.fromkeys(known[0] for known in rules))
    return Text(
        f"모르는 {what.ko}: {code!r}{hint.ko} (코드의 첫 글자는 {groups}. 모두 보려면: dlcards rules)",
        f"unknown {what.en} {code!r}{hint.en} (codes begin with {groups}; to see all: dlcards rules)",
    )


def _closest_code(code: str, rules: Mapping[str, str]) -> Text:
    # The letter O for a zero, a small letter, a name for a code.
    plain = code.upper().replace("O", "0")
    codes, names = list(rules), {name: known for known, name in rules.items()}
    near = [known for known in codes if known == plain]
    near = near or [f"{names[n]} ({n})" for n in difflib.get_close_matches(code.lower(), list(names), n=1)]
    # The last figure left out: the first of those that begin so.
    near = near or [known for known in codes if len(plain) > 2 and known.startswith(plain)]
    near = near or difflib.get_close_matches(plain, codes, n=1)
    return _hint(near)


def _hint(near: Sequence[str]) -> Text:
    return Text(f". 혹시 {near[0]}인가?", f"; did you mean {near[0]}?") if near else Text("", "")


def closest_file(path: PurePosixPath, files: Files) -> PurePosixPath | None:
    """The file that was meant by the path of one that is not there; None where none is like it.

    One of the same kind in the same folder whose name has the same words, one of which may be misspelt; the
    only one there of the same name and another kind; or one of the same name in a folder whose name is the
    plural, or the singular, of the one that was written.
    """
    there = [PurePosixPath(name) for name in files.names(path.parent)]
    near = [
        (likeness, other.name)
        for other in there
        if other.suffix == path.suffix and (likeness := _likeness(path.stem, other.stem))
    ]
    if near:
        return path.parent / max(near)[1]
    others = [other.name for other in there if path.suffix and other.suffix and other.stem == path.stem]
    if len(others) == 1:
        return path.parent / others[0]
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
