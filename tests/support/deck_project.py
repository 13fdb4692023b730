"""A project that is exported again and again, for tests of what a learner gets."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Collection
from pathlib import Path

from dlcards.deck.export import Export, Order
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.model import KINDS, Config, Context, Kind
from dlcards.project.files import Checkout
from tests.support.exports import export

DAY = 86_400
NOW = int(time.time()) - 100 * DAY
# M009 off: what it refuses must be harmless in a card even so.
CONFIG = Config(deck="시험 덱", repository="owner/name", ignore=("M009",))


def png(width: int = 2, shade: int = 0) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(width))
    head = struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def question(number: str, words: str, answer: str = "답이다.") -> str:
    return f"## #{number}\n\n#### {words}\n\n{answer}\n\n#### References\n\n- [출처](https://a.b)\n\n---\n\n"


class Project:
    """A folder with one document, exported again and again."""

    def __init__(self, folder: Path, config: Config = CONFIG) -> None:
        self.root = folder
        self.config = config
        self.lock = Lock()
        self.now = NOW
        (folder / "answers").mkdir(exist_ok=True)

    def export(
        self,
        text: str,
        name: str = "a.md",
        *,
        days: int = 1,
        kinds: Collection[Kind] = KINDS,
        tags: Collection[str] = (),
    ) -> tuple[Export, Path]:
        """Export the text as it is ``days`` after the last time."""
        self.now += days * DAY
        path = self.root / "answers" / name
        path.write_text(text, encoding="utf-8")
        files = Checkout(self.root, self.config)
        document = build(files.relative(path), text, self.config)
        result = export(
            [document],
            Context(self.config, files),
            self.root,
            Order(self.config.deck, self.lock, self.now, kinds, tuple(tags)),
        )
        self.lock = result.identified.lock
        package = self.root / "deck.apkg"
        package.write_bytes(result.package)
        return result, package
