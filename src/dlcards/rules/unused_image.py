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
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text
from dlcards.rules.pictures import local_pictures

KO = """
문서가 그림을 두는 폴더에, 어느 문서도 쓰지 않는 그림 파일이 있다.

그림을 바꾸고 지우지 않은 파일일 때가 많다. 저장소를 받는 사람마다 그것까지 내려받고, 다음에 고치는 사람은 지워도 되는지 몰라 망설이거나 두 그림 가운데 엉뚱한 쪽을 고친다.

파일을 지우거나, 있어야 할 자리에 보여 준다.

문서가 그림을 가져다 쓰는 `images`, `img`, `assets` 폴더만 본다. 그 폴더 옆의 문서를 모두 함께 검사하고 폴더의 그림을 대부분 쓰고 있을 때만 알린다. 그렇지 않으면 이번에 보지 않은 문서가 쓰는 그림일 수 있다. 파일 이름이 문서에, 또는 문서와 같은 폴더나 그 위에 있는 웹 페이지와 노트북에 한 번이라도 나오면 쓰인 것으로 본다.

찾지 않는 것: 다른 이름의 폴더, 아무도 쓰지 않는 폴더, 다른 폴더에서 쓰이는 파일과 이름이 같은 파일.
"""

EXAMPLE_FILES = {"answers/images/loss.png": b"", "answers/images/loss-old.png": b""}

_FOLDERS = ("images", "img", "assets")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$", re.I)
_NAME = re.compile(r"[^\s/\\\"'()<>=,;|`*\[\]]+\.(?:png|jpe?g|gif|svg|webp|bmp|avif)", re.I)
_DOCUMENT = re.compile(r"\.(?:md|markdown)$", re.I)
# What else may show the pictures of a folder: pages, notebooks, other markup.
_OTHER_USERS = re.compile(r"\.(?:md|markdown|html?|ipynb|rst|adoc|tex|css|js|json|ya?ml|toml|txt|py)$", re.I)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find files that the run's documents leave aside, once in the run: for its first document."""
    documents = _run(document, context)
    for folder, users in sorted(_folders(documents, context).items()):
        beside = folder.parents[len(folder.parts) - 1 - _index(folder)]
        near = [other for other in documents if other.path.parent == beside] or users
        if min(other.path for other in near) != document.path:
            continue
        if not all(_holds_all(parent, documents, context) for parent in {beside, *_parents(users)}):
            continue
        pictures = [name for name in context.files.names(folder) if _PICTURE.search(name)]
        used = {name for other in documents for name in _names(other.text)}
        unused = [name for name in pictures if _key(name) not in used]
        if not unused or 2 * len(unused) > len(pictures):
            continue
        elsewhere = set(_names_elsewhere(beside, documents, context))
        for name in unused:
            if _key(name) not in elsewhere:
                message = Text(f"어느 문서도 쓰지 않는 그림: {folder / name}", f"unused picture: {folder / name}")
                yield Diagnostic(Span(0, 0), message)


def _run(document: Document, context: Context) -> list[Document]:
    """All documents of the run, with ``document`` as it is now (fixes may have changed it)."""
    return [document, *(other for other in context.documents if other.path != document.path)]


def _folders(documents: Iterable[Document], context: Context) -> dict[PurePosixPath, list[Document]]:
    """The folders of pictures, with the documents that take pictures from them."""
    folders: dict[PurePosixPath, list[Document]] = {}
    for document in documents:
        for _, path in local_pictures(document, context):
            if any(part in _FOLDERS for part in path.parent.parts):
                users = folders.setdefault(path.parent, [])
                if not users or users[-1] is not document:
                    users.append(document)
    return folders


def _index(folder: PurePosixPath) -> int:
    """Which part of a path is the folder of pictures; what follows are folders in it."""
    return next(index for index, part in enumerate(folder.parts) if part in _FOLDERS)


def _parents(documents: Iterable[Document]) -> Iterator[PurePosixPath]:
    return (document.path.parent for document in documents)


def _holds_all(folder: PurePosixPath, documents: Iterable[Document], context: Context) -> bool:
    """Whether the run holds all markdown documents of a folder."""
    known = {document.path for document in documents}
    names = context.files.names(folder)
    return all(folder / name in known for name in names if _DOCUMENT.search(name))


def _names_elsewhere(
    folder: PurePosixPath, documents: Iterable[Document], context: Context
) -> Iterator[str]:
    """The names of pictures in other files of a folder and of the folders above it."""
    known = {document.path for document in documents}
    for parent in (folder, *folder.parents):
        for name in context.files.names(parent):
            if _OTHER_USERS.search(name) and parent / name not in known:
                data = context.files.read(parent / name) or b""
                yield from _names(data.decode("utf-8", "replace"))


def _names(text: str) -> Iterator[str]:
    """The names of pictures that a text mentions; of a name with blanks in it the last word."""
    for match in _NAME.finditer(text):
        yield _key(unquote(match.group()))


def _key(name: str) -> str:
    words = unicodedata.normalize("NFC", name).casefold().split()
    return words[-1] if words else ""


RULE = Rule("I007", "unused-image", Severity.WARNING, check)
