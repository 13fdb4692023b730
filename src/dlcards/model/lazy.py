"""Patterns that are compiled when they are first used: a run uses half of them, and compiling is slow."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    """Looks like the pattern that it stands for; holds of it what was asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # Only called for what is not there yet: the next time the method is found as any attribute is.
        pattern, flags = self._source
        value = getattr(re.compile(pattern, flags), name)
        setattr(self, name, value)
        return value


def lazy_compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What :func:`re.compile` returns, compiled at first use; so an error in it shows only then."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))
