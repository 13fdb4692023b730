"""What is open in the editor, and the runs that follow its edits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from dlcards.model import Faults, InputError, Text
from dlcards.project.sources import Source
from dlcards.project.systems import real_path
from dlcards.server.folder import Folder, Settled, Stale
from dlcards.server.opened import Opened

_PAUSE = 0.25  # seconds without a keystroke until everything is read again


class Session:
    """Documents and folders of an editor.

    An edit changes at once what is shown of the passage that it stands in. When typing pauses, a thread runs
    what ``dlcards lint`` runs; the newest text wins, and what was found out of an older one is shown only
    as far as it still holds.

    Args:
        publish: Shows the findings of a document.
        tell: Shows a message.
    """

    def __init__(self, publish: Callable[[Opened], None], tell: Callable[[Text], None]) -> None:
        self.opened: dict[str, Opened] = {}
        self.sources: dict[str, tuple[Source, ...]] = {}
        self._folders: dict[str, Folder] = {}
        self._called: dict[str, str] = {}  # folders, as the editor calls them, by their real paths
        self._publish = publish
        self._tell = tell
        self._told: dict[str, tuple[Text, ...]] = {}
        self._dirty: dict[str, float] = {}  # folders, with the time from which on they are to be read
        self._waiting: list[asyncio.Future[None]] = []
        self._task: asyncio.Task[None] | None = None
        self._reading = ""  # the folder that is being read
        self._thread = ThreadPoolExecutor(1, "dlcards-lint")
        self._ends = False

    def add_folder(self, path: str) -> None:
        """Open a folder."""
        real = real_path(path)
        self._folders.setdefault(real, Folder(real))
        self._called[real] = path
        self.read_again()

    def remove_folder(self, path: str) -> None:
        """Close a folder."""
        real = real_path(path)
        self._folders.pop(real, None)
        self.sources.pop(real, None)
        self.read_again()

    def open(self, opened: Opened) -> None:
        """Open a document."""
        self.opened[opened.path] = opened
        self._soon(self.folder_of(opened.path), 0)

    def changed(self, opened: Opened) -> None:
        """A document's text is another one."""
        self._publish(opened)
        self._soon(self.folder_of(opened.path), _PAUSE)

    def close(self, path: str) -> None:
        """Close a document; from now on it is what the disk says."""
        folder = self.folder_of(path)
        self.opened.pop(path, None)
        if folder.path == path:
            self._folders.pop(path)
            self._dirty.pop(path, None)
            self.sources.pop(path, None)
        else:
            self._soon(folder, _PAUSE)
        self._wake()

    def read_again(self) -> None:
        """Something on the disk has changed."""
        for path in self.opened:
            self._soon(self.folder_of(path), 0)

    def end(self) -> None:
        """Stop what is running."""
        self._ends = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    def folder_of(self, path: str) -> Folder:
        """The innermost folder that holds a file; one of its own where none does."""
        folder = self._holding(path)
        if folder is None:
            folder = self._folders[path] = Folder(path)
        return folder

    def called(self, path: str) -> str:
        """A file as the editor calls it, by its real path."""
        holding = self._holding(path)
        folder = holding.path if holding else path
        return self._called.get(folder, folder) + path[len(folder) :]

    def _holding(self, path: str) -> Folder | None:
        holding = [folder for folder in self._folders.values() if folder.holds(path)]
        return max(holding, key=lambda folder: len(folder.path), default=None)

    async def settled(self, path: str, *, everywhere: bool = False) -> Opened | None:
        """A document once all is known of its present text; None where it is closed, or of no run.

        Args:
            path: Its real path.
            everywhere: Whether all must be known of the other documents of its run, too.
        """
        while (opened := self.opened.get(path)) is not None:
            folder = self.folder_of(path).path
            is_read = folder in self.sources and folder not in self._dirty and folder != self._reading
            if opened.is_settled and (is_read or not everywhere):
                return opened
            if is_read or self._task is None or self._task.done():
                return None  # its run could not be made, or has left it out
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting
        return None

    def _soon(self, folder: Folder, pause: float) -> None:
        loop = asyncio.get_running_loop()
        self._dirty[folder.path] = loop.time() + pause
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._settle_all())

    async def _settle_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._dirty and not self._ends:
            path, due = min(self._dirty.items(), key=lambda each: each[1])
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
                continue
            del self._dirty[path]
            if (folder := self._folders.get(path)) is not None:
                self._reading = path
                try:
                    await self._settle(folder)
                except Stale:
                    pass  # it is dirty again
                except InputError as error:
                    self._report(folder, (error.message,))
                except Exception:  # a bug: whoever types goes on
                    fault = Faults()
                    fault.add(path, "server")
                    self._report(folder, (fault[0].message,))
                finally:
                    self._reading = ""
            self._wake()
        self._task = None
        self._wake()

    async def _settle(self, folder: Folder) -> None:
        # A document in a folder within this one is that one's, but what it says is heard here, too.
        texts = {path: opened.text for path, opened in self.opened.items() if folder.holds(path)}
        own = [path for path in texts if self.folder_of(path) is folder]
        is_first = folder.path not in self.sources and folder.path not in texts
        for paths in ((own, ()) if is_first else ((),)) if own else ():
            settled = await asyncio.get_running_loop().run_in_executor(
                self._thread, partial(folder.settle, texts, partial(self._is_stale, folder), paths)
            )
            self._take(folder, own, settled, whole=not paths)

    def _is_stale(self, folder: Folder) -> bool:
        return self._ends or folder.path in self._dirty

    def _take(self, folder: Folder, own: list[str], settled: Settled, *, whole: bool) -> None:
        if whole:
            self.sources[folder.path] = settled.sources
            self._report(folder, settled.troubles)
        for path in own:
            opened = self.opened.get(path)
            if opened is None:
                continue
            if path in settled.known:
                opened.settle(settled.known[path])
            elif whole:
                opened.forget()
            self._publish(opened)
        self._wake()

    def _report(self, folder: Folder, troubles: tuple[Text, ...]) -> None:
        """Say what is wrong, each thing once until it is mended."""
        for trouble in troubles:
            if trouble not in self._told.get(folder.path, ()):
                self._tell(trouble)
        self._told[folder.path] = troubles

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)
