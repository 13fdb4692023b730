"""Whose turn it is: domains and groups, names, deadlines, certificates."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.links import Outcome, tls
from dlcards.links.domains import is_public_suffix, owner, registrable
from dlcards.links.groups import Groups
from dlcards.links.hosts import Hosts
from dlcards.links.judge import Judgement
from dlcards.links.names import NameFault, Names
from dlcards.links.watch import Guard

DOMAINS = [
    ("www.example.com", "example.com", "example.com"),
    ("a.b.example.co.kr", "example.co.kr", "example.co.kr"),
    ("me.tistory.com", "tistory.com", "tistory.com"),
    ("blog.naver.com", "naver.com", "naver.com"),
    ("me.github.io", "github.io", "me.github.io"),
    ("a.me.github.io", "github.io", "me.github.io"),
    ("github.io", "github.io", "github.io"),
    ("co.kr", "co.kr", "co.kr"),
    ("a.b.test", "b.test", "b.test"),
    ("localhost", "localhost", "localhost"),
    ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ("::1", "::1", "::1"),
    ("www.xn--bj0bj06e.xn--3e0b707e", "xn--bj0bj06e.xn--3e0b707e", "xn--bj0bj06e.xn--3e0b707e"),
]


@pytest.mark.parametrize(("host", "domain", "whose"), DOMAINS)
def test_registrable_domains(host: str, domain: str, whose: str) -> None:
    assert (registrable(host), owner(host)) == (domain, whose)


def test_nobody_owns_a_public_suffix() -> None:
    assert all(map(is_public_suffix, ("kr", "co.kr", ".co.kr", "github.io", "com", "localhost")))
    assert not any(map(is_public_suffix, ("a.co.kr", "me.github.io", "example.com", "a.test")))


class FakeTime:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def groups(per_group: int = 4, interval: float = 0.1) -> tuple[Groups[str], FakeTime]:
    fake = FakeTime()
    return Groups(per_group, interval, fake.clock, fake.sleep), fake


def taken(queue: Groups[str], fake: FakeTime, count: int, done: bool = True) -> list[tuple[str, float]]:
    found = []
    for _ in range(count):
        turn = queue.take()
        assert turn
        found.append((turn[1], round(fake.now, 3)))
        if done:
            queue.done(turn[0])
    return found


def test_starts_in_a_group_are_apart_and_groups_take_turns() -> None:
    queue, fake = groups()
    for name in ("a1", "a2", "a3", "b1"):
        queue.add(name[0], name, 0.0)
    assert taken(queue, fake, 4) == [("a1", 0.0), ("b1", 0.0), ("a2", 0.1), ("a3", 0.2)]


def test_only_so_many_of_a_group_at_one_time() -> None:
    queue, fake = groups(per_group=2, interval=0.0)
    for number in range(3):
        queue.add("a", str(number), 0.0)
    assert len(taken(queue, fake, 2, done=False)) == 2
    third: list[object] = []
    worker = threading.Thread(target=lambda: third.append(queue.take()))
    worker.start()
    worker.join(0.1)
    assert not third
    queue.done("a")
    worker.join(2)
    assert third == [("a", "2")]
    queue.close()
    assert queue.take() is None


def test_later_items_wait_and_items_on_their_way_go_first() -> None:
    queue, fake = groups(interval=0.0)
    queue.add("a", "later", 5.0)
    queue.add("a", "now", 0.0)
    queue.add("a", "on its way")
    queue.add("b", "other", 2.0)
    order = [("on its way", 0.0), ("now", 0.0), ("other", 2.0), ("later", 5.0)]
    assert taken(queue, fake, 4) == order


def test_a_pause_is_of_the_whole_group_and_slows_it_down_once() -> None:
    queue, fake = groups()
    for number in range(4):
        queue.add("a", str(number), 0.0)
    queue.add("b", "b", 0.0)
    assert taken(queue, fake, 1) == [("0", 0.0)]
    for _ in range(4):  # refusals of requests that were under way together
        queue.pause("a", 3.0)
    assert taken(queue, fake, 4) == [("b", 0.0), ("1", 3.0), ("2", 3.2), ("3", 3.4)]


def test_turns_that_are_not_used_cost_no_time() -> None:
    queue, fake = groups()
    for number in range(50):
        queue.add("a", str(number), 0.0)
    for _ in range(50):
        assert queue.take()
        queue.done("a", asked=False)
    assert fake.now == 0.0
    queue.add("a", "asked", 0.0)
    queue.add("a", "next", 0.0)
    assert taken(queue, fake, 2) == [("asked", 0.0), ("next", 0.1)]


def test_workers_wait_without_a_clock_of_their_own_and_close_ends_that() -> None:
    queue: Groups[str] = Groups(4, 0.0, time.monotonic)
    queue.add("a", "in an hour", 3600.0)
    workers = [threading.Thread(target=queue.take) for _ in range(4)]
    for worker in workers:
        worker.start()
    queue.close()
    for worker in workers:
        worker.join(2)
        assert not worker.is_alive()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 2), st.booleans()), max_size=40))
def test_every_item_is_taken_once_and_none_too_early(items: list[tuple[str, float, bool]]) -> None:
    queue, fake = groups(interval=0.1)
    for number, (group, after, _) in enumerate(items):
        queue.add(group, str(number), after)
    last: dict[str, float] = {}
    seen = []
    for _ in items:
        turn = queue.take()
        assert turn
        group, number = turn[0], int(turn[1])
        assert fake.now >= items[number][1] - 1e-6
        assert fake.now >= last.get(group, -1.0) + 0.1 - 1e-6
        last[group] = fake.now
        seen.append(number)
        queue.done(group)
        if items[number][2]:
            queue.pause(group, 0.5)
            last[group] = fake.now + 0.4
    assert sorted(seen) == list(range(len(items)))


def test_servers_that_are_left_alone() -> None:
    hosts = Hosts(30.0)
    refused = Judgement(Outcome.UNSURE, "rate-limited", 429)
    silent = Judgement(Outcome.UNSURE, "timeout")
    for _ in range(4):
        hosts.heard("a", refused)
        hosts.heard("b", refused)
        hosts.heard("c", silent)
        hosts.heard("d", silent)
    hosts.heard("b", None)
    hosts.heard("d", Judgement(Outcome.BROKEN, "not-found", 404))
    for name in "abcd":
        assert hosts.closed(name) is None
        hosts.heard(name, refused if name in "ab" else silent)
    closed = [hosts.closed(name) for name in "abcd"]
    assert [judgement and judgement.reason for judgement in closed] == ["rate-limited", None, "timeout", None]
    hosts.heard("e", replace(refused, retry_after=30.0))
    hosts.heard("f", replace(refused, retry_after=31.0))
    assert (hosts.closed("e"), bool(hosts.closed("f"))) == (None, True)


def test_faults_of_tls() -> None:
    for reason in ("WRONG_VERSION_NUMBER", "TLSV1_ALERT_PROTOCOL_VERSION", "TLSV1_UNRECOGNIZED_NAME"):
        assert tls.is_broken(ssl.SSLError(1, f"[SSL: {reason}] in words (_ssl.c:1000)"))
    for reason in (
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_INTERNAL_ERROR",
        "UNEXPECTED_EOF_WHILE_READING",
    ):
        assert not tls.is_broken(ssl.SSLError(1, f"[SSL: {reason}] in words (_ssl.c:1000)"))
    certificate = ssl.SSLCertVerificationError("no")
    for code, lacks in {10: False, 18: False, 19: False, 20: True, 21: True, 62: False}.items():
        certificate.verify_code = code
        assert tls.is_broken(certificate)
        assert tls.lacks_issuer(certificate) == lacks
    assert not tls.lacks_issuer(ssl.SSLError(1, "x"))
    assert tls.names_its_issuer(b"0\x0c\x06\x08+\x06\x01\x05\x05\x070\x02\x86\x00")
    assert not tls.names_its_issuer(b"0\x0c\x06\x08+\x06\x01\x05\x05\x070\x01\x86\x00")
    assert not tls.names_its_issuer(None)


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
            awake.wait(5)
        if host == "bug.example":
            raise RuntimeError("a bug")
        return []

    known, guard = Names(resolve), Guard(5)
    threading.Timer(0.2, guard.cut).start()
    began = time.monotonic()
    with pytest.raises(NameFault) as slow:
        known.addresses("slow.example", 80, guard)
    assert (slow.value.reason, time.monotonic() - began < 8) == ("dns", True)
    with pytest.raises(NameFault) as nothing:
        known.addresses("empty.example", 80, Guard(5))
    assert nothing.value.reason == "host-not-found"
    with pytest.raises(RuntimeError):
        known.addresses("bug.example", 80, Guard(5))
    awake.set()
