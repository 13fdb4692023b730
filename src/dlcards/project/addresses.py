"""Which file of the project an address means, if any."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from dlcards.model import Config, Document, Link, lazy_compile

_SCHEME = lazy_compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ONE_COMPUTER = lazy_compile(r"(?i)[a-z]:[\\/]|\\\\|file:")


class LocalTarget(NamedTuple):
    """A file of the project that an address leads to.

    Attributes:
        path: Relative to the project's root, and below it.
        fragment: Percent-decoded, without ``#``.
    """

    path: PurePosixPath
    fragment: str


class BlobPage(NamedTuple):
    """A page of GitHub that shows a file: ``https://github.com/OWNER/NAME/blob/BRANCH/PATH``.

    Attributes:
        repository: ``owner/name``.
        branch: The first part of what follows ``blob``; branches with a ``/`` are not told apart.
        path: The file's path inside the repository, percent-decoded.
        raw_url: The address of the file's own bytes.
    """

    repository: str
    branch: str
    path: PurePosixPath
    raw_url: str


def is_external(url: str) -> bool:
    """Whether ``url`` has a scheme or a host: it leads out of the document's own folder tree."""
    return bool(_SCHEME.match(url)) or url.startswith("//")


def on_one_computer(url: str) -> bool:
    r"""Whether ``url`` is a path on its author's own computer: ``C:\…``, ``D:/…``, ``file:``."""
    return bool(_ONE_COMPUTER.match(unquote(url)))


def decoded_fragment(url: str) -> str:
    """The fragment of an address without ``#``, percent-decoded; empty where there is none."""
    return unquote(url.partition("#")[2])


def local_target(url: str, document: PurePosixPath, config: Config) -> LocalTarget | None:
    """The file of the project that ``url``, written in ``document``, leads to.

    That is a relative path, a path from the repository's root (``/images/a.png``), or an absolute
    address of the project's own repository and branch on GitHub. None for every other address, for
    a bare fragment, and for a path that leaves the repository (:func:`web_address`).
    """
    if is_external(url):
        return _own_address(url, config)
    path, _, fragment = url.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return None
    joined = path.lstrip("/") if path.startswith("/") else str(document.parent / path)
    target = PurePosixPath(posixpath.normpath(joined))
    return None if ".." in target.parts else LocalTarget(target, unquote(fragment))


def web_address(url: str, document: PurePosixPath, config: Config) -> str:
    """The address that only the network can answer for ``url``, written in ``document``; else empty.

    A path that leaves the repository is a page of GitHub, which shows the document at
    ``/OWNER/NAME/blob/BRANCH/…``: ``../../issues`` in a README leads to the repository's issues.
    """
    if url.lower().startswith(("http:", "https:")):
        return "" if _own_address(url, config) else url
    if url.startswith("//"):
        return "" if _own_address(url, config) else f"https:{url}"
    repository = config.repository or config.origin
    path = url.partition("#")[0].partition("?")[0]
    if is_external(url) or not path or not repository or local_target(url, document, config):
        return ""
    folder = "" if url.startswith("/") else f"{quote(str(document.parent))}/"
    shown = f"https://github.com/{repository}/blob/{config.default_branch or config.branch}/{folder}"
    return urljoin(shown, url.lstrip("/"))


def blob_page(url: str) -> BlobPage | None:
    """The parts of a GitHub page that shows a file; None for every other address."""
    parts = _split(url)
    if parts is None:
        return None
    names = parts.path.split("/")
    if parts.hostname not in ("github.com", "www.github.com") or len(names) < 6 or names[3] != "blob":
        return None
    if "raw" in parts.query.split("&")[0].split("=")[:1]:
        return None  # "?raw=true" answers with the file itself
    raw = parts._replace(path="/".join([*names[:3], "raw", *names[4:]]), query="", fragment="").geturl()
    return BlobPage("/".join(names[1:3]), names[4], PurePosixPath(unquote("/".join(names[5:]))), raw)


def external_links(documents: Sequence[Document], config: Config) -> Iterator[tuple[Document, Link, str]]:
    """The links that only the network can answer, wherever they stand, a definition once.

    Paths, anchors and this repository's own addresses are answered from the checkout (L001, L002, I001).

    Returns:
        Each link with its document and the address to ask for.
    """
    for document in documents:
        for link in document.links:
            if not link.by_reference and (address := web_address(link.url, document.path, config)):
                yield document, link, address


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None for one that can't be read (``http://[b``)."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname  # may raise, too
    except ValueError:
        return None
    return parts


def _own_address(url: str, config: Config) -> LocalTarget | None:
    repository = (config.repository or config.origin).casefold()
    parts = _split(url)
    if not repository or parts is None:
        return None
    names = parts.path.split("/")
    if parts.hostname in ("github.com", "www.github.com") and len(names) > 4:
        owned, kind, rest = names[1:3], names[3], names[4:]
    elif parts.hostname == "raw.githubusercontent.com" and len(names) > 4:
        owned, kind, rest = names[1:3], "raw", names[3:]
    else:
        return None
    if "/".join(owned).casefold() != repository or kind not in ("blob", "raw", "tree"):
        return None
    if rest[:2] == ["refs", "heads"]:
        rest = rest[2:]
    branches = ("HEAD", config.default_branch or config.branch)
    # A branch's name may hold slashes.
    path = next((rest[len(b) :] for b in (name.split("/") for name in branches) if rest[: len(b)] == b), [])
    if not path:
        return None
    target = PurePosixPath(posixpath.normpath(unquote("/".join(path))))
    return None if ".." in target.parts else LocalTarget(target, unquote(parts.fragment))
