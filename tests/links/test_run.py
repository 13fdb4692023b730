"""In which order and how politely the link checker asks, and what it says of all."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.links import Machine, Outcome, Settings, Verdict, check
from dlcards.links.urls import InvalidAddress, OtherScheme, parse
from tests.support import HANGS
from tests.support.links.server import OUTSIDE
from tests.support.links.world import NETS, Clock, World

pytestmark = pytest.mark.slow


@pytest.fixture
def world() -> Iterator[World]:
    with World() as made:
        yield made


# -- order, number, progress ----------------------------------------------------------------------


def test_a_verdict_for_each_address_in_order(world: World) -> None:
    paths = [
        "/ok",
        "/status/404",
        "/raw/empty",
        "/to/301?/ok",
        "mailto:a@b",
        "http://gone.example/",
        "http://[",
        "",
    ]
    urls = [world.url(path) for path in paths * 5]
    told: list[Verdict] = []
    verdicts = world.run(urls, progress=told.append)
    assert [verdict.url for verdict in verdicts] == urls
    assert verdicts[: len(paths)] * 5 == verdicts
    assert {verdict.url for verdict in told} == set(urls)
    assert world.run([]) == []


@settings(max_examples=40)
@given(st.lists(st.text(max_size=30) | st.text(max_size=30).map("http://".__add__), max_size=30))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    def nowhere(host: str, port: int) -> list[tuple[int, str]]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    clock = Clock()
    verdicts = check(texts, Settings(interval=0.0), machine=Machine(nowhere, clock.now, clock.sleep))
    assert [verdict.url for verdict in verdicts] == texts
    assert not any(verdict.outcome in (Outcome.OK, Outcome.MOVED) for verdict in verdicts)


_PIECES = st.sampled_from(
    [
        "http://",
        "//",
        "/",
        "\\",
        "?",
        "#",
        "@",
        ":",
        "[",
        "]",
        ".",
        "..",
        "%2e",
        "%00",
        "0x7f",
        "1",
        "한",
        "①",
        "。",
    ]
)


@given(st.lists(_PIECES | st.characters(), max_size=8).map("".join))
def test_an_address_reads_the_same_once_it_is_read(text: str) -> None:
    """Who checks an address and who connects to it, however often it is read, mean the same one."""
    try:
        address = parse(f"http://{text}")
    except (InvalidAddress, OtherScheme):
        return
    again = parse(address.full_url)
    assert (again.url, again.fragment, again.userinfo) == (address.url, address.fragment, "")
    assert address.url.isascii()
    assert not set(address.host) & set("/\\@?#[] \t\r\n")


def test_offline_calls_nothing_broken(world: World) -> None:
    for code in (socket.EAI_NONAME, socket.EAI_AGAIN):
        hosts = [f"host{n}.example" for n in range(5)]
        world.names.elsewhere |= dict.fromkeys(hosts, code)
        verdicts = world.check(*(f"http://{host}/" for host in hosts))
        assert {world.shown(verdict) for verdict in verdicts} <= {"unsure offline", "unsure dns"}
        assert len({verdict.reason for verdict in verdicts}) == 1


def test_hosts_are_gone_only_if_another_one_is_not(world: World) -> None:
    [alone] = world.check("http://gone.example/")
    assert alone.outcome is Outcome.UNSURE
    gone, gone_too, there = world.check(
        "http://gone.example/", "http://gone2.example/", "http://there.example/ok"
    )
    assert [world.shown(v) for v in (gone, gone_too, there)] == ["broken host-not-found"] * 2 + ["ok"]
    # A number needs no DNS, so it is no sign that DNS works.
    gone, there = world.check("http://gone.example/", "http://127.0.0.1/ok")
    assert gone.outcome is Outcome.UNSURE
    assert there.outcome is Outcome.OK


def test_dns_that_fails_once(world: World) -> None:
    def moody(host: str, port: int) -> list[tuple[int, str]]:
        world.names.asked.append(host)
        if len(world.names.asked) == 1:
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return [(socket.AF_INET, OUTSIDE)]

    made = Settings(allow_nets=NETS)
    [verdict] = check([world.url("/ok")], made, machine=Machine(moody, world.clock.now, world.clock.sleep))
    assert verdict.outcome is Outcome.OK


# -- politeness -----------------------------------------------------------------------------------


def test_a_server_with_a_limit_is_never_called_broken(world: World) -> None:
    """Eight requests a second are allowed, and the defaults ask for ten."""
    urls = [f"/limited?{n}" for n in range(12)] + [f"http://www.site.example/limited?{n}" for n in range(12)]
    verdicts = world.check(*urls, real_time=True, interval=0.1)
    assert {verdict.outcome for verdict in verdicts} <= {Outcome.OK, Outcome.UNSURE}
    assert sum(verdict.outcome is Outcome.OK for verdict in verdicts) >= 20
    assert world.outside.targets["429"] <= 6


def test_a_limit_with_retry_after_is_kept(world: World) -> None:
    verdicts = world.check(*(f"/limited/{n}?after" for n in range(24)), real_time=True, interval=0.1)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.OK}
    assert world.outside.targets["429"] <= 6


def test_retry_after_pauses_the_whole_domain(world: World) -> None:
    urls = [
        "http://a.site.example/once/429?Retry-After: 1",
        *(f"http://b.site.example/ok?{n}" for n in range(3)),
    ]
    verdicts = world.check(*urls, "http://other.example/ok", real_time=True, per_group=1)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.OK}
    first = world.outside.asked("/once")[0].at
    later = [seen.at - first for seen in world.outside.seen if seen.host.endswith("site.example")][1:]
    assert all(after >= 0.95 for after in later if after > 0)
    other = next(seen for seen in world.outside.seen if seen.host == "other.example").at - first
    assert other < max(later), "other domains do not wait"


def test_a_long_retry_after_is_not_waited_for(world: World) -> None:
    began = time.monotonic()
    [verdict] = world.check("/once/429?Retry-After: 86400", real_time=True)
    assert world.shown(verdict) == "unsure rate-limited"
    assert time.monotonic() - began < HANGS
    assert len(world.outside.seen) == 1


@pytest.mark.parametrize("domain", ["site.example", "site.co.kr", "tistory.com", "github.io"])
def test_no_more_than_four_at_a_time_in_a_domain(world: World, domain: str) -> None:
    world.check(*(f"http://blog{n}.{domain}/slow/60" for n in range(9)), real_time=True)
    assert 2 <= world.outside.peak <= 4


def test_other_domains_are_asked_at_the_same_time(world: World) -> None:
    world.check(*(f"http://site{n}.co.kr/slow/300" for n in range(16)), real_time=True)
    assert world.outside.peak > 8


def test_requests_to_a_domain_are_a_tenth_of_a_second_apart(world: World) -> None:
    began = time.monotonic()
    world.check(*(f"/ok?{n}" for n in range(5)), real_time=True, interval=0.1)
    # The whole, since a busy machine may bunch two when they arrive.
    assert time.monotonic() - began >= 0.4
