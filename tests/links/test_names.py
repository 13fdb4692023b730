"""Names that are looked up once, fail three times, or hang."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from dlcards.links.deadlines import Guard
from dlcards.links.names import NameFault, Names
from tests.support import HANGS


def test_a_name_is_looked_up_once_for_all() -> None:
    asked = []

    def resolve(host: str, port: int) -> list[tuple[int, str]]:
        asked.append(host)
        return [(2, f"1.1.1.{len(asked)}")]

    known = Names(resolve)
    found = {known.addresses("a.example", port, Guard(5))[0] for port in (80, 443, 80)}
    assert found == {(2, "1.1.1.1")}
    assert asked == ["a.example"]


def test_a_name_that_fails_is_asked_for_three_times() -> None:
    asked = []

    def resolve(host: str, port: int) -> list[tuple[int, str]]:
        asked.append(host)
        raise socket.gaierror(
            socket.EAI_NONAME if "gone" in host else socket.EAI_AGAIN, "as the test wants it"
        )

    known = Names(resolve)
    for host, reason in {"gone.example": "host-not-found", "moody.example": "dns"}.items():
        asked.clear()
        for _ in range(5):
            with pytest.raises(NameFault) as fault:
                known.addresses(host, 80, Guard(5))
            assert fault.value.reason == reason
        assert asked == [host] * 3


def test_names_that_hang_or_have_no_address() -> None:
    awake = threading.Event()

    def resolve(host: str, port: int) -> list[tuple[int, str]]:
        if host == "slow.example":
            awake.wait(2 * HANGS)
        if host == "bug.example":
            raise RuntimeError("a bug")
        return []

    known, guard = Names(resolve), Guard(5)
    threading.Timer(0.2, guard.cut).start()
    began = time.monotonic()
    with pytest.raises(NameFault) as slow:
        known.addresses("slow.example", 80, guard)
    assert (slow.value.reason, time.monotonic() - began < HANGS) == ("dns", True)
    awake.set()
    with pytest.raises(NameFault) as nothing:
        known.addresses("empty.example", 80, Guard(5))
    assert nothing.value.reason == "host-not-found"
    with pytest.raises(RuntimeError):
        known.addresses("bug.example", 80, Guard(5))
    awake.set()
