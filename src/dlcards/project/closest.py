"""The known word that is most like one that was written: "did you mean …?"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


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
