"""How long an answer takes to be said: ``python -m tests.support.spoken`` prints a table.

An answer's body begins with what is said in an interview, in one or two minutes; what was measured, the fine
print and code stand below a heading ``더 깊이``. Korean is spoken at some 330 syllables a minute.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath

from dlcards.document.build import build
from dlcards.document.layouts.parts import goes_into_depth
from dlcards.model import Config, Document, Pair, Span
from tests.support import ROOT

SYLLABLES_A_MINUTE = 330
SHORTEST, LONGEST = 60, 120  # seconds of the part that is said

_WRITTEN_ONLY = (
    re.compile(r"\(\[[^]]*\]\([^)]*\)\)"),  # ([#12](#12))
    re.compile(r"\((?:[A-Za-z][A-Za-z0-9 ,.&'/–-]*)\)"),  # (overfitting)
    re.compile(r"<[^>]+>"),
)
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
_MATH = re.compile(r"\$([^$]+)\$")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.")
_SILENT = {r"\left", r"\right", r"\mathrm", r"\text", r"\hat", r"\bar", r"\tilde", r"\,", r"\;", r"\ ", r"\!"}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LATIN = re.compile(r"[A-Za-z]+")
_PERCENT = 3  # 퍼센트


def syllables(text: str) -> int:
    """About how many syllables it takes to say markdown; glosses and cross-references in parentheses are not said.

    A number is read with its places (96.9: 구십육 점 구), an abbreviation letter by letter, another Latin word
    by its vowels, a letter or sign of a formula as two syllables.
    """
    for pattern in _WRITTEN_ONLY:
        text = pattern.sub("", text)
    text = _LINK.sub(r"\1", text)
    count = 0
    for formula in _MATH.findall(text):
        count += sum(2 for command in _COMMAND.findall(formula) if command not in _SILENT)
        count += 2 * len(re.findall(r"[A-Za-z0-9=<>+/*-]", _COMMAND.sub("", formula)))
    text = _MATH.sub("", text)
    count += sum(map(_number, _NUMBER.findall(text)))
    count += sum(map(_word, _LATIN.findall(text)))
    count += len(re.findall(r"[가-힣]", text)) + _PERCENT * text.count("%")
    return count + 2 * len(re.findall(r"[Α-Ωα-ω]", text))


def _number(number: str) -> int:
    whole, _, decimals = number.replace(",", "").partition(".")
    told = sum(digit != "0" for digit in whole)
    return max(1, 2 * told - (whole[-1] != "0")) + (1 + len(decimals) if decimals else 0)


def _word(word: str) -> int:
    if word.isupper():
        return len(word)
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())))


def seconds(text: str) -> float:
    """How long it takes to say markdown."""
    return 60 * syllables(text) / SYLLABLES_A_MINUTE


def said(document: Document, pair: Pair, config: Config) -> str | None:
    """The part of an answer that is said, as markdown; None without a heading that ends it."""
    for block in pair.body:
        if goes_into_depth(block, config):
            return Span(pair.body[0].span.start, block.span.start).of(document.text).strip()
    return None


def main(path: Path) -> int:
    """Print each answer's seconds; exit code 1 where one is too short or too long."""
    config = Config()
    document = build(PurePosixPath(path.name), path.read_text(encoding="utf-8"), config)
    wrong = 0
    for pair in document.pairs:
        text = said(document, pair, config)
        time = seconds(text) if text is not None else 0
        verdict = "" if SHORTEST <= time <= LONGEST else "  <-- no 더 깊이" if text is None else "  <--"
        wrong += bool(verdict)
        whole = seconds(
            "\n".join(block.span.of(document.text) for block in pair.body if block.kind in _PROSE)
        )
        print(f"#{pair.id:<5} {time:4.0f} s of {whole:4.0f} s{verdict}")
    return int(wrong > 0)


_PROSE = ("paragraph", "list")

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "answers" / "deep-learning.md"))
