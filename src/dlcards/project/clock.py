"""The present second."""

from __future__ import annotations

import os
import time

from dlcards.identity import LAST_SECOND
from dlcards.model import InputError, Text


def now() -> int:
    """The present second since 1970; ``SOURCE_DATE_EPOCH`` where a reproducible build sets it.

    Source: https://reproducible-builds.org/specs/source-date-epoch/

    Raises:
        InputError: The variable holds no such second.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    digits = epoch.lstrip("0") or "0"
    # Counted before it is read: Python refuses to read thousands of digits.
    if not epoch.isdecimal() or len(digits) > len(str(LAST_SECOND)) or int(digits) > LAST_SECOND:
        value = epoch if len(epoch) <= 40 else epoch[:40] + "…"
        raise InputError(
            Text(
                f"SOURCE_DATE_EPOCH는 1970년부터 센 초이고 {LAST_SECOND}(9999년) 이하여야 한다: {value!r}. "
                "다시 정하거나 지운다",
                f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, at most {LAST_SECOND} "
                f"(the year 9999), not {value!r}; set it anew, or unset it",
            )
        )
    return int(digits)
