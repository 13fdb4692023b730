"""What git says: of the repository that a checkout is of, and of its files."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from dlcards.model import lazy_compile
from dlcards.project.disk import read_regular

# https://github.com/o/n.git, git@github.com:o/n.git, ssh://git@ssh.github.com:443/o/n
_GITHUB = lazy_compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/|(?:[^@/]*@)?(?:ssh\.)?github\.com:/?)"
    r"(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)
_SECTION = lazy_compile(r"[ \t]*\[[ \t]*([^\]]*?)[ \t]*\]")
_ORIGIN = lazy_compile(r'remote[ \t]+"origin"|remote\.origin', re.IGNORECASE)
_URL = lazy_compile(r'(?:[ \t]*\[[^\]]*\])?[ \t]*url[ \t]*=[ \t]*(?P<url>"[^"]*"|[^#;\r\n]*)', re.IGNORECASE)
# Git's own, where it runs a hook: they would lead it to another checkout than the folder's.
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


def git(folder: Path, *arguments: str, in_hook: bool = False) -> bytes:
    """What git says in a folder; nothing where it can't.

    Args:
        folder: The folder.
        arguments: What to ask.
        in_hook: Whether the commit is meant that runs this as a hook, with an index of its own.
    """
    dropped = () if in_hook else _OTHERS
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    # A checkout from elsewhere may name a program of its own as a monitor.
    command = ["git", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""


def is_committed(path: Path) -> bool:
    """Whether the last commit holds a file, so that others may have what it says. False outside of git."""
    return path.parent.is_dir() and bool(git(path.parent, "ls-tree", "-z", "HEAD", "--", path.name))


def is_staged(path: Path) -> bool:
    """Whether the commit that is being made holds a file as it is on disk. True outside of git."""
    folder = path.parent
    if git(folder, "rev-parse", "--is-inside-work-tree", in_hook=True).strip() != b"true":
        return True
    known = git(folder, "ls-files", "-z", "--", path.name, in_hook=True)
    changed = git(folder, "diff", "--name-only", "-z", "--", path.name, in_hook=True)
    return bool(known) and not changed


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
            folder = root / _text(folder).removeprefix("gitdir:").strip()
            common = folder / "commondir"
            folder = folder / _text(common).strip() if common.is_file() else folder
        return folder if folder.is_dir() else None
    except (OSError, UnicodeDecodeError):
        return None


def _origin(folder: Path) -> str:
    try:
        # Git takes any bytes; those of names and addresses that matter here are UTF-8.
        lines = read_regular(folder / "config").decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return ""
    found, is_origin = "", False
    for line in lines:
        if section := _SECTION.match(line):
            is_origin = _ORIGIN.fullmatch(section[1]) is not None
        if is_origin and (url := _URL.match(line)):
            found = url["url"].strip().strip('"')
    match = _GITHUB.fullmatch(found)
    return match["name"] if match else ""


def _branch(folder: Path) -> str:
    try:
        head = _text(folder / "refs/remotes/origin/HEAD").strip()
        return head.removeprefix("ref: refs/remotes/origin/")
    except (OSError, UnicodeDecodeError):
        pass
    try:
        packed = _text(folder / "packed-refs")
    except (OSError, UnicodeDecodeError):
        packed = ""

    def known(branch: str) -> bool:
        names = (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}")
        return any((folder / name).is_file() or packed.find(f" {name}\n") >= 0 for name in names)

    return "master" if known("master") and not known("main") else ""


def _text(path: Path) -> str:
    return read_regular(path).decode("utf-8")
