"""How soon an editor has its answer, in a document of 500 KB.

A question in the middle is typed into, a letter each time. A keystroke is answered when the findings of the
new text have come; right behind it completion, hover and definition are asked. Fast typing leaves 100 ms
between keystrokes. Slow typing leaves 400 ms, so that each finds the server reading the whole document.
"settled" is the time from the last keystroke until everything has been read, the pause that the server waits
for included. CPU is that of all threads of the server between question and answer: on a quiet core, it is
what the clock says. Only Linux tells it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.corpus import document
from benchmarks.measure import Took, median

SIZE = 500_000
_PATIENCE = 120.0  # seconds
_ASKED = {
    "completion": "textDocument/completion",
    "hover": "textDocument/hover",
    "definition": "textDocument/definition",
}


class _Server:
    """A language server, spoken with over its standard input and output."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def cpu(self) -> float:
        """The seconds that its threads have run so far."""
        tasks = Path(f"/proc/{self._process.pid}/task")
        found = 0
        for each in tasks.glob("*/schedstat"):
            with suppress(OSError):  # a thread that has ended
                found += int(each.read_text(encoding="ascii").split()[0])
        return found / 1e9

    def tell(self, method: str, params: object) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        return self.wait(lambda heard: heard.get("id") == self._number and "method" not in heard)

    def wait(self, is_it: Any) -> dict[str, Any]:
        """The next message that is meant; what else is asked meanwhile is answered with nothing."""
        while True:
            heard = self._heard.get(timeout=_PATIENCE)
            if "id" in heard and "method" in heard:
                self._send({"jsonrpc": "2.0", "id": heard["id"], "result": None})
            elif is_it(heard):
                return heard

    def findings(self, version: int) -> dict[str, Any]:
        """The findings of a version."""
        method = "textDocument/publishDiagnostics"
        return self.wait(
            lambda heard: heard.get("method") == method and heard["params"].get("version") in (version, None)
        )

    def end(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:  # not all hear it
            self._process.kill()
            self._process.wait()

    def _send(self, message: object) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while head := stream.readline():
            length = int(head.split(b":")[1]) if head.lower().startswith(b"content-length") else 0
            while length and head.strip():
                head = stream.readline()
            if length:
                self._heard.put(json.loads(stream.read(length)))


def editor(bench: Bench) -> dict[str, Took]:
    """What keystrokes take, in dlcards and, where it can be had, in rumdl."""
    folder = bench.folder / "editor"
    folder.mkdir()
    (folder / "dlcards.toml").write_text("", encoding="utf-8")
    (folder / "long.md").write_text(document(0, SIZE), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("dlcards")), "server"]
    taken = _type(command, folder, bench.environment(bench.folder / "cache-editor"), bench.times(40), "")
    if rumdl := peers.executable("rumdl"):
        taken |= _type([rumdl, "server"], folder, {}, bench.times(40), "rumdl, ")
    return taken


def _type(
    command: list[str], folder: Path, environment: dict[str, str], keystrokes: int, name: str
) -> dict[str, Took]:
    text = (folder / "long.md").read_text(encoding="utf-8")
    uri = (folder / "long.md").as_uri()
    server = _Server(command, folder, environment)
    workspace = {"uri": folder.as_uri(), "name": "editor"}
    capabilities: dict[str, Any] = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
    server.ask("initialize", {"processId": None, "capabilities": capabilities, "rootUri": folder.as_uri(), "workspaceFolders": [workspace]})  # fmt: skip  # noqa: E501
    server.tell("initialized", {})
    opened = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
    server.tell("textDocument/didOpen", {"textDocument": opened})
    server.findings(0)
    ours = not name
    if ours:
        _settle(server, uri)
    at = text.index("](#", len(text) // 2) + len("](#")  # an anchor that is being typed
    times: dict[str, list[Took]] = {}
    for number in range(1, keystrokes + 1):
        fast = number % 2 == 1 or not ours
        time.sleep(0.1 if fast else 0.4)
        text = text[: at - 3] + "x" + text[at - 3 :]
        at += 1
        change = {"textDocument": {"uri": uri, "version": number}, "contentChanges": [{"text": text}]}
        with _noted(times, server, f"{name}findings" if fast else f"{name}findings, slow typing"):
            server.tell("textDocument/didChange", change)
            server.findings(number)
        line, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        for what, method in _ASKED.items() if fast else ():
            with _noted(times, server, f"{name}{what}"):
                server.ask(method, place)
    if ours:
        with _noted(times, server, "settled"):
            _settle(server, uri)
    server.end()
    return {what: median(each) for what, each in times.items()}


def _settle(server: _Server, uri: str) -> None:
    server.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})


@contextmanager
def _noted(times: dict[str, list[Took]], server: _Server, what: str) -> Iterator[None]:
    cpu, start = server.cpu(), time.perf_counter()
    yield
    took = Took(server.cpu() - cpu, time.perf_counter() - start, 0.0)
    times.setdefault(what, []).append(took)
    print(f"editor {what}: cpu {took.cpu:.3f} wall {took.wall:.3f} s", file=sys.stderr)
