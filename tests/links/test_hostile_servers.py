"""Servers that never end, and runs that have to: time, memory, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcards.links import Machine, Outcome, Settings, check
from tests.links.test_check import SHORT
from tests.support import HANGS
from tests.support.links.behaviours import HARD_TO_PARSE, HOSTILE
from tests.support.links.server import OUTSIDE, Server
from tests.support.links.world import NETS, World

pytestmark = pytest.mark.slow


@pytest.fixture
def world() -> Iterator[World]:
    with World() as made:
        yield made


def test_max_time(world: World) -> None:
    began = time.monotonic()
    urls = ["http://first.example/ok", *(f"http://site{n}.example/raw/hang" for n in range(30))]
    first, *others = world.check(*urls, real_time=True, max_time=0.6, workers=8, total=8.0)
    assert time.monotonic() - began < HANGS
    assert world.shown(first) == "ok"
    assert {verdict.outcome for verdict in others} == {Outcome.UNSURE}
    assert "budget" in {verdict.reason for verdict in others}


def test_cancelled(world: World) -> None:
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    began = time.monotonic()
    urls = ["http://first.example/status/403", *(f"http://site{n}.example/raw/hang" for n in range(30))]
    first, *others = world.check(*urls, real_time=True, cancelled=cancelled, workers=8, total=8.0)
    assert time.monotonic() - began < HANGS
    assert world.shown(first) == "unsure blocked"
    assert len(others) == 30
    assert {verdict.outcome for verdict in others} == {Outcome.UNSURE}


def test_a_name_server_that_hangs(world: World) -> None:
    awake = threading.Event()

    def asleep(host: str, port: int) -> list[tuple[int, str]]:
        if host == "asleep.example":
            awake.wait(2 * HANGS)
        return [(socket.AF_INET, OUTSIDE)]

    urls = [world.url("http://asleep.example/ok"), world.url("/ok")]
    began = time.monotonic()
    slow, quick = check(urls, Settings(allow_nets=NETS, **SHORT), machine=Machine(asleep))
    took = time.monotonic() - began
    awake.set()
    assert (slow.outcome, quick.outcome) == (Outcome.UNSURE, Outcome.OK)
    assert took < HANGS


def test_no_connection_is_left_open(world: World) -> None:
    names = (
        "hang",
        "hang-body",
        "hang-redirect",
        "drip-body",
        "drip-headers",
        "reset-body",
        "truncated",
        "endless-404",
    )
    urls = [
        "/ok",
        "/to/301?/ok",
        "/status/404",
        "/bomb/302",
        "/loop/0/3",
        *(f"/raw/{name}#a" for name in names),
    ]
    threads = threading.active_count() - world.outside.open
    world.check(
        *urls,
        "https://secure.example/ok",
        "https://expired.example/ok",
        "http://site.example:RESET/",
        **SHORT,
    )
    for _ in range(6000):
        if not world.outside.open + world.tls.open:
            break
        time.sleep(0.05)
    assert world.outside.open + world.tls.open == 0
    assert threading.active_count() <= threads


CHILD = '''
import json, socket, sys, threading, time
from dlcards.links import Settings, Machine, check
port, action = int(sys.argv[1]), sys.argv[2]
def resolve(host, port):
    return [(socket.AF_INET, "127.0.0.1")]
def settings(**more):
    return Settings(allow_nets=("127.0.0.0/8",), **more)
def memory():
    """Now and at most, in MiB. Not getrusage: its peak begins with that of the process that started this one."""
    lines = dict(line.split(":") for line in open("/proc/self/status"))
    return [int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")]
if action == "hang":
    print("ready", flush=True)
    urls = [f"http://site{n}.example:{port}/raw/hang" for n in range(20)]
    check(urls, settings(), machine=Machine(resolve))
else:
    warm = [f"http://warm.example:{port}/page/{name}" for name in ("anchors#none", "gone-ko", "euc-kr-meta#x")]
    check(warm, settings(), machine=Machine(resolve))
    idle, _ = memory()
    urls = [f"http://site{n}.example:{port}{path}" for n, path in enumerate(json.loads(action))]
    told = check(urls, settings(connect=1.0, read=1.0, total=3.0), machine=Machine(resolve))
    print(json.dumps({
        "idle": idle, "grown": memory()[1] - idle,
        "outcomes": [verdict.outcome.value for verdict in told], "threads": threading.active_count(),
    }))
'''


def child(server: Server, action: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(server.port), action]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name != "posix", reason="SIGINT is POSIX's")
def test_control_c_ends_at_once(world: World) -> None:
    process = child(world.outside, "hang")
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        for _ in range(6000):
            if world.outside.open:
                break
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=HANGS)
        assert "KeyboardInterrupt" in errors
    finally:
        process.kill()
        process.communicate()


# What takes memory or a processor; silence takes neither.
ENDLESS = [name for name in HOSTILE if name.startswith(("endless", "drip", "long", "many"))]
HEAVY = [
    *(f"/bomb/{code}{twice}" for code in (200, 301, 404, 500) for twice in ("", "/twice")),
    "/bomb/200#a",
    "/bomb/200/twice#a",
    *(f"/raw/{name}" for name in ENDLESS),
    *(f"/raw/{name}#a" for name in ("endless-body", "drip-body", *HARD_TO_PARSE)),
    "/endless-chain/0",
    "/cookie-loop",
]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of memory is read from Linux's /proc"
)
def test_hostile_servers_take_neither_memory_nor_time(world: World) -> None:
    """All of them at once, with the usual number of workers, in a process of its own."""
    process = child(world.outside, json.dumps(HEAVY))
    try:
        output, errors = process.communicate(timeout=HANGS)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    report = json.loads(output)
    print(report)
    assert report["grown"] < 60
    for path, outcome in zip(HEAVY, report["outcomes"], strict=True):
        allowed = (
            ("broken", "unsure") if "404" in path or "chain" in path or "loop" in path or "#" in path else ()
        )
        assert outcome in (*allowed, "ok", "moved", "unsure") or "long-location" in path, path
    assert report["threads"] == 1
    assert world.outside.sent < 200 << 20
