"""The preview that shows a question's card: ``dlcards preview --serve`` of its document."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dlcards.model import Document, InputError, Text

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")


def card_anchors(document: Document) -> list[str]:
    """Where the preview of a document shows each of its questions."""
    seen: Counter[str] = Counter()
    anchors = []
    for pair in document.pairs:
        anchor = "-".join(pair.id.split()) or "question"
        seen[anchor] += 1
        anchors.append(anchor if seen[anchor] == 1 else f"{anchor}~{seen[anchor]}")
    return anchors


class _Served(NamedTuple):
    process: asyncio.subprocess.Process
    address: str
    folder: str


class Cards:
    """The previews that are served: one a document, made anew by itself whenever that is saved."""

    def __init__(self) -> None:
        self._served: dict[str, _Served] = {}
        self._starting = asyncio.Lock()

    async def address(self, path: str) -> str:
        """The address of a document's preview.

        Raises:
            InputError: There is none, as the command says.
        """
        async with self._starting:
            served = self._served.get(path)
            if served is None or served.process.returncode is not None:
                served = self._served[path] = await self._start(path)
            return served.address

    def end(self) -> None:
        """Stop serving."""
        for served in self._served.values():
            with contextlib.suppress(ProcessLookupError):
                served.process.terminate()
            shutil.rmtree(served.folder, ignore_errors=True)

    async def _start(self, path: str) -> _Served:
        folder = tempfile.mkdtemp(prefix="dlcards-preview-")
        # -P: modules that lie beside a stranger's document are not loaded.
        command = [
            "-P",
            "-m",
            "dlcards",
            "preview",
            path,
            "--serve",
            "--port",
            "0",
            "--output",
            f"{folder}/page",
        ]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=Path(path).parent,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        assert process.stderr
        said = asyncio.create_task(process.stderr.read(10_000))
        async for line in process.stdout:
            if found := _ADDRESS.search(line):
                self._drain(process, said)
                return _Served(process, found[0].decode(), folder)
        await process.wait()
        shutil.rmtree(folder, ignore_errors=True)
        why = (await said).decode("utf-8", "replace").strip()
        raise InputError(Text(f"카드를 보일 수 없다: {why}", f"the card can't be shown: {why}"))

    def _drain(self, process: asyncio.subprocess.Process, said: asyncio.Task[bytes]) -> None:
        """Read on what is said, so that the program never waits for it to be read."""

        async def read(stream: asyncio.StreamReader) -> None:
            while await stream.read(65_536):
                pass

        async def read_all() -> None:
            assert process.stdout
            assert process.stderr
            await said
            await asyncio.gather(read(process.stdout), read(process.stderr))

        self._reading = asyncio.ensure_future(read_all())
