"""A pattern that a project writes itself, and that may need more time than there is: ``(a+)+$``."""

from __future__ import annotations

import math
import re
import time

import regex

from dlcards.model import InputError, Text, UnfitValue

_LONGEST = 1_000  # characters of a pattern
_MOST = 1_000  # times that something may be repeated by number
_MOST_IN_ALL = 100_000  # all such numbers multiplied, as if each stood in the next: regex writes them out
_SECONDS = 5.0  # for all headings of a document; an ordinary pattern takes some microseconds for each


def check_pattern(pattern: str) -> None:
    """Raise where a pattern is none.

    Python's own ``re`` says what a pattern is; ``regex`` reads it the same way and can be stopped, which
    ``re`` can't be on every system and in every thread.

    Raises:
        UnfitValue: It says why.
    """
    if len(pattern) > _LONGEST:
        raise UnfitValue(Text(f"{_LONGEST}자보다 길다", f"is longer than {_LONGEST} characters"))
    counts = re.findall(r"[0-9]+", " ".join(re.findall(r"\{[0-9, ]*\}", pattern)))
    if any(len(count) > 4 or int(count) > _MOST for count in counts):
        raise UnfitValue(
            Text(f"{_MOST}번이 넘게 되풀이하는 것이 있다", f"repeats something more than {_MOST} times")
        )
    if math.prod(int(count) for count in counts if int(count)) > _MOST_IN_ALL:
        raise UnfitValue(
            Text(
                f"되풀이하는 수를 모두 곱하면 {_MOST_IN_ALL:,}번이 넘는다",
                f"repeats something more than {_MOST_IN_ALL:,} times, all its numbers multiplied",
            )
        )
    try:
        re.compile(pattern)
        regex.compile(pattern)
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        raise UnfitValue(Text(f"정규식이 아니다: {error}", f"is no regular expression: {error}")) from error


class Search:
    """A search for a pattern in the headings of a document, in the time that there is for all of them.

    Args:
        pattern: The configuration's ``question-pattern``.
        document: What the message calls the document.
        seconds: The time.
    """

    def __init__(self, pattern: str, document: str, seconds: float = _SECONDS) -> None:
        self._pattern = regex.compile(pattern)
        self._said = pattern, document
        self._seconds = seconds

    def finds(self, text: str) -> bool:
        """Whether the pattern is somewhere in a text.

        Raises:
            InputError: It took longer than there was time.
        """
        start = time.perf_counter()
        try:
            return self._pattern.search(text, timeout=max(self._seconds, 0.001)) is not None
        except TimeoutError as error:
            pattern, document = self._said
            raise InputError(
                Text(
                    f"설정의 question-pattern이 {document}에서 끝나지 않는다: {pattern!r}. 되풀이 안의 되풀이"
                    "((a+)+ 따위)를 없애 더 간단히 적는다",
                    f"question-pattern of the configuration does not come to an end in {document}: "
                    f"{pattern!r}; write it without repetition inside repetition, such as (a+)+",
                )
            ) from error
        finally:
            self._seconds -= time.perf_counter() - start
