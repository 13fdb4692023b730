"""A picture file in the documents' folder of pictures that no document uses.

Such a file is mostly what was left behind when a figure was replaced. Everyone who clones the repository
downloads it, and the next contributor wonders whether it matters, or mends the wrong one of two figures.

Delete the file, or show it where it belongs.

Looked at are folders named `images`, `img` or `assets` that the documents take pictures from, and only
when the run holds all documents beside that folder and most of its pictures are used: the others might
be used by documents that this run does not see. A file counts as used where its name stands anywhere in
a document, or in a page or a notebook beside the documents or above them.

Not found: folders of other names, folders that nothing uses, unused files that have the name of a used
one in another folder.

Bad:

    ![손실 곡선](images/loss.png)

Good:

    ![손실 곡선](images/loss.png)

    이전 그림은 <img src="images/loss-old.png" alt="예전 손실 곡선">이다.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from dlcards.linter.rules.images.shared_pictures import pictures
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Rule,
    Run,
    Severity,
    Span,
    Text,
    TextDocument,
    lazy_compile,
)

KO = """
문서가 그림을 두는 폴더에, 어느 문서도 쓰지 않는 그림 파일이 있다.

그림을 바꾸고 지우지 않은 파일일 때가 많다. 저장소를 받는 사람마다 그것까지 내려받고, 다음에 고치는 사람은 지워도 되는지 몰라 망설이거나 두 그림 가운데 엉뚱한 쪽을 고친다.

파일을 지우거나, 있어야 할 자리에 보여 준다.

문서가 그림을 가져다 쓰는 `images`, `img`, `assets` 폴더만 본다. 그 폴더 옆의 문서를 모두 함께 검사하고 폴더의 그림을 대부분 쓰고 있을 때만 알린다. 그렇지 않으면 이번에 보지 않은 문서가 쓰는 그림일 수 있다. 파일 이름이 문서에, 또는 문서와 같은 폴더나 그 위에 있는 웹 페이지와 노트북에 한 번이라도 나오면 쓰인 것으로 본다.

찾지 않는 것: 다른 이름의 폴더, 아무도 쓰지 않는 폴더, 다른 폴더에서 쓰이는 파일과 이름이 같은 파일.
"""

EXAMPLE_FILES = {"answers/images/loss.png": b"", "answers/images/loss-old.png": b""}

_FOLDERS = ("images", "img", "assets")
_PICTURE = lazy_compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$", re.I)
_ENDING = lazy_compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)", re.I)
_BETWEEN_NAMES = lazy_compile(r"[\s/\\\"'()<>=,;|`*\[\]]")
_LONGEST_NAME = 255  # what file systems allow
_DOCUMENT = lazy_compile(r"\.(?:md|markdown)$", re.I)
# What else may show the pictures of a folder: pages, notebooks, other markup.
_OTHER_USERS = lazy_compile(
    r"\.(?:md|markdown|html?|ipynb|rst|adoc|tex|css|js|json|ya?ml|toml|txt|py)$", re.I
)


_NOTHING: tuple[list[str], list[str]] = ([], [])


class _Run(NamedTuple):
    """What the documents of a run say about pictures.

    Attributes:
        known: The paths of the documents.
        names: The names of all picture files that they mention, as :func:`_key` has them.
        users: For each folder of pictures the folders of the documents that take pictures from it.
        reporters: For each document the folders that it reports on: each folder has one, so that a
            file is reported once.
    """

    known: frozenset[PurePosixPath]
    names: frozenset[str]
    users: dict[PurePosixPath, set[PurePosixPath]]
    reporters: dict[PurePosixPath, list[PurePosixPath]]


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: another may use a file."""
    return iter(())


def tell(document: Document, context: Context) -> list[list[str]] | None:
    """The names of pictures that a document mentions, and the folders of those that it shows."""
    names = sorted(set(_names(document.text)))
    folders = {path.parent for _, path in pictures(document, context)}
    used = sorted(str(folder) for folder in folders if any(part in _FOLDERS for part in folder.parts))
    return [names, used] if names or used else None


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find files that the run's documents leave aside, each for one document of the run."""
    run = context.run.once(ACROSS, lambda: _index(context.run))
    for folder in run.reporters.get(facts.path, ()):
        beside = _beside(folder)
        if not all(_holds_all(parent, run, context) for parent in {beside, *run.users[folder]}):
            continue
        pictures = [name for name in context.files.names(folder) if _PICTURE.search(name)]
        # Fixes may have changed the document since the run began.
        own = set(facts.told.get(ACROSS.name, _NOTHING)[0])
        unused = [name for name in pictures if _key(name) not in run.names and _key(name) not in own]
        if not unused or 2 * len(unused) > len(pictures):
            continue
        elsewhere = set(_names_elsewhere(beside, run, context))
        for name in unused:
            if _key(name) not in elsewhere:
                message = Text(
                    f"어느 문서도 쓰지 않는 그림: {folder / name}", f"unused picture: {folder / name}"
                )
                yield Diagnostic(Span(0, 0), message, cause=str(folder))


def _index(documents: Run) -> _Run:
    users: dict[PurePosixPath, set[PurePosixPath]] = {}
    first_user: dict[PurePosixPath, PurePosixPath] = {}
    first_in: dict[PurePosixPath, PurePosixPath] = {}
    names: set[str] = set()
    for facts in sorted(documents.facts, key=lambda facts: facts.path):
        first_in.setdefault(facts.path.parent, facts.path)
        mentioned, used = facts.told.get(ACROSS.name, _NOTHING)
        names.update(mentioned)
        for folder in map(PurePosixPath, used):
            first_user.setdefault(folder, facts.path)
            users.setdefault(folder, set()).add(facts.path.parent)
    reporters: dict[PurePosixPath, list[PurePosixPath]] = {}
    for folder in sorted(users):
        reporter = first_in.get(_beside(folder), first_user[folder])
        reporters.setdefault(reporter, []).append(folder)
    return _Run(frozenset(facts.path for facts in documents.facts), frozenset(names), users, reporters)


def _beside(folder: PurePosixPath) -> PurePosixPath:
    """The folder that the folder of pictures is in; ``images/2024`` belongs to ``images``."""
    index = next(index for index, part in enumerate(folder.parts) if part in _FOLDERS)
    return PurePosixPath(*folder.parts[:index])


def _holds_all(folder: PurePosixPath, run: _Run, context: Context) -> bool:
    """Whether the run holds all markdown documents of a folder."""
    names = context.files.names(folder)
    return all(folder / name in run.known for name in names if _DOCUMENT.search(name))


def _names_elsewhere(folder: PurePosixPath, run: _Run, context: Context) -> Iterator[str]:
    """The names of pictures in other files of a folder and of the folders above it."""
    for parent in (folder, *folder.parents):
        for name in context.files.names(parent):
            if _OTHER_USERS.search(name) and parent / name not in run.known:
                data = context.files.read(parent / name) or b""
                yield from _names(data.decode("utf-8", "replace"))


def _names(text: str) -> Iterator[str]:
    """The names of pictures that a text mentions; of a name with blanks in it the last word."""
    for ending in _ENDING.finditer(text):
        before = text[max(0, ending.start() - _LONGEST_NAME) : ending.start()]
        yield _key(unquote(_BETWEEN_NAMES.split(before)[-1] + ending.group()))


def _key(name: str) -> str:
    words = unicodedata.normalize("NFC", name).casefold().split()
    return words[-1] if words else ""


ACROSS = Across("pictures", tell, check_across)
RULE = Rule("I007", "unused-image", Severity.NOTE, check, across=ACROSS)
