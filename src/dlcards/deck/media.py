"""Pictures: from the address in a document to a file in the package."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dlcards.addresses import blob_page, is_external, local_target
from dlcards.model import Config, Files, Text

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)


class MediaError(Exception):
    """A picture that can't be packed; ``message`` says why, in the languages of the program."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass
class Media:
    """The pictures of a deck, by the flat, content-hashed names that they have in the package.

    Equal pictures are packed once; different ones with one name in two folders don't clash, and a
    changed picture gets a new name, so that Anki takes it.
    """

    root: Path
    config: Config
    files: Files
    packed: dict[str, bytes] = field(default_factory=dict)

    def add(self, url: str, document: PurePosixPath) -> str:
        """Pack the picture with the address ``url`` in ``document`` and return its name.

        Raises:
            MediaError: There is no such file, it can't be read, or it is no picture.
        """
        page = blob_page(url)
        target = local_target(url, document, self.config)
        if target is None:
            kind = Text("그림이 저장소 밖에 있다", "the picture is not in the repository")
            if not (is_external(url) or page):
                kind = Text("그림에 주소가 없다", "picture without an address")
            raise MediaError(Text(f"{kind.ko}: {url}", f"{kind.en}: {url}"))
        if not self.files.exists(target.path):
            raise MediaError(Text(f"그림 파일이 없다: {target.path}", f"no such picture: {target.path}"))
        try:
            data = (self.root / target.path).read_bytes()
        except OSError as error:
            raise MediaError(
                Text(f"그림을 읽을 수 없다: {target.path}", f"the picture can't be read: {target.path}")
            ) from error
        suffix = _suffix(data)
        if suffix is None:
            raise MediaError(Text(f"그림 파일이 아니다: {target.path}", f"not a picture: {target.path}"))
        name = f"dlcards-{hashlib.sha256(data).hexdigest()[:24]}.{suffix}"
        self.packed[name] = data
        return name

    def forget(self, before: Set[str]) -> None:
        """Take out again what was packed since only the names ``before`` were."""
        for name in self.packed.keys() - before:
            del self.packed[name]


def _suffix(data: bytes) -> str | None:
    """The file ending that fits the first bytes; None where they are no picture's."""
    for signature, suffix in _SIGNATURES:
        if data.startswith(signature):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "svg" if b"<svg" in data[:1024] else None
