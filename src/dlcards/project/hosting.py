"""Where a repository's own pages stand on the web: its home, its files, its issues.

Hosts differ in the addresses of files; only those are known here whose addresses are. ``HEAD`` is the default
branch at each of them, whatever it is called, and stays right when it is called otherwise.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from dlcards.model import Config, Files, bytes_of
from dlcards.project.git import origin

_GITHUB = "https://github.com"


class _Host(NamedTuple):
    """What follows a repository's address at a host: before the path of a file, and for its issues."""

    files: str
    issues: str
    deep: bool = False  # whether a repository may stand in groups of groups


_HOSTS = {
    "github": _Host("blob/HEAD", "issues"),
    "gitlab": _Host("-/blob/HEAD", "-/issues", deep=True),
    "gitea": _Host("src/branch/HEAD", "issues"),
    "bitbucket": _Host("src/HEAD", ""),  # most of its repositories have no issues
}
_KNOWN = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "bitbucket.org": "bitbucket",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
}
# One's own, by what it is usually called: gitlab.example.com.
_OWN = {"github": "github", "gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea"}


class Pages(NamedTuple):
    """A repository's pages on the web.

    Attributes:
        home: The address of the repository: ``https://github.com/owner/name``.
        files: What the paths of files follow, without the last ``/``.
        issues: Where errors are reported; empty where that is not known.
    """

    home: str
    files: str
    issues: str

    def of(self, path: PurePosixPath, fragment: str = "") -> str:
        """The page of a file.

        Args:
            path: The file, from the root of the checkout.
            fragment: A place in it, without ``#``.
        """
        return f"{self.files}/{quote(bytes_of(path))}" + (f"#{quote(fragment)}" if fragment else "")


def pages_of(root: Path, config: Config) -> Pages | None:
    """The pages of the repository that a checkout is of: the configured one, else that of its ``origin``.

    None where neither is known, or where the project wants none named (``repository = ""``).
    """
    return configured_pages(config) or (origin_pages(root) if config.names_origin else None)


def source_of(path: PurePosixPath, fragment: str, pages: Pages | None, files: Files) -> str:
    """The page of a file of the checkout; empty where the repository has none of it.

    That is a file which git ignores, and one of another repository inside the checkout.

    Args:
        path: The file, from the root of the checkout.
        fragment: A place in it, without ``#``.
        pages: The repository's pages; None where they are not known.
        files: The checkout's files.
    """
    if pages is None or ".." in path.parts or files.ignored(path):
        return ""
    inside = (folder for folder in path.parents if folder.parts)
    # What is git's own is there, and out of reach.
    return "" if any(files.leaves(folder / ".git") for folder in inside) else pages.of(path, fragment)


def configured_pages(config: Config) -> Pages | None:
    """The pages of the repository that is configured."""
    if not config.repository:
        return None
    home = f"{_GITHUB}/{quote(config.repository)}"
    return Pages(home, f"{home}/blob/{quote(config.branch)}", f"{home}/issues")


def origin_pages(root: Path) -> Pages | None:
    """The pages of a checkout's ``origin``; None where it has none, or one at a host that is not known."""
    remote = origin(root)
    if remote is None:
        return None
    first, _, rest = remote.host.partition(".")
    name = _KNOWN.get(remote.host) or (_OWN.get(first) if rest else None)
    host = _HOSTS[name] if name else None
    depth = remote.path.count("/")
    if host is None or depth < 1 or (depth > 1 and not host.deep):
        return None
    site = f"https://{remote.host}" if remote.host in _KNOWN else remote.site
    home = f"{site}/{quote(remote.path)}"
    return Pages(home, f"{home}/{host.files}", f"{home}/{host.issues}" if host.issues else "")
