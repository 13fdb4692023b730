"""The process that checks links for :mod:`benchmarks.links`: it prints what each case took, as JSON."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing.connection import Connection

from benchmarks.links import ADDRESSES, CASES, DELAY, WORKERS, Case
from benchmarks.measure import Took, median
from dlcards.links import Machine, Outcome, Settings, check

PAGE = b"<!doctype html><title>Page</title><h1 id=a>A</h1>" + b"<p>Some words of a paragraph.</p>" * 600


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


def main(rounds: int) -> None:
    """Measure all cases in turn and print them as JSON."""
    listen, tell = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(tell,), daemon=True)
    server.start()
    taken: dict[str, list[Took]] = {case.name: [] for case in CASES}
    try:
        port = int(listen.recv())
        for number in range(rounds):
            for case in CASES:
                wall, cpu = measured(case, port)
                taken[case.name].append(Took(cpu, wall, 0))
                print(f"links {number + 1}/{rounds} {case.name}: wall {wall:.3f} s", file=sys.stderr)
    finally:
        server.terminate()
    print(json.dumps({name: asdict(median(runs)) for name, runs in taken.items()}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
