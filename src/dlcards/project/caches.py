"""Where dlcards keeps what it can do without: link verdicts, pictures of other sites, the last export."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.project.systems import real_path

if TYPE_CHECKING:
    from filelock import FileLock


def guard(path: Path) -> FileLock:
    """What keeps other processes waiting that are about to write ``path``, while it is held.

    It stands in the folder of caches, so that nothing is left beside ``path``. Processes of other users and
    of other machines are not kept.

    Raises:
        OSError: Its folder can't be made.
    """
    # Not above: slow to load, and only those who write need it.
    from filelock import FileLock

    folder = cache_folder() / "locks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(real_path(path))).hexdigest()[:24]
    return FileLock(folder / f"{name}.lock")


def cache_folder(environment: Callable[[str], str | None] = os.environ.get) -> Path:
    """``$XDG_CACHE_HOME/dlcards``, in ``~/.cache`` where that is not set."""
    folder = Path(environment("XDG_CACHE_HOME") or "")
    if not folder.is_absolute():  # says the XDG specification
        try:
            folder = Path.home() / ".cache"
        except RuntimeError:  # a user without a home, as in containers: no folder, so nothing can be kept
            folder = Path(os.devnull)
    return folder / "dlcards"
