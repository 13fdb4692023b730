"""What git says: of the repository that a checkout is of, and of its files."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple

from dlcards.model import lazy_compile
from dlcards.project.disk import read_regular

# https://github.com/o/n.git, git@github.com:o/n.git, ssh://git@ssh.github.com:443/o/n
_ADDRESS = lazy_compile(
    r"(?:(?P<scheme>https?|ssh|git)://(?:[^/]*@)?(?P<host>[\w.-]+)(?P<port>:\d+)?/|(?:[^/:]*@)?(?P<scp>[\w.-]+):/?)"
    r"(?P<path>[\w.~-]+(?:/[\w.-]+)*)/*",
    re.IGNORECASE | re.ASCII,
)
# Where a host answers to ssh through firewalls, and what else it is called.
_SAME_HOST = {
    "www.github.com": "github.com",
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
_SECTION = lazy_compile(r"[ \t]*\[[ \t]*([^\]]*?)[ \t]*\]")
_ORIGIN = lazy_compile(r'remote[ \t]+"origin"|remote\.origin', re.IGNORECASE)
_URL = lazy_compile(r'(?:[ \t]*\[[^\]]*\])?[ \t]*url[ \t]*=[ \t]*(?P<url>"[^"]*"|[^#;\r\n]*)', re.IGNORECASE)
_LITERAL = "--literal-pathspecs"  # a name is no pattern
_PATIENCE = 20.0  # seconds; what takes so long waits for a pipe among the ignore files of folders
# Git's own, where it runs a hook: they would lead it to another checkout than the folder's.
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class Remote(NamedTuple):
    """The address of another copy of a repository, without user, password and ``.git``.

    Attributes:
        site: Scheme, host and port of its web pages, as far as the address tells: those of an address that
            is none of the web are ``https`` and the host.
        host: The host alone, in small letters.
        path: What follows: ``owner/name``.
    """

    site: str
    host: str
    path: str


def git(folder: Path, *arguments: str, in_hook: bool = False) -> bytes:
    """What git says in a folder; nothing where it can't.

    Args:
        folder: The folder.
        arguments: What to ask.
        in_hook: Whether the commit is meant that runs this as a hook, with an index of its own.
    """
    dropped = () if in_hook else _OTHERS
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    # A checkout from elsewhere may name programs of its own: as a monitor, or to fetch what it lacks.
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-c", "core.fsmonitor=false", *arguments]
    if not _may_be_read(folder):
        return b""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _may_be_read(folder: Path) -> bool:
    """Whether what git is sure to read are files: it waits for ever at the end of a pipe."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            names = (".gitignore", ".git/config", ".git/HEAD", ".git/index", ".git/info/exclude")
            return all(_is_file_or_absent(place / name) for name in names)
    return True


def _is_file_or_absent(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def is_committed(path: Path) -> bool:
    """Whether the last commit holds a file, so that others may have what it says. False outside of git."""
    return path.parent.is_dir() and bool(git(path.parent, _LITERAL, "ls-tree", "-z", "HEAD", "--", path.name))


def has_history(path: Path) -> bool:
    """Whether git has a file and all commits that ever changed it: not in a shallow clone."""
    asked = git(path.parent, "rev-parse", "--is-shallow-repository") if path.parent.is_dir() else b""
    return asked.strip() == b"false" and is_committed(path)


def is_staged(path: Path) -> bool:
    """Whether the commit that is being made holds a file as it is on disk. True outside of git."""
    folder = path.parent
    if git(folder, "rev-parse", "--is-inside-work-tree", in_hook=True).strip() != b"true":
        return True
    known = git(folder, _LITERAL, "ls-files", "-z", "--", path.name, in_hook=True)
    changed = git(folder, _LITERAL, "diff", "--name-only", "-z", "--", path.name, in_hook=True)
    return bool(known) and not changed


def is_ignored(path: Path) -> bool:
    """Whether git ignores a file, and so would not add it; none that it tracks."""
    return bool(git(path.parent, "check-ignore", "--", path.name, in_hook=True))


def checkout(root: Path) -> tuple[str, str]:
    """``owner/name`` of the checkout's ``origin`` on GitHub, and its default branch; empty where unknown.

    The branch is the one that ``origin/HEAD`` names, else ``master`` where there is one and no ``main``.
    """
    folder = _git_folder(root)
    return github_name(origin(root)), _branch(folder) if folder else ""


def origin(root: Path) -> Remote | None:
    """The checkout's ``origin``; None where it has none, or one that is no address of a host.

    What the checkout says itself counts before what the user's own configuration makes of it, which is
    another one on each machine (``insteadOf`` leads to mirrors, and may hold passwords). It is only asked
    for an abbreviation: ``gh:owner/name``.
    """
    said = _origin(root)
    remote = remote_of(said)
    if remote and "." not in remote.host:
        asked = git(root, "remote", "get-url", "origin").decode("utf-8", "replace").strip()
        remote = remote_of(asked)
    return remote


def remote_of(address: str) -> Remote | None:
    """What an address is of; None where that is no host, or what is there is no path of plain names."""
    match = _ADDRESS.fullmatch(address)
    path = match["path"].removesuffix(".git") if match else ""
    if match is None or not all(name.strip(".") for name in path.split("/")):
        return None
    host = (match["host"] or match["scp"]).lower()
    host = _SAME_HOST.get(host, host)
    scheme = (match["scheme"] or "").lower()
    site = f"{scheme}://{host}{match['port'] or ''}" if scheme.startswith("http") else f"https://{host}"
    return Remote(site, host, path)


def settings(root: Path) -> Path:
    """The file that says where a checkout's ``origin`` is; where it would stand, if there is none."""
    return (_git_folder(root) or root / ".git") / "config"


def published(folder: Path) -> tuple[Remote | None, str]:
    """A checkout's ``origin`` and its commit, where that is there, too; else nothing."""
    remote = origin(folder)
    commit = git(folder, "rev-parse", "HEAD").decode().strip() if remote else ""
    if not commit or not git(folder, "branch", "--remotes", "--contains", commit):
        return None, ""
    return remote, commit


def github_name(remote: Remote | None) -> str:
    """``owner/name`` of a repository on GitHub; empty for others."""
    return remote.path if remote and remote.host == "github.com" and remote.path.count("/") == 1 else ""


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


def _origin(root: Path) -> str:
    """The address of ``origin`` as the checkout has it: of several the first, which git fetches from."""
    try:
        # Git takes any bytes; those of names and addresses that matter here are UTF-8.
        lines = read_regular(settings(root)).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return ""
    is_origin = False
    for line in lines:
        if section := _SECTION.match(line):
            is_origin = _ORIGIN.fullmatch(section[1]) is not None
        if is_origin and (url := _URL.match(line)) and (found := url["url"].strip().strip('"')):
            return found
    return ""


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
