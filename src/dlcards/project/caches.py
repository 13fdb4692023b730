"""Where dlcards keeps what it can do without: link verdicts, pictures of other sites, the last export."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def cache_folder(environment: Callable[[str], str | None] = os.environ.get) -> Path:
    """``$XDG_CACHE_HOME/dlcards``, in ``~/.cache`` where that is not set."""
    folder = Path(environment("XDG_CACHE_HOME") or "")
    if not folder.is_absolute():  # says the XDG specification
        folder = Path.home() / ".cache"
    return folder / "dlcards"
