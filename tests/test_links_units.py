"""The parts of the link checker that need no network: addresses, policy, judgement, cache, turns."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import ssl
import stat
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import HTTPResponse

from dlcards.links import Cache, Outcome, Settings, default_path, masked, shown, tls
from dlcards.links.body import read_body
from dlcards.links.challenges import is_challenge
from dlcards.links.chase import Chase
from dlcards.links.cookies import Jar
from dlcards.links.domains import is_public_suffix, owner, registrable
from dlcards.links.fragments import Found, find, names
from dlcards.links.groups import Groups
from dlcards.links.hosts import Hosts
from dlcards.links.judge import Answer, Judgement, Trail, Wanted, judge, retry_after
from dlcards.links.names import NameFault, Names
from dlcards.links.page import Page, decoded, refresh_target, scan
from dlcards.links.policy import Policy
from dlcards.links.soft404 import suspect
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, header_text, join, parse
from dlcards.links.watch import Guard

# -- addresses ------------------------------------------------------------------------------------

PARSED = [
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.com:80/A", "http://example.com/A"),
    ("https://example.com:443/", "https://example.com/"),
    ("https://example.com:8443", "https://example.com:8443/"),
    ("//example.com/a", "https://example.com/a"),
    ("  https://example.com/a\n", "https://example.com/a"),
    ("https://exa\tmple.com/a\nb", "https://example.com/ab"),
    ("https://example.com./a", "https://example.com/a"),
    ("https:\\\\example.com\\a?b\\c", "https://example.com/a?b\\c"),
    ("https://example.com?q", "https://example.com/?q"),
    ("https://example.com/?", "https://example.com/?"),
    ("https://user:pw@example.com/a", "https://example.com/a"),
    ("https://a@b@example.com/", "https://example.com/"),
    ("https://example.com/a@b:c", "https://example.com/a@b:c"),
    # Bytes as they are, and only what can't be sent is encoded.
    ("https://example.com/%c7%D1%2F%2525%7E%zz%", "https://example.com/%c7%D1%2F%2525%7E%zz%"),
    ("https://example.com/한 글?q=한\"'", "https://example.com/%ED%95%9C%20%EA%B8%80?q=%ED%95%9C%22%27"),
    ("https://example.com/<a>`{b}^|[c]'", "https://example.com/%3Ca%3E%60%7Bb%7D%5E|[c]'"),
    ("https://example.com/a?{b}|^`", "https://example.com/a?{b}|^`"),
    # Dots, as browsers fold them.
    ("https://example.com/a/./b/../c/%2e%2E/d/..", "https://example.com/a/"),
    ("https://example.com/../../a//b/", "https://example.com/a//b/"),
    ("https://example.com/a...b/..c", "https://example.com/a...b/..c"),
    # Hosts.
    ("https://한글.example/", "https://xn--bj0bj06e.example/"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://example。com/", "https://example.com/"),
    ("https://i❤.example/", "https://xn--i-7iq.example/"),
    ("https://ex%61mple.com/", "https://example.com/"),
    ("https://my_host.example/", "https://my_host.example/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://0x7F.0.0.1/", "http://127.0.0.1/"),
    ("http://0177.0.0.01/", "http://127.0.0.1/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0/", "http://0.0.0.0/"),
    ("http://0x/", "http://0.0.0.0/"),
    ("http://１２７。０.0.1/", "http://127.0.0.1/"),
    ("http://[::ffff:127.0.0.1]:80/", "http://[::ffff:7f00:1]/"),
    ("http://[0:0::1]:8080/", "http://[::1]:8080/"),
]
INVALID = [
    "http:",
    "http://",
    "http:///a",
    "http:/example.com",
    "http:example.com",
    "http://:80/",
    "http://user@/",
    "http://[::1/",
    "http://[::1]a/",
    "http://[fe80::1%25eth0]/",
    "http://[1.2.3.4]/",
    "http://a b/",
    "http://a..b/",
    "http://.a/",
    "http://a<b/",
    'http://a"b/',
    "http://a%00b/",
    "http://%ff/",
    "http://a%2fb/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:999999999999/",
    "http://example.com:http/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://1.2.3.08/",
    "http://4294967296/",
    "http://0x100000000/",
    f"http://{'9' * 5000}/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 127}example/",
]


@pytest.mark.parametrize(("text", "url"), PARSED)
def test_addresses_are_read_as_browsers_do(text: str, url: str) -> None:
    address = parse(text)
    assert address.url == url
    assert parse(address.url) == replace(address, fragment="", userinfo="")


@pytest.mark.parametrize("text", INVALID)
def test_addresses_that_can_not_be(text: str) -> None:
    with pytest.raises(InvalidAddress):
        parse(text)


@pytest.mark.parametrize(
    "text", ["", "a/b", "../a", "#a", "?a", "mailto:a@b", "file:///a", "data:,", "1http://a/"]
)
def test_other_schemes(text: str) -> None:
    with pytest.raises(OtherScheme):
        parse(text)


def test_the_parts_of_an_address() -> None:
    address = parse("https://me:pw@Example.com:444/a/b?c=d#e%20f")
    assert address == Address("https", "example.com", 444, "/a/b?c=d", "e%20f", "me:pw")
    assert (address.authority, address.path) == ("example.com:444", "/a/b")
    assert address.full_url == "https://example.com:444/a/b?c=d#e%20f"
    assert [parse(f"http://{host}/").is_ip for host in ("127.1", "[::1]", "1.a", "a")] == [
        True,
        True,
        False,
        False,
    ]


@given(st.text(), st.text())
def test_no_text_is_too_strange_to_read(text: str, location: str) -> None:
    base = parse("http://example.com/a/b?c#d")
    readers: list[Callable[[], Address]] = [
        lambda: parse(text),
        lambda: parse(f"http://{text}"),
        lambda: join(base, location),
    ]
    for read in readers:
        try:
            address = read()
        except (InvalidAddress, OtherScheme):
            continue
        assert address.url.isascii()
        assert not set(address.url) & set(' \r\n\t"<>')


JOINED = [
    ("c", "http://example.com/a/c"),
    ("/c?d", "http://example.com/c?d"),
    ("?d", "http://example.com/a/b?d"),
    ("../c", "http://example.com/c"),
    ("./", "http://example.com/a/"),
    ("//other.example/c", "http://other.example/c"),
    ("\\\\other.example\\c", "http://other.example/c"),
    ("https://other.example", "https://other.example/"),
    ("#e", "http://example.com/a/b?c"),
    (" /c\r\n", "http://example.com/c"),
    ("c:d", OtherScheme),
    ("./c:d", "http://example.com/a/c:d"),
    ("javascript:alert(1)", OtherScheme),
    ("FILE:///etc/passwd", OtherScheme),
    ("http://", InvalidAddress),
    ("//", InvalidAddress),
    ("http://[", InvalidAddress),
]


@pytest.mark.parametrize(("location", "expected"), JOINED)
def test_locations(location: str, expected: str | type[Exception]) -> None:
    base = parse("http://me:pw@example.com/a/b?c#d")
    if isinstance(expected, str):
        found = join(base, location)
        assert (found.url, found.userinfo) == (expected, "")
        assert found.fragment == ("e" if location == "#e" else "")
    else:
        with pytest.raises(expected):
            join(base, location)


def test_the_bytes_of_a_header() -> None:
    assert header_text("/한".encode().decode("latin-1")) == "/한"
    assert header_text("/한a".encode("cp949").decode("latin-1")) == "/%C7%D1a"


# -- policy ---------------------------------------------------------------------------------------

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "2a00::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "2001:200::5efe:808:808",
]
INWARD = [
    "0.0.0.0",
    "0.1.2.3",
    "10.255.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:1ff:ffff::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2001:200::5efe:10.0.0.1",
    "2001:200::200:5efe:127.0.0.1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "127.1",
    "0x7f.0.0.1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert Policy().allows(address)


@pytest.mark.parametrize("address", INWARD)
def test_addresses_inside(address: str) -> None:
    assert not Policy().allows(address)


def test_networks_that_are_allowed() -> None:
    policy = Policy(["127.0.0.0/8", "fd00::/8", "10.1.2.3"])
    allowed = ("127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd12::1", "10.1.2.3", "8.8.8.8")
    assert all(map(policy.allows, allowed))
    assert not any(map(policy.allows, ("10.1.2.4", "::1", "fe80::1", "192.168.0.1")))
    with pytest.raises(ValueError, match="nonsense"):
        Policy(["nonsense"])


@pytest.mark.parametrize(
    "settings",
    [
        Settings(allow_nets=("10.0.0.0/33",)),
        Settings(headers={"*": {"a b": "c"}}),
        Settings(headers={"*": {"A": "b\r\nC: d"}}),
    ],
)
def test_settings_that_can_not_be(settings: Settings) -> None:
    with pytest.raises(ValueError, match=r"."):
        settings.check()


# -- domains and turns ----------------------------------------------------------------------------

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


# -- judgement ------------------------------------------------------------------------------------

START = parse("http://example.com/a/b")
HTML = Page(title="A", text="words " * 300, length=1800)


def judged(
    status: int, page: Page | None = None, trail: Trail | None = None, **headers: str
) -> Judgement | Trail:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(Answer(status, named, page), trail or Trail(START, START), frozenset(), 0.0)


STATUSES = {
    "ok": (200, 201, 202, 203, 204, 206, 226, 300),
    "not-found": (404, 410),
    "client-error": (
        400,
        402,
        405,
        406,
        409,
        411,
        412,
        413,
        414,
        415,
        416,
        417,
        418,
        421,
        422,
        423,
        424,
        428,
        431,
    ),
    "blocked": (401, 403, 407, 451, 999),
    "rate-limited": (429,),
    "timeout": (408,),
    "unavailable": (425, 503),
    "server-error": (304, 500, 501, 502, 504, 505, 507, 508, 509, 511, 520, 522, 526, 530, 600, 700),
    "no-location": (301, 302, 303, 307, 308),
}


@pytest.mark.parametrize(
    ("reason", "status"), [(why, code) for why, codes in STATUSES.items() for code in codes]
)
def test_statuses(reason: str, status: int) -> None:
    found = judged(status)
    assert isinstance(found, Judgement)
    assert (found.reason or found.outcome.value, found.status) == (reason, status)
    broken = reason in ("not-found", "client-error", "no-location")
    assert (found.outcome is Outcome.BROKEN) == broken
    assert found.detail or found.outcome is Outcome.OK


@hypothesis.settings(deadline=None)
@given(st.integers(100, 999))
def test_what_is_no_4xx_and_no_redirect_is_never_broken(status: int) -> None:
    found = judged(status)
    if not 300 <= status < 500:
        assert isinstance(found, Judgement)
        assert found.outcome is not Outcome.BROKEN


def way(*hops: int, to: str, start: str = "http://example.com/a/b", fragment: str = "") -> Trail:
    return Trail(parse(start), parse(to), hops, fragment)


MOVED = "http://example.com/new"
ENDS = [
    (way(301, to=MOVED), "moved"),
    (way(308, to=MOVED), "moved"),
    (way(301, 308, 301, to="https://www.example.com/new"), "moved"),
    (way(302, to=MOVED), "ok"),
    (way(301, 302, to=MOVED), "ok"),
    (way(307, 308, to=MOVED), "ok"),
    (way(0, to=MOVED), "ok"),
    (way(301, to="http://example.com/a/b"), "ok"),
    (way(301, to="http://example.com/"), "ok to-root"),
    (way(302, to="http://example.com/?a"), "ok"),
    (way(301, to="http://example.com/ko/"), "ok to-root"),
    (way(301, to="http://example.com/index.html"), "ok to-root"),
    (way(301, to="https://example.com/", start="http://example.com/"), "ok"),
    (way(301, to="http://example.com/en/", start="http://example.com/"), "moved"),
    (way(301, to="http://example.com/a/b", start="https://example.com/a/b"), "ok"),
    (way(301, to="http://example.com/login?next=/a/b"), "ok"),
    (way(301, to="http://example.com/login/", start="http://example.com/login"), "moved"),
    (way(301, to="http://other.example/new"), "ok other-domain"),
    (way(302, to="http://other.example/new"), "ok other-domain"),
    (way(301, to="http://b.github.io/x", start="http://a.github.io/x"), "ok other-domain"),
    (way(301, to="http://b.co.kr/x", start="http://a.co.kr/x"), "ok other-domain"),
    (way(302, to="http://publisher.example/x", start="https://doi.org/10.1/x"), "ok"),
    (way(301, to="https://www.youtube.com/watch?v=x", start="https://youtu.be/x"), "ok"),
]


@pytest.mark.parametrize(("trail", "expected"), ENDS)
def test_ends_of_ways(trail: Trail, expected: str) -> None:
    found = judged(200, HTML, trail)
    assert isinstance(found, Judgement)
    assert f"{found.outcome.value} {found.suspect}".strip() == expected
    assert found.final == (trail.at.url if expected == "moved" else "")


def test_a_suspect_page_never_says_where_to_move() -> None:
    gone = scan("<title>Page not found</title>")
    found = judged(200, gone, way(301, to=MOVED))
    assert isinstance(found, Judgement)
    assert (found.outcome, found.suspect, found.final) == (Outcome.OK, "soft-404", "")


def test_redirects() -> None:
    found = judged(301, location="../c#d")
    assert found == Trail(START, parse("http://example.com/c#d"), (301,), "d")
    found = judged(302, trail=way(301, to="http://example.com/c", fragment="d"), location="/e")
    assert isinstance(found, Trail)
    assert (found.hops, found.fragment, found.at.url) == ((301, 302), "d", "http://example.com/e")
    for location, reason in {"": "no-location", "file:///a": "bad-scheme", "http://[": "invalid-url"}.items():
        broken = judged(301, location=location)
        assert isinstance(broken, Judgement)
        assert (broken.outcome, broken.reason, broken.status) == (Outcome.BROKEN, reason, 301)


def test_pages_that_lead_on() -> None:
    on = judged(200, replace(HTML, refresh="/c"))
    assert isinstance(on, Trail)
    assert (on.at.url, on.hops) == ("http://example.com/c", (0,))
    based = judged(200, replace(HTML, refresh="c", base="http://other.example/d/"))
    assert isinstance(based, Trail)
    assert based.at.url == "http://other.example/d/c"
    header = judged(200, HTML, refresh="0; url=/c")
    assert isinstance(header, Trail)
    for refresh in ("", "/a/b", "#x", "javascript:void(0)", "http://["):
        assert isinstance(judged(200, replace(HTML, refresh=refresh)), Judgement)
    # Nobody follows a page that is not there.
    assert isinstance(judged(404, replace(HTML, refresh="/c")), Judgement)


REFRESHES = {
    "0;url=/a": "/a",
    "0; URL='/a b'": "/a b",
    '5;url="/a"': "/a",
    "0.5, /a": "/a",
    "0 url = /a": "/a",
    ";url=/a": "/a",
    "6;url=/a": "",
    "300": "",
    "0": "",
    "": "",
    "0;url=": "",
    "now;url=/a": "",
    "9" * 30 + ";url=/a": "",
}


@pytest.mark.parametrize(("content", "target"), REFRESHES.items())
def test_refreshes(content: str, target: str) -> None:
    assert refresh_target(content) == target


def test_fragments_in_verdicts() -> None:
    found = judge(
        Answer(200, {}, scan("<h1 id=a>A</h1>" + "words " * 200, [names("a"), names("b")])),
        Trail(START, START),
        frozenset("ab"),
        0.0,
    )
    assert isinstance(found, Judgement)
    assert found.verdict("u#a", "a").outcome is Outcome.OK
    assert found.verdict("u", "").outcome is Outcome.OK
    missing = found.verdict("u#b", "b")
    assert (missing.outcome, missing.reason, missing.url) == (Outcome.BROKEN, "fragment", "u#b")
    moved = replace(found, outcome=Outcome.MOVED, final="http://example.com/c")
    assert moved.verdict("u#a", "a").final_url == "http://example.com/c#a"
    assert replace(moved, fragment="z").verdict("u#a", "a").final_url == "http://example.com/c#z"
    # What looks like an error page is a hint, whatever it lacks.
    assert replace(found, suspect="soft-404").verdict("u#b", "b").outcome is Outcome.OK


RETRY_AFTER: list[tuple[dict[str, str], float | None]] = [
    ({}, None),
    ({"retry-after": "5"}, 5),
    ({"retry-after": " 0 "}, 0),
    ({"retry-after": "1.5"}, 1.5),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "soon"}, None),
    ({"retry-after": ""}, None),
    ({"retry-after": "9" * 10_000}, 999_999_999_999_999),
    ({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60),
    ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT", "date": "Fri, 02 Jan 1970 00:00:00 GMT"}, 0),
    (
        {"retry-after": "Wed, 01 Jan 2020 00:00:09 GMT", "date": "Wed, 01 Jan 2020 00:00:00 GMT"},
        9,
    ),
    ({"retry-after": "Thu, 99 Jan 9999999 00:00:00 GMT"}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), RETRY_AFTER)
def test_retry_after(headers: Mapping[str, str], seconds: float | None) -> None:
    assert retry_after(headers, 0.0) == seconds


# -- tries ----------------------------------------------------------------------------------------

NOT_FOUND = Judgement(Outcome.BROKEN, "not-found", 404)
ERROR = Judgement(Outcome.UNSURE, "server-error", 500)
LATE = Judgement(Outcome.UNSURE, "timeout")


def chase(doubt: str = "") -> Chase:
    return Chase(Wanted(START, frozenset(), doubt))


def test_what_is_broken_is_asked_for_twice() -> None:
    settings = Settings()
    for reason in ("not-found", "client-error", "tls", "host-not-found"):
        one, judgement = chase(), Judgement(Outcome.BROKEN, reason)
        assert one.again(judgement, settings) == 1.0
        assert one.again(judgement, settings) is None
    # In a row: something else between, and it counts anew.
    one = chase()
    assert one.again(NOT_FOUND, settings) == 1.0
    assert one.again(ERROR, settings)
    assert one.again(NOT_FOUND, settings) == 1.0
    assert one.again(Judgement(Outcome.BROKEN, "tls"), settings) == 1.0
    assert one.again(Judgement(Outcome.BROKEN, "tls"), settings) is None
    assert chase("not-found").again(NOT_FOUND, settings) is None
    assert chase().again(replace(NOT_FOUND, status=410), settings) is None
    for reason in ("redirect-loop", "too-many-redirects", "no-location", "bad-scheme", "invalid-url"):
        assert chase().again(Judgement(Outcome.BROKEN, reason), settings) is None


def test_tries_after_faults() -> None:
    settings = Settings()
    one = chase()
    waits = [one.again(ERROR, settings) for _ in range(3)]
    assert waits[2] is None
    assert waits[0]
    assert waits[1]
    assert 0.8 < waits[0] < 1.2
    assert 1.6 < waits[1] < 2.4
    other = chase()
    assert other.again(LATE, settings)
    assert other.again(LATE, settings) is None
    spent = chase()
    spent.spent = settings.total
    assert spent.again(ERROR, settings) is None
    for done in (
        Judgement(Outcome.UNSURE, "blocked", 403),
        Judgement(Outcome.OK),
        Judgement(Outcome.SKIPPED, "non-public"),
    ):
        assert chase().again(done, settings) is None


def test_waits_that_servers_ask_for() -> None:
    settings = Settings()
    limited = Judgement(Outcome.UNSURE, "rate-limited", 429)
    assert chase().again(replace(limited, retry_after=30.0), settings) == 30.0
    assert chase().again(replace(limited, retry_after=30.5), settings) is None
    assert chase().again(replace(limited, retry_after=0.0), settings)


def test_back_offs_differ_and_repeat() -> None:
    settings = Settings()
    waits = [
        Chase(Wanted(parse(f"http://example.com/{n}"), frozenset())).again(ERROR, settings) for n in range(50)
    ]
    again = [
        Chase(Wanted(parse(f"http://example.com/{n}"), frozenset())).again(ERROR, settings) for n in range(50)
    ]
    assert waits == again
    assert len(set(waits)) > 5
    assert all(wait and 0.8 < wait < 1.2 for wait in waits)


def test_circles_and_long_ways() -> None:
    settings = Settings(max_redirects=3)
    one = chase()
    assert one.follow(way(302, to="http://example.com/c"), settings) is None
    circle = one.follow(way(302, 302, to="http://example.com/a/b"), settings)
    assert circle
    assert (circle.outcome, circle.reason, circle.status) == (Outcome.BROKEN, "redirect-loop", 302)
    one = chase()
    for number in range(1, 4):
        assert one.follow(way(*[301] * number, to=f"http://example.com/{number}"), settings) is None
    long = one.follow(way(*[301] * 4, to="http://example.com/4"), settings)
    assert long
    assert (long.outcome, long.reason) == (Outcome.BROKEN, "too-many-redirects")
    # A page that reloads itself under ever new addresses is there, all the time.
    leading = chase().follow(way(0, 0, 0, 0, to="http://example.com/4"), settings)
    assert leading
    assert leading.outcome is Outcome.OK


def response(*cookies: str) -> HTTPResponse:
    class Original:
        def __init__(self) -> None:
            from email.message import Message

            self.msg = Message()
            for cookie in cookies:
                self.msg["Set-Cookie"] = cookie

    headers = [("Set-Cookie", cookie) for cookie in cookies]
    return HTTPResponse(body=b"", headers=headers, original_response=Original())  # type: ignore[arg-type]


COOKIES = [
    ("http://a.example.com/x", "a=1", "http://a.example.com/y", "a=1"),
    ("http://a.example.com/x", "a=1", "http://b.example.com/y", ""),
    ("http://a.example.com/x", "a=1; Domain=example.com", "http://b.example.com/y", "a=1"),
    ("http://a.example.com/x", "a=1; Domain=example.com", "http://example.org/y", ""),
    ("http://a.example.com/x", "a=1; Domain=other.example", "http://other.example/", ""),
    ("http://a.co.kr/x", "a=1; Domain=co.kr", "http://b.co.kr/y", ""),
    ("http://a.github.io/x", "a=1; Domain=.github.io", "http://b.github.io/y", ""),
    ("https://a.example.com/x", "a=1; Secure", "http://a.example.com/y", ""),
    ("http://a.example.com/x", "a=1; Path=/x", "http://a.example.com/y", ""),
    ("http://a.example.com/x", "a=" + "1" * 40_000, "http://a.example.com/x", ""),
]


@pytest.mark.parametrize(("setter", "cookie", "asked", "sent"), COOKIES)
def test_cookies(setter: str, cookie: str, asked: str, sent: str) -> None:
    jar = Jar()
    jar.take(parse(setter), response(cookie))
    assert jar.header(parse(asked)) == sent


# -- pages ----------------------------------------------------------------------------------------

CHARSETS: list[tuple[bytes, str, str]] = [
    ("한".encode(), "text/html", "한"),
    ("한".encode(), "text/html; charset=UTF-8", "한"),
    ("한".encode("cp949"), "text/html; charset=EUC-KR", "한"),
    ("똠".encode("cp949"), 'text/html; charset="euc-kr"', "똠"),
    (b'<meta charset="ks_c_5601-1987">' + "똠".encode("cp949"), "", '<meta charset="ks_c_5601-1987">똠'),
    (b"\xef\xbb\xbf" + "한".encode(), "text/html; charset=euc-kr", "한"),
    ("한".encode("utf-16"), "text/html", "한"),
    (b"\x80", "text/html; charset=iso-8859-1", "€"),
    ("한".encode(), "text/html; charset=klingon", "한"),
    ("한".encode(), "text/html; charset=punycode", "한"),
    ("한".encode(), "text/html; charset=base64", "한"),
    (b"a\xff", "text/html", "a\ufffd"),
    (b"", "", ""),
]


@pytest.mark.parametrize(("data", "kind", "text"), CHARSETS)
def test_charsets(data: bytes, kind: str, text: str) -> None:
    assert decoded(data, kind) == text


def anchors(html: str, *wanted: str) -> set[str]:
    return set(scan(html, [frozenset([name]) for name in wanted]).found)


def test_anchors() -> None:
    html = """<!doctype html><title>T &amp; t</title><!-- <p id=comment> --><script>"<p id=script>"</script>
    <H1 ID='One'>Head<b>ing</b></H1><a name=two>x</a><p name=three><p id = "a&amp;b"><p data-x="<p id=quoted>">
    <p class=a id=four/><p id="five" id="six"><textarea><p id=area></textarea><p id=last"""
    wanted = [
        "comment",
        "script",
        "One",
        "one",
        "two",
        "three",
        "a&b",
        "quoted",
        "four/",
        "five",
        "six",
        "area",
        "last",
    ]
    assert anchors(html, *wanted) == {"One", "two", "a&b", "four/", "five"}
    page = scan(html)
    assert (page.title, page.headings, page.scripted) == ("T & t", "Head ing", True)


def test_both_ways_of_reading_say_the_same() -> None:
    html = (
        "<title>가</title><script src=a.js></script><style>p{}</style><h1>나 <i>다</i></h1><p>라<br>마</p>"
        "<noscript>바 <b>사</b></noscript><iframe src=b.html></iframe><!-- 아 --><p>1 < 2 > 0</p>"
        "<script>alert('자')</script>"
    )
    assert replace(scan(html), length=0) == replace(scan(html, [frozenset("x")]), length=0)
    assert scan(html).text == "나 다 라 마 1 < 2 > 0"
    assert (scan(html).alerts, scan(html).noscript, scan(html).sources) == ("자", "바 사", ("a.js", "b.html"))


def test_refresh_is_only_found_where_a_browser_finds_it() -> None:
    meta = '<meta http-equiv="Refresh" content="0; url=/a&amp;b">'
    assert scan(f"<p>{meta}").refresh == "/a&b"
    for html in (
        f"<!--{meta}-->",
        f"<noscript>{meta}</noscript>",
        f"<textarea>{meta}</textarea>",
        f"<p title='{meta}'>",
    ):
        assert scan(html).refresh == ""


HARD = {
    "comments": "<!--" * 250_000,
    "quotes": "<a b='" * 160_000,
    "brackets": "<" * 1_000_000,
    "tags": "<a " * 340_000,
    "empty tags": "<a>" * 340_000,
    "ends": "</" * 500_000,
    "declarations": "<![a[" * 200_000,
    "titles": "<title>" * 140_000,
    "headings": "<h1>" * 250_000,
    "scripts": "<script></script>" * 60_000,
    "attributes": "<a " + "a=" * 500_000,
    "spaces": "<a" + " " * 1_000_000,
    "equals": "<a b" + " =" * 500_000,
    "entities": "&#x41;" * 170_000,
    "refreshes": "http-equiv = " * 80_000,
    "noscripts": "<noscript><a" * 80_000,
}


@pytest.mark.parametrize("name", HARD)
def test_no_page_takes_long(name: str) -> None:
    for wanted in ([], [frozenset(["zz"])]):
        began = time.process_time()
        page = scan(HARD[name], wanted)
        assert time.process_time() - began < 60  # quadratic ones take hours
        assert not page.found


@given(st.text(alphabet="<>/!-= \"'abh1titlescrpnoxm&;#가", max_size=200))
def test_any_text_is_a_page(html: str) -> None:
    scan(html, [frozenset("a")])
    assert scan(html).found == frozenset()


LONG = "<p>Some words of a paragraph that is long enough to be read.</p>" * 20
FRAGMENTS = [
    ("a", "<p id=a>" + LONG, Found.YES),
    ("%EA%B0%80", "<p id=가>" + LONG, Found.YES),
    ("가", "<p id=%EA%B0%80>" + LONG, Found.NO),
    ("a", "<p id=user-content-a>" + LONG, Found.YES),
    ("a", "<a name=a>" + LONG, Found.YES),
    ("A", "<p id=a>" + LONG, Found.NO),
    ("", LONG, Found.YES),
    ("top", LONG, Found.YES),
    ("L10", LONG, Found.YES),
    ("L10-L20", LONG, Found.YES),
    ("L10C3-L20C5", LONG, Found.YES),
    ("L", LONG, Found.NO),
    (":~:text=a", LONG, Found.YES),
    ("none", LONG, Found.NO),
    ("none", LONG + "<script>count()</script>", Found.NO),
    ("none", "<div id=root></div>" + LONG, Found.UNKNOWN),
    ("none", "<p>few<script src=app.js></script>", Found.UNKNOWN),
    ("none", LONG + "<noscript>Please enable JavaScript.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<noscript>자바스크립트를 켜 주세요.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<script src=/js/anchor.min.js></script>", Found.UNKNOWN),
    ("none", LONG + "<p ng-version=17>", Found.UNKNOWN),
    ("/route", LONG, Found.UNKNOWN),
    ("!route", LONG, Found.UNKNOWN),
    ("none", "", Found.UNKNOWN),
]


@pytest.mark.parametrize(("fragment", "html", "found"), FRAGMENTS)
def test_fragments(fragment: str, html: str, found: Found) -> None:
    assert find(fragment, scan(html, [names(fragment)])) is found


def test_a_page_that_was_not_read_to_its_end_lacks_nothing() -> None:
    assert find("none", scan(LONG, [names("none")], complete=False)) is Found.UNKNOWN
    assert find("a", scan("<p id=a>" + LONG, [names("a")], complete=False)) is Found.YES


SOFT = [
    "404",
    "404 Not Found",
    "Error 404",
    "404 | Example",
    "Example - Page Not Found",
    "Page not found · GitHub Pages",
    "Oops! That page can’t be found.",
    "Sorry, this page isn't available.",
    "This page doesn't exist",
    "The page you requested was not found",
    "페이지를 찾을 수 없습니다",
    "페이지를 찾을 수 없습니다. : 네이버 블로그",
    "요청하신 페이지를 찾을 수 없습니다.",
    "존재하지 않는 페이지입니다",
    "삭제된 게시물입니다.",
    "404 에러",
]
HARD_TITLES = [
    "What is a 404 Not Found error?",
    "Not found: why SQL says so",
    "페이지를 찾을 수 없습니다 오류를 고치는 방법",
    "404호의 비밀",
    "The page table",
    "Page faults explained",
    "글을 잘 쓰는 법",
    "존재하지 않는 것의 철학",
]


@pytest.mark.parametrize("title", SOFT)
def test_titles_of_soft_errors(title: str) -> None:
    assert suspect(scan(f"<title>{title}</title><p>{'menu ' * 300}"), "http://e.com/x") == "soft-404"
    assert suspect(scan(f"<title>E</title><h1>{title}</h1>{'menu ' * 300}"), "http://e.com/x") == "soft-404"
    assert suspect(scan(f"<title>{title}</title>"), "http://e.com/docs/404.html") == ""
    assert suspect(scan(f"<title>{title}</title><p>{'words ' * 2000}"), "http://e.com/x") == ""


@pytest.mark.parametrize("title", HARD_TITLES)
def test_titles_of_pages_that_are_there(title: str) -> None:
    assert (
        suspect(scan(f"<title>{title} | E</title><h1>{title}</h1><p>{'words ' * 200}"), "http://e.com/x")
        == ""
    )


PARKED = [
    "<title>e.com - This domain is for sale!</title>",
    "<p>The domain e.com may be for sale. Inquire about this domain.</p>",
    "<p>이 도메인은 판매 중입니다.</p>",
    "<p>x</p><script src='https://www.sedoparking.com/a.js'></script>",
    "<iframe src='//parkingcrew.net/x'></iframe>",
]


@pytest.mark.parametrize("html", PARKED)
def test_parked_domains(html: str) -> None:
    assert suspect(scan(html), "http://e.com/x") == "parked"


def test_parking_by_its_address() -> None:
    assert suspect(scan("<p>x"), "https://www.hugedomains.com/domain_profile.cfm?d=e") == "parked"
    assert suspect(scan("<p>x"), "https://e.com/x?from=hugedomains.com") == ""


def test_challenges() -> None:
    moment = scan("<title>Just a moment...</title>")
    article = scan(f"<title>Just a moment...</title><p>{'words ' * 300}")
    assert is_challenge(200, {}, moment, "")
    assert is_challenge(503, {}, moment, "")
    assert not is_challenge(200, {}, article, "")
    assert is_challenge(202, {"x-amzn-waf-action": "challenge"}, None, "")
    assert not is_challenge(404, {"server": "ddos-guard"}, None, "")
    assert not is_challenge(404, {"x-datadome": "protected"}, None, "")
    assert not is_challenge(404, {"crawler-price": "0.1"}, None, "")
    assert is_challenge(402, {"crawler-price": "0.1"}, None, "")
    assert not is_challenge(404, {"server": "cloudflare", "cf-ray": "1"}, scan("<p>no such page"), "")
    assert is_challenge(200, {}, None, "https://www.google.com/sorry/index?continue=x")
    assert not is_challenge(200, {}, None, "https://example.com/captcha-paper")


# -- bodies ---------------------------------------------------------------------------------------


def body_of(data: bytes, coding: str = "", limit: int = 1 << 20) -> Any:
    raw = HTTPResponse(body=io.BytesIO(data), preload_content=False, decode_content=False)
    return read_body(raw, coding, limit)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PAGE = b"<html>" + bytes(range(256)) * 400 + b"</html>"
CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", lambda data: data),
    ("identity", lambda data: data),
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("gzip", lambda data: data),  # some servers only say so
]


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_bodies(coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = body_of(pack(PAGE), coding)
    assert (body.data, body.complete, body.error, body.readable) == (PAGE, True, None, True)
    cut = body_of(pack(PAGE), coding, 5000)
    assert (cut.data, cut.complete) == (PAGE[:5000], False)


def test_bodies_that_are_not_all_there() -> None:
    packed = gzip.compress(PAGE)
    assert not body_of(packed[: len(packed) // 2], "gzip").complete
    assert not body_of(packed + packed, "gzip").complete
    assert body_of(packed + bytes(10), "gzip").complete
    for data, coding in ((b"\x00garbage", "gzip"), (PAGE, "br"), (gzip.compress(packed), "gzip, gzip")):
        body = body_of(data, coding)
        assert (body.data, body.complete, body.readable) == (b"", False, False)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)) + bytes(64 << 20))
    body = body_of(bomb, "gzip", 1 << 16)
    assert len(body.data) == 1 << 16
    assert not body.complete


# -- certificates ---------------------------------------------------------------------------------


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


# -- names and deadlines --------------------------------------------------------------------------


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


# -- cache ----------------------------------------------------------------------------------------

HOUR, DAY = 3600.0, 86400.0
SECRET = parse("https://example.com/비밀-경로/x?token=hunter2")
OK = Judgement(Outcome.OK, status=200)


class Now:
    def __init__(self, at: float = 1e9) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def test_the_file_is_for_its_owner_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "dlcards" / "links-v1.json"
    path.parent.parent.mkdir()
    os.umask(old := os.umask(0))
    cache = Cache(path)
    cache.put(SECRET, replace(OK, fragments={"비밀-조각": Found.YES}))
    moved = parse("https://old.example.com/hunter3")
    final = "https://new.example.com/%EB%B9%84%EB%B0%80"
    cache.put(moved, Judgement(Outcome.MOVED, status=200, final=final, fragment="hunter4"))
    cache.put(parse("https://me:hunter5@example.com/"), OK)
    cache.save()
    assert os.umask(old) == old
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    for word in ("http", "example", "com/", "hunter", "비밀", "%EB", "token"):
        assert word not in text
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    again = Cache(path)
    assert again.notice == ""
    assert again.get(SECRET, frozenset({"비밀-조각"})) == OK
    assert again.get(SECRET, frozenset({"other"})) is None
    known = again.get(moved, frozenset())
    assert known
    assert (known.outcome, known.final, known.fragment) == (Outcome.MOVED, final, "hunter4")
    assert again.get(parse("https://me:hunter5@example.com/"), frozenset()) is None


def lasts(judgement: Judgement, url: str = "https://example.com/a") -> float:
    """Seconds, to the minute, for which a judgement is kept."""
    now = Now()
    cache = Cache(Path("/nonexistent/cache.json"), now)
    address = parse(url)
    cache.put(address, judgement)
    start, step = now.at, 60.0
    low, high = 0.0, 10 * DAY
    if cache.get(address, frozenset()) is None:
        return 0.0
    while high - low > step:
        now.at = start + (low + high) / 2
        low, high = ((low + high) / 2, high) if cache.get(address, frozenset()) else (low, (low + high) / 2)
    return low


def test_how_long_things_are_kept() -> None:
    good = [lasts(OK, f"https://example.com/{number}") for number in range(60)]
    assert 7 * DAY * 0.8 - 120 < min(good) < 7 * DAY * 0.87
    assert 7 * DAY * 1.13 < max(good) < 7 * DAY * 1.2 + 120
    assert lasts(replace(OK, outcome=Outcome.MOVED, final="https://example.com/b")) > 5 * DAY
    for hint in ("soft-404", "parked", "to-root", "other-domain"):
        assert DAY - 120 < lasts(replace(OK, suspect=hint)) < DAY + 120
    for status in (404, 410):
        assert HOUR - 120 < lasts(Judgement(Outcome.BROKEN, "not-found", status)) < HOUR + 120
    for reason in ("blocked", "rate-limited", "server-error", "timeout", "dns", "offline", "budget"):
        assert lasts(Judgement(Outcome.UNSURE, reason)) == 0
    for reason in ("client-error", "tls", "host-not-found", "redirect-loop"):
        assert lasts(Judgement(Outcome.BROKEN, reason)) == 0
    assert lasts(Judgement(Outcome.SKIPPED, "non-public")) == 0


def test_a_404_is_kept_as_a_doubt(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.json")
    cache.put(START, NOT_FOUND)
    cache.save()
    known = Cache(tmp_path / "c.json").get(START, frozenset({"any"}))
    assert known
    assert known.outcome is Outcome.BROKEN


def test_what_is_found_out_later_counts(tmp_path: Path) -> None:
    path, now = tmp_path / "c.json", Now()
    first, second = Cache(path, now), Cache(path, now)
    a, b, c = (parse(f"https://example.com/{name}") for name in "abc")
    first.put(a, OK)
    first.put(b, OK)
    first.put(c, OK)
    first.save()
    now.at += 10
    second.put(b, replace(OK, suspect="parked"))
    second.put(c, Judgement(Outcome.UNSURE, "server-error", 500))
    second.save()
    now.at += 10
    merged = Cache(path, now)
    found = [merged.get(address, frozenset()) for address in (a, b, c)]
    assert [judgement and (judgement.outcome, judgement.suspect) for judgement in found] == [
        (Outcome.OK, ""),
        (Outcome.OK, "parked"),
        None,
    ]


def test_what_no_server_said_changes_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.json")
    cache.put(START, OK)
    for reason in ("offline", "dns", "timeout", "connection", "budget"):
        cache.put(START, Judgement(Outcome.UNSURE, reason))
    assert cache.get(START, frozenset()) == OK
    cache.put(START, Judgement(Outcome.BROKEN, "tls"))
    assert cache.get(START, frozenset()) is None


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.json"

    def write(number: int) -> None:
        cache = Cache(path)
        cache.put(parse(f"https://example.com/{number}"), OK)
        cache.save()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    cache = Cache(path)
    assert all(cache.get(parse(f"https://example.com/{number}"), frozenset()) for number in range(12))
    assert [each.name for each in tmp_path.iterdir()] == ["c.json"]


def test_old_entries_leave_the_file(tmp_path: Path) -> None:
    path, now = tmp_path / "c.json", Now()
    cache = Cache(path, now)
    cache.put(START, OK)
    cache.save()
    now.at += 30 * DAY
    cache = Cache(path, now)
    cache.put(SECRET, OK)
    cache.save()
    assert len(json.loads(path.read_text())["links"]) == 1


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"version": 2, "links": {}}',
    b'{"version": 1, "links": []}',
    b'{"version": 1}',
    b"[" * 100_000,
    b'{"version": 1, "links": {"a": ["ok"]}}',
    b'{"version": 1, "links": {"a": ["nice", 200, "", 1, 2, [], ""]}}',
    b'{"version": 1, "links": {"a": ["ok", 200, "", NaN, Infinity, [], ""]}}',
    b'{"version": 1, "links": {"a": ["ok", 200, "", 1, 1e99, [], ""]}}',
    b'{"version": 1, "links": {"a": ["ok", "200", "", 1, 2, [1], ""]}}',
]


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_file_is_an_empty_cache_with_a_notice(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(data)
    cache = Cache(path)
    assert str(path) in cache.notice
    assert cache.get(START, frozenset()) is None
    cache.put(START, OK)
    cache.save()
    mended = Cache(path)
    assert (mended.notice, mended.get(START, frozenset())) == ("", OK)


def test_what_is_in_the_file_can_not_lie_about_an_address(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    cache = Cache(path)
    cache.put(START, Judgement(Outcome.MOVED, status=200, final="https://example.com/b"))
    cache.save()
    data = json.loads(path.read_text())
    [entry] = data["links"].values()
    entry[-1] = entry[-1][:-8] + "AAAAAAA="
    path.write_text(json.dumps(data))
    assert Cache(path).get(START, frozenset()) is None


def test_a_file_that_can_not_be_written_is_left_alone(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x")
    cache = Cache(blocker / "c.json")
    cache.put(START, OK)
    with pytest.raises(OSError, match=r"."):
        cache.save()
    assert blocker.read_text() == "x"


def test_where_the_cache_is() -> None:
    assert default_path({"XDG_CACHE_HOME": "/x"}.get) == Path("/x/dlcards/links-v1.json")
    for value in ("", "relative"):
        assert default_path({"XDG_CACHE_HOME": value}.get) == Path.home() / ".cache/dlcards/links-v1.json"


# -- masking --------------------------------------------------------------------------------------

MASKED = [
    ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    ("https://me:hunter2@example.com/", "https://***@example.com/"),
    ("https://hunter2@example.com/", "https://***@example.com/"),
    ("//me:hunter2@example.com/", "//***@example.com/"),
    ("https://me:hun@ter2@example.com/a@b", "https://***@example.com/a@b"),
    ("https://example.com/@me", "https://example.com/@me"),
    ("https://e.com/?token=hunter2&page=2", "https://e.com/?token=***&page=2"),
    ("https://e.com/?ACCESS_TOKEN=hunter2", "https://e.com/?ACCESS_TOKEN=***"),
    ("https://e.com/?a=1&apiKey=hunter2", "https://e.com/?a=1&apiKey=***"),
    ("https://e.com/?key=hunter2;sig=hunter3", "https://e.com/?key=***;sig=***"),
    ("https://e.com/?%74oken=hunter2", "https://e.com/?%74oken=***"),
    ("https://e.com/?X-Amz-Signature=hunter2", "https://e.com/?X-Amz-Signature=***"),
    ("https://e.com/?X-Amz-Credential=hunter2", "https://e.com/?X-Amz-Credential=***"),
    ("https://e.com/#access_token=hunter2&a=b", "https://e.com/#access_token=***&a=b"),
    ("https://e.com/a;jsessionid=hunter2", "https://e.com/a;jsessionid=***"),
    ("https://e.com/?password=", "https://e.com/?password="),
    ("https://e.com/?q=ghp_abcdefghijklmnopqrstuvwxyz0123456789", "https://e.com/?q=***"),
    ("https://api.telegram.org/bot123456:ABCdefGHIjklMNOpqrstu/x", "https://api.telegram.org/bot***/x"),
    (
        "https://hooks.slack.com/services/T0AAAAAA/B0AAAAAA/aaaaaaaaaaaaaaaaaaaa",
        "https://hooks.slack.com/services/***",
    ),
    (
        "https://e.com/?keyword=deep&tokenizer=bpe&design=x&monkey=1",
        "https://e.com/?keyword=deep&tokenizer=bpe&design=x&monkey=1",
    ),
]


@pytest.mark.parametrize(("url", "text"), MASKED)
def test_masking(url: str, text: str) -> None:
    assert masked(url) == text
    assert masked(text) == text


SHOWN = [
    ("https://ko.wikipedia.org/wiki/%EB%94%A5_%EB%9F%AC%EB%8B%9D", "https://ko.wikipedia.org/wiki/딥_러닝"),
    ("https://e.com/%C7%D1", "https://e.com/%C7%D1"),
    ("https://e.com/%20%2F%252F%41", "https://e.com/%20%2F%252F%41"),
    ("https://e.com/%E2%80%AEa%EB%94%A5", "https://e.com/%E2%80%AEa딥"),
    ("https://e.com/%E2%80%8B", "https://e.com/%E2%80%8B"),
    ("https://e.com/%EB%94%A5?token=%EB%94%A5", "https://e.com/딥?token=***"),
]


@pytest.mark.parametrize(("url", "text"), SHOWN)
def test_addresses_as_they_are_shown(url: str, text: str) -> None:
    assert shown(url) == text
