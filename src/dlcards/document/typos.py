"""Two wordings that differ as by a slip of the finger, and which of both the text uses elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from dlcards.document.text import fold
from dlcards.model import Document, Span

_LONGEST_SLIP = 3  # characters that differ
_BESIDE = 2  # wide characters that are looked for beside those that differ
_LONGEST = 300  # characters; what is longer is no title


class Slip(NamedTuple):
    """What differs between two wordings, with what stands right beside it in the same word.

    Attributes:
        first: How the first wording says it, without letter case.
        second: How the second one does.
        begins: Whether a word begins there.
        ends: Whether it ends there.
    """

    first: str
    second: str
    begins: bool
    ends: bool


def slip_between(first: str, second: str) -> Slip | None:
    """The slip by which two wordings differ; None where it is more than that, or only case and blanks."""
    one, other = fold(first), fold(second)
    if one == other or max(len(one), len(other)) > _LONGEST or abs(len(one) - len(other)) > _LONGEST_SLIP:
        return None
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    ends = len(one) - end, len(other) - end
    if max(ends) - start > _LONGEST_SLIP or " " in one[start : ends[0]] + other[start : ends[1]]:
        return None
    left, begins = _reach(one[:start][::-1], _BESIDE)
    right, is_end = _reach(one[ends[0] :], max(_BESIDE - left, 0))
    # What is left out tells by what follows it: what is left is found wherever the whole is.
    if not is_end and not right and start in ends:
        right, is_end = _reach(one[ends[0] :], 1)
    # A word that is all replaced is another word.
    if not left and not right:
        return None
    return Slip(
        one[start - left : ends[0] + right], other[start - left : ends[1] + right], begins=begins, ends=is_end
    )


def spoken_for(document: Document, slip: Slip, but: Sequence[Span]) -> int:
    """Which of two wordings a document uses elsewhere: 1 where that is only the first, -1 where only the
    second, 0 where it is both or none.

    Args:
        document: The document.
        slip: What differs between them.
        but: The places that do not count.
    """
    if slip.ends and (slip.first.startswith(slip.second) or slip.second.startswith(slip.first)):
        return 0  # an ending, as of a plural or a particle: the one is as right as the other elsewhere
    text = document.text
    for span in sorted(but, reverse=True):
        text = f"{text[: span.start]}\n{text[span.end :]}"
    text = fold(text)
    return int(_says(text, slip, slip.first)) - int(_says(text, slip, slip.second))


def _says(text: str, slip: Slip, words: str) -> bool:
    """Whether a text uses one wording of a slip."""
    is_part = len(words) < max(len(slip.first), len(slip.second))
    # Endings follow a word in Hangul, and other words in Chinese and Japanese.
    is_whole = is_part or not any(unicodedata.east_asian_width(character) in "WF" for character in words)
    before, behind = (
        r"(?<!\w)" if slip.begins and is_whole else "",
        r"(?!\w)" if slip.ends and is_whole else "",
    )
    return bool(re.search(f"{before}{re.escape(words)}{behind}", text))


def _reach(text: str, most: int) -> tuple[int, bool]:
    """How many characters at the begin of ``text`` are looked for, and whether the word ends with them.

    All of the word's; in Hangul, Chinese and Japanese ``most``: endings follow, or no blanks part words.
    """
    reach = 0
    while reach < len(text) and text[reach].isalnum():
        if reach >= most and unicodedata.east_asian_width(text[reach]) in "WF":
            return reach, False
        reach += 1
    return reach, True
