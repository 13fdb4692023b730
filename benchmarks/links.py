"""How near the link checker comes to the ideal: ``python -m benchmarks.links``.

Prints a table in markdown. A server on loopback, in a process of its own, answers each request after
100 ms; 1,000 addresses on 250 names are asked by 32 workers. The ideal is what the server alone would
take, 32 answers at a time: requests / 32 × 100 ms. With one address a name, nobody has to wait for a
turn; "4 a name" shows what politeness costs (4 at a time and 100 ms between starts in each domain).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple

from dlcards.links import Machine, Outcome, Settings, check

ADDRESSES, WORKERS, DELAY = 1_000, 32, 0.1
PAGE = b"<!doctype html><title>Page</title><h1 id=a>A</h1>" + b"<p>Some words of a paragraph.</p>" * 600


class Case(NamedTuple):
    """A kind of run: its name, the path that is asked for, names, and requests for each address."""

    name: str
    path: str
    names: int
    requests: int = 1


CASES = (
    Case("plain text, 4 a name", "/plain", ADDRESSES // 4),
    Case("plain text, 1 a name", "/plain", ADDRESSES),
    Case("HTML of 20 kB, 4 a name", "/page", ADDRESSES // 4),
    Case("one redirect each, 4 a name", "/redirect", ADDRESSES // 4, 2),
)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        target = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
        await asyncio.sleep(DELAY)
        status, extra, kind, body = b"200 OK", b"", b"text/plain", b"fine"
        if target.startswith(b"/page"):
            kind, body = b"text/html", PAGE
        elif target.startswith(b"/redirect"):
            status, extra = b"302 Found", b"Location: /plain" + target + b"\r\n"
        head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
        writer.write(head % (status, kind, extra, len(body)) + body)
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass  # the checker closes as soon as it knows enough
    finally:
        writer.close()


def _serve(tell: Connection) -> None:
    async def run() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=512)
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def _loopback(host: str, port: int) -> Sequence[tuple[int, str]]:
    return [(socket.AF_INET, "127.0.0.1")]


def measured(case: Case, port: int) -> tuple[float, float]:
    """The seconds that one run takes, on the wall and on processors.

    Raises:
        RuntimeError: An address was not found to be fine, so that the figure would say nothing.
    """
    urls = [f"http://site{n % case.names}.example:{port}{case.path}/{n}" for n in range(ADDRESSES)]
    settings = Settings(workers=WORKERS, allow_nets=("127.0.0.0/8",))
    start, used = time.perf_counter(), time.process_time()
    verdicts = check(urls, settings, machine=Machine(_loopback))
    took = time.perf_counter() - start, time.process_time() - used
    wrong = [verdict for verdict in verdicts if verdict.outcome is not Outcome.OK]
    if wrong:
        raise RuntimeError(f"{len(wrong)} addresses are not ok, the first one: {wrong[0]}")
    return took


def main() -> None:
    """Measure all cases; the shortest of three runs counts."""
    listen, tell = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(tell,), daemon=True)
    server.start()
    try:
        port = int(listen.recv())
        print(
            "| 1,000 addresses, 100 ms, 32 workers | ideal | measured | ratio | processor, of one address |"
        )
        print("|---|---|---|---|---|")
        for case in CASES:
            ideal = ADDRESSES * case.requests / WORKERS * DELAY
            best, used = min(measured(case, port) for _ in range(3))
            each = f"{1000 * used / ADDRESSES:.1f} ms"
            print(f"| {case.name} | {ideal:.2f} s | {best:.2f} s | {best / ideal:.2f} | {each} |", flush=True)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
