"""Examine documents, in several processes where that is quicker."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dlcards.document.build import build
from dlcards.linter.engine import examine
from dlcards.linter.records import Record, Task, dump, nothing_in
from dlcards.model import Config, Context, Document, Faults
from dlcards.project.asked import AskedFiles
from dlcards.project.disk import Reach
from dlcards.project.files import Checkout

_CHUNK = 8  # documents that a process is given at a time: Ctrl-C waits for them
# From so many documents or characters on, starting processes costs less than it saves.
_MANY = (8, 150_000)
_MANY_WHERE_EACH_LOADS_ALL_ANEW = (64, 1_500_000)


def examine_all(
    tasks: Sequence[Task], files: Checkout, config: Config, *, in_processes: bool
) -> Iterator[bytes]:
    """The records of documents, in order, as :func:`dlcards.linter.records.dump` writes them.

    Args:
        tasks: The documents.
        files: The checkout that they stand in.
        config: The configuration.
        in_processes: Whether other processes may be started, where that is quicker. A program of which we
            are only a part may have threads, or a main module that must not be loaded twice.
    """
    processes = min(_processors(), -(-len(tasks) // _CHUNK)) if in_processes else 1
    if processes < 2 or not _are_many(tasks):
        yield from (_examine(task, files, config) for task in tasks)
        return
    # Not above: few documents need none of it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    context = multiprocessing.get_context(_start_method())
    with ProcessPoolExecutor(processes, context, _begin, (files.root, config, files.reach)) as pool:
        try:
            with _ctrl_c_later():
                records = pool.map(_work, tasks, chunksize=_CHUNK)
            for record in records:
                yield record
                done += 1
        except BrokenProcessPool:  # the system has killed one, as where memory is short: one at a time, then
            pool.shutdown(cancel_futures=True)
        except BaseException:  # Ctrl-C, too: what has not begun need not be done
            pool.shutdown(cancel_futures=True)
            raise
    yield from (_examine(task, files, config) for task in tasks[done:])


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Let Ctrl-C wait while processes start: what is half started would say where it was."""
    if sys.platform == "win32":  # has no masks: Ctrl-C may then say where it was
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def record_of(task: Task, files: Checkout, config: Config, build: Callable[..., Document] = build) -> Record:
    """What there is to find in a document.

    Args:
        task: The document.
        files: The project's files.
        config: The configuration.
        build: Makes the document of its text; for whoever keeps it.
    """
    asked, faults, examined = AskedFiles(files), Faults(), nothing_in(task.document)
    with faults.caught(task.document.path, "lint"):
        document = build(task.document.path, task.document.text, config, whole=task.whole)
        examined = examine(document, Context(config, asked, faults=faults))
    return Record(examined, asked.noted(), faults)


def _examine(task: Task, files: Checkout, config: Config) -> bytes:
    record = dump(record_of(task, files, config))
    if not gc.isenabled():
        gc.collect()  # the parser's own blocks know each other; nodes are gone by now
    return record


def _begin(root: Path, config: Config, reach: Reach) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process hears it
    gc.freeze()
    gc.disable()
    global _files, _config
    _files, _config = Checkout(root, config, reach), config


_files: Checkout
_config: Config


def _work(task: Task) -> bytes:
    return _examine(task, _files, _config)


def _are_many(tasks: Sequence[Task]) -> bool:
    documents, characters = _MANY if _start_method() == "fork" else _MANY_WHERE_EACH_LOADS_ALL_ANEW
    return len(tasks) >= documents or sum(len(task.document.text) for task in tasks) >= characters


def _start_method() -> str:
    # A forked process has all modules; but only where no other thread may hold a lock, and not on a Mac,
    # whose system libraries don't survive it.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
