"""What a checkout says of the repository that it is of."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

# https://github.com/o/n.git, git@github.com:o/n.git, ssh://git@github.com/o/n
_GITHUB = re.compile(
    r"(?:https?://(?:[^@/]*@)?|ssh://(?:[^@/]*@)?|git://|(?:[^@/]*@)?)github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?"
)


def checkout(root: Path) -> tuple[str, str]:
    """``owner/name`` of the checkout's ``origin`` on GitHub, and its default branch; empty where unknown.

    The branch is the one that ``origin/HEAD`` names, else ``master`` where there is one and no ``main``.
    """
    folder = _git_folder(root)
    if folder is None:
        return "", ""
    return _origin(folder), _branch(folder)


def _git_folder(root: Path) -> Path | None:
    """The folder that holds the configuration: ``.git``, or what a worktree's ``.git`` file leads to."""
    folder = root / ".git"
    try:
        if folder.is_file():
            folder = root / folder.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            common = folder / "commondir"
            folder = folder / common.read_text(encoding="utf-8").strip() if common.is_file() else folder
        return folder if folder.is_dir() else None
    except (OSError, UnicodeDecodeError):
        return None


def _origin(folder: Path) -> str:
    parser = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    try:
        # git indents its keys, which configparser would take for the value above going on.
        lines = (folder / "config").read_text(encoding="utf-8").split("\n")
        parser.read_string("\n".join(line.strip() for line in lines))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return ""
    match = _GITHUB.fullmatch(parser.get('remote "origin"', "url", fallback="") or "")
    return f"{match[1]}/{match[2]}" if match else ""


def _branch(folder: Path) -> str:
    try:
        head = (folder / "refs/remotes/origin/HEAD").read_text(encoding="utf-8").strip()
        return head.removeprefix("ref: refs/remotes/origin/")
    except (OSError, UnicodeDecodeError):
        pass
    try:
        packed = (folder / "packed-refs").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        packed = ""

    def known(branch: str) -> bool:
        names = (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}")
        return any((folder / name).is_file() or packed.find(f" {name}\n") >= 0 for name in names)

    return "master" if known("master") and not known("main") else ""
