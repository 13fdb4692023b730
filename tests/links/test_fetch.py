"""What the checker asks of servers, and what it never does: counted where the requests arrive."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dlcards.links import Machine, Outcome, Settings, check
from tests.links.test_check import SHORT
from tests.support.links.behaviours import BEHAVIOURS
from tests.support.links.server import INSIDE, OUTSIDE, Server
from tests.support.links.world import NETS, World

# One address for everything that leads to the server inside.
WAYS_IN = [
    "http://127.0.0.2/ok",
    "http://2130706434/ok",
    "http://0x7f000002/ok",
    "http://0X7F.0.0.2/ok",
    "http://0177.0.0.2/ok",
    "http://0177.0.0.0002/ok",
    "http://017700000002/ok",
    "http://127.2/ok",
    "http://127.0.2/ok",
    "http://127.0.0.2./ok",
    "http://①②⑦.⓪.⓪.②/ok",
    "http://127。0。0。2/ok",
    "http://%31%32%37.0.0.2/ok",
    "http://[::ffff:127.0.0.2]/ok",
    "http://[::ffff:7f00:2]/ok",
    "http://[0:0:0:0:0:ffff:7f00:0002]/ok",
    "http://[64:ff9b::127.0.0.2]/ok",
    "http://[2002:7f00:2::]/ok",
    "http://[::127.0.0.2]/ok",
    "http://inside.example/ok",
    "http://INSIDE.example./ok",
    "http://mapped.example/ok",
    "http://site.example@127.0.0.2/ok",
    "http://site.example:80@127.0.0.2/ok",
    "//127.0.0.2/ok",
]
CLOSED = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[2001::1]",
    "[2002:a00:1::]",
    "[64:ff9b::a9fe:a9fe]",
    "[::ffff:10.0.0.1]",
]


@pytest.fixture
def world() -> Iterator[World]:
    with World() as made:
        yield made


# -- nothing reaches the inside -------------------------------------------------------------------


@pytest.mark.parametrize("url", WAYS_IN)
def test_no_way_leads_inside(world: World, url: str) -> None:
    for asked in (url, f"/to/302?{url}", f"/to/301?/to/307?{url}"):
        [verdict] = world.check(asked, connect=0.5)
        assert (verdict.outcome, verdict.reason) == (Outcome.SKIPPED, "non-public"), asked
    assert (world.inside.connections, world.tls.connections) == (0, 0)


@pytest.mark.parametrize("host", CLOSED)
def test_no_address_that_is_not_public_is_asked(world: World, host: str) -> None:
    world.names.elsewhere["name.example"] = [host.strip("[]")]
    for url in (
        f"http://{host}/",
        f"https://{host}:8443/",
        "http://name.example/",
        f"/to/302?http://{host}/",
    ):
        [verdict] = world.check(url, connect=0.5)
        assert (verdict.outcome, verdict.reason) == (Outcome.SKIPPED, "non-public"), url


def test_nothing_on_loopback_without_allow_net(world: World) -> None:
    urls = [
        "/ok",
        "http://localhost/ok",
        "http://127.0.0.1/ok",
        "http://[::1]/ok",
        "http://0/ok",
        "http://0.0.0.0/ok",
    ]
    assert {world.shown(v) for v in world.check(*urls, allow_nets=())} == {"skipped non-public"}
    assert world.outside.connections == 0
    nets = ("127.0.0.0/8", "::1/128")
    assert [world.shown(v) for v in world.check("/ok", "http://127.0.0.1/ok", allow_nets=nets)] == [
        "ok",
        "ok",
    ]


def test_ipv6(world: World) -> None:
    world.names.elsewhere["six.example"] = ["::1"]
    with ExitStack() as stack:
        try:
            server = stack.enter_context(Server("::1", world.outside.port, behaviours=BEHAVIOURS))
        except OSError as error:
            pytest.skip(f"no IPv6 on loopback: {error}")
        urls = [
            "http://[::1]/ok",
            "http://six.example/ok",
            "http://[0:0::0:1]/ok",
            "http://[::ffff:127.0.0.1]/ok",
        ]
        assert [world.shown(v) for v in world.check(*urls[:3])] == ["skipped non-public"] * 3
        assert server.connections == 0
        nets = ("::1/128", "127.0.0.1/32")
        assert [world.shown(v) for v in world.check(*urls, allow_nets=nets)] == ["ok"] * 4
        assert f"[::1]:{server.port}" in {seen.headers["host"] for seen in server.seen}


def test_a_name_with_one_address_inside(world: World) -> None:
    for order in ([OUTSIDE, INSIDE], [INSIDE, OUTSIDE]):
        world.names.elsewhere["mixed.example"] = order
        [verdict] = world.check("http://mixed.example/ok")
        assert world.shown(verdict) in ("ok", "skipped non-public")
    assert world.inside.connections == 0


def test_a_name_that_changes_between_check_and_connection(world: World) -> None:
    """The address that was looked at is the one that is connected to."""
    answers = itertools.cycle([[OUTSIDE], [INSIDE]])

    def rebinding(host: str, port: int) -> list[tuple[int, str]]:
        return [(socket.AF_INET, address) for address in next(answers)]

    paths = ["/ok", "/chain/302/3", "/status/500", "/status/404", "/raw/empty", "/cookie/self"]
    urls = [world.url(f"http://rebind{n}.example{path}") for n in range(4) for path in paths]
    made = Settings(allow_nets=NETS, interval=0.0)
    check(urls, made, machine=Machine(rebinding, world.clock.now, world.clock.sleep))
    assert world.inside.connections == 0
    assert world.outside.connections > 0


def test_an_open_connection_is_not_a_way_in(world: World) -> None:
    """A name that led outside and now leads inside is not asked by the connection that is still open."""
    world.check("http://turn.example/ok")
    world.names.elsewhere["turn.example"] = [INSIDE]
    [verdict] = world.check("http://turn.example/ok")
    assert world.shown(verdict) == "skipped non-public"
    assert world.inside.connections == 0


# -- what a request is ----------------------------------------------------------------------------


def test_one_request_for_one_address_whatever_its_fragment(world: World) -> None:
    page = "/page/anchors"
    urls = [
        page,
        f"{page}#second",
        f"{page}#none",
        page,
        f"{page}#%EC%B2%AB%EC%A7%B8",
        "http://SITE.example" + page,
    ]
    shown = [world.shown(verdict) for verdict in world.check(*urls)]
    assert shown == ["ok", "ok", "broken fragment", "ok", "ok", "ok"]
    assert len(world.outside.seen) == 1


def test_a_404_is_asked_for_twice_and_a_second_apart(world: World) -> None:
    world.check("/status/404")
    assert len(world.outside.seen) == 2
    assert sum(world.clock.slept) > 0.999


def test_errors_are_tried_three_times_and_timeouts_twice(world: World) -> None:
    world.check("/status/500")
    assert len(world.outside.seen) == 3
    first, second = world.clock.long
    assert 0.8 <= first <= 1.2
    assert 1.6 <= second <= 2.4
    world.check("/raw/hang", **SHORT)
    assert len(world.outside.asked("/raw/hang")) == 2
    world.check("/raw/empty")
    assert len(world.outside.asked("/raw/empty")) == 3
    world.check("/status/403", "/ok?1")
    assert len(world.outside.asked("/status/403")) == 1


def test_what_is_sent(world: World) -> None:
    world.check("/ok", "/to/302?/wire/next")
    for seen in world.outside.seen:
        assert seen.method == "GET"
        assert seen.headers["host"] == f"site.example:{world.outside.port}"
        assert seen.headers["accept-language"] == "ko,en"
        assert seen.headers["user-agent"].startswith("dlcards/")
        assert "+http" in seen.headers["user-agent"] or "@" in seen.headers["user-agent"]
        assert "mozilla" not in seen.headers["user-agent"].lower()
        assert not {"referer", "authorization", "cookie"} & set(seen.headers)


WIRE = [
    ("/wire/%C7%D1%B1%DB", "/wire/%C7%D1%B1%DB"),
    ("/wire/%c7%d1", "/wire/%c7%d1"),
    ("/wire/a%2Fb", "/wire/a%2Fb"),
    ("/wire/a%2525b", "/wire/a%2525b"),
    ("/wire/%7Eme", "/wire/%7Eme"),
    ("/wire/한글", "/wire/%ED%95%9C%EA%B8%80"),
    ("/wire/a b", "/wire/a%20b"),
    ("/wire/a%zz%", "/wire/a%zz%"),
    ("/wire/[x]|y(z)", "/wire/[x]|y(z)"),
    ("/wire//two", "/wire//two"),
    ("/wire/a/../b", "/wire/b"),
    ("/wire/a;p=1,2", "/wire/a;p=1,2"),
    ("/wire/x?utm_source=a&q=%2B+b&empty=", "/wire/x?utm_source=a&q=%2B+b&empty="),
    ("/wire/x?", "/wire/x?"),
    ("/wire/x?q=한글&r=%C7%D1", "/wire/x?q=%ED%95%9C%EA%B8%80&r=%C7%D1"),
    ("/wire/x?a=x://b/?c=d", "/wire/x?a=x://b/?c=d"),
    ("/wire/x?a=[1]&b={2}|3", "/wire/x?a=[1]&b={2}|3"),
    ("http://site.example?q=1", "/?q=1"),
    ("/to/302?/wire/%25C7%25D1%252F%252525", "/wire/%C7%D1%2F%2525"),
    ("/to/302?/wire/%C7%D1", "/wire/%C7%D1"),
    ("/to/302?/wire/x%3Fq=%ED%95%9C", "/wire/x?q=%ED%95%9C"),
]


@pytest.mark.parametrize(("url", "target"), WIRE)
def test_an_address_is_sent_as_it_is_written(world: World, url: str, target: str) -> None:
    world.check(url)
    assert world.outside.seen[-1].target == target


@pytest.mark.parametrize(
    ("host", "ascii_host"),
    [
        ("한글.example", "xn--bj0bj06e.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("faß.example", None),
    ],
)
def test_international_hosts(world: World, host: str, ascii_host: str | None) -> None:
    [verdict] = world.check(f"http://{host}/ok")
    assert verdict.outcome is Outcome.OK
    expected = ascii_host or "xn--fa-hia.example"
    assert set(world.names.asked) == {expected}
    assert world.outside.seen[0].host == expected


def test_no_password_of_netrc_and_no_proxy(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login me password hunter2\nmachine site.example login me password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{INSIDE}:{world.inside.port}")
    assert {world.shown(v) for v in world.check("/auth", "/to/302?/auth")} == {"unsure blocked"}
    assert {world.shown(v) for v in world.check("/ok", "https://secure.example/ok")} == {"ok"}
    assert all("authorization" not in seen.headers for seen in world.outside.seen)
    assert world.inside.connections == 0


def test_headers_stay_with_their_host(world: World) -> None:
    world.check(
        "/wire/1",
        "http://other.example/wire/2",
        "http://site.example.other.example/wire/3",
        "http://notsite.example/wire/4",
        "/to/302?http://other.example/wire/5",
        "/to/302?http://www.site.example/wire/6",
        "http://other.example/to/302?http://site.example/wire/7",
        headers={"site.example": {"X-Token": "hunter2", "Authorization": "Bearer hunter2"}},
    )
    carried = {seen.target for seen in world.outside.seen if "hunter2" in str(seen.headers)}
    hosts = {seen.host for seen in world.outside.seen if "hunter2" in str(seen.headers)}
    assert hosts == {"site.example"}
    assert "/wire/1" in carried
    assert not carried & {f"/wire/{n}" for n in (2, 3, 4, 5, 6)}


def test_headers_for_all_hosts_go_to_the_first_one_only(world: World) -> None:
    secret = {"*": {"X-Token": "hunter2"}}
    world.check("/wire/1", "/to/302?/wire/2", "/to/302?http://other.example/wire/3", headers=secret)
    carried = {seen.target for seen in world.outside.seen if "x-token" in seen.headers}
    assert {"/wire/1", "/wire/2"} <= carried
    assert "/wire/3" not in carried


def test_headers_are_not_sent_to_another_port_or_without_tls(world: World) -> None:
    """Another port, or the same host without TLS, is another server as far as a token goes."""
    world.check(
        "https://secure.example/to/302?http://secure.example/wire/plain",
        headers={"secure.example": {"X-Token": "hunter2"}},
    )
    assert "x-token" in world.tls.seen[0].headers
    assert "x-token" not in world.outside.asked("/wire/plain")[0].headers


def test_userinfo_and_cookies_stay_with_their_host(world: World) -> None:
    world.check(
        "http://me:hunter2@site.example/to/302?http://other.example/wire/1",
        "http://site.example/cookie/detour",
        "http://other.example/wire/2",
    )
    for seen in world.outside.seen:
        assert "hunter2" not in seen.target
        if seen.host != "site.example":
            assert not {"authorization", "cookie"} & set(seen.headers)


def test_secrets_are_in_no_detail(world: World) -> None:
    urls = [
        "http://me:hunter2@gone.example/ok",
        "http://me:hunter2@site.example/status/404",
        "http://me:hunter2@site.example:CLOSED/",
        "http://me:hunter2@site.example:99999/",
        "http://me:hunter2@127.0.0.2/ok",
        "https://me:hunter2@expired.example/ok",
        "/to/302?http://me:hunter2@site.example/status/404",
        "/to/302?http://me:hunter2@site.example:99999/",
        "/status/404?access_token=hunter2",
        "/raw/garbage?api_key=hunter2",
        "/to/302?file:///hunter2?password=hunter2",
        "/to/302?/status/410?token=hunter2",
    ]
    for verdict in world.check(*urls):
        assert "hunter2" not in verdict.detail, verdict
