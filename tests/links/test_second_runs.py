"""A second run asks nothing that the first one knows, and the file says nothing about addresses."""

from __future__ import annotations

import itertools
import json
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcards.links import Cache, Outcome, Verdict
from tests.support.links.world import World

DAY = 86400.0
GOOD = [
    "/ok",
    "/ok?secret=hunter2",
    "/to/301?/ok",
    "/to/301?/page/anchors%23second",
    "/to/301?/page/anchors#second",
    "/page/anchors#second",
    "/page/anchors#첫째",
    "/page/anchors#top",
    "/page/anchors#second:~:text=kernel",
    "/page/pdf#page=3",
    "/ok#L10",
    "/to/302?/page/pdf#page=4",
    "/chain/302/3",
    "/page/gone-ko",
    "/to/302?http://other.example/ok",
    "/to/302?/",
    "https://secure.example/ok",
    "http://한글.example/ok",
]
UNSURE = [
    "/status/403",
    "/status/500",
    "/raw/empty",
    "/status/429",
    "/page/spa#none",
    "http://no-dns.example/",
]


@pytest.fixture
def world() -> Iterator[World]:
    with World() as made:
        yield made


def asked(world: World) -> int:
    return len(world.outside.seen) + len(world.tls.seen)


def test_a_second_run_makes_no_request(world: World, tmp_path: Path) -> None:
    path = tmp_path / "new" / "links.json"
    cache = Cache(path)
    first = world.check(*GOOD, cache=cache)
    cache.save()
    assert asked(world) > 0
    world.outside.seen.clear()
    world.tls.seen.clear()
    world.names.asked.clear()
    told: list[Verdict] = []
    again = world.check(*GOOD, cache=Cache(path), progress=told.append)
    assert [(seen.host, seen.target) for seen in world.outside.seen + world.tls.seen] == []
    assert world.names.asked == []
    for before, after in zip(first, again, strict=True):
        key = (after.url, after.outcome, after.status, after.final_url, after.suspect)
        assert key == (before.url, before.outcome, before.status, before.final_url, before.suspect)
    assert len(told) == len(GOOD)


def test_another_fragment_is_looked_for(world: World, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "links.json")
    world.check("/page/anchors#second", cache=cache)
    cache.save()
    before = asked(world)
    assert world.shown(world.check("/page/anchors", cache=Cache(cache.path))[0]) == "ok"
    assert asked(world) == before
    assert world.shown(world.check("/page/anchors#none", cache=Cache(cache.path))[0]) == "broken fragment"
    assert asked(world) == before + 1


def test_what_is_unsure_is_asked_again(world: World, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "links.json")
    world.check("/ok", *UNSURE, cache=cache)
    cache.save()
    world.outside.seen.clear()
    world.check("/ok", *UNSURE, cache=Cache(cache.path))
    targets = {seen.target for seen in world.outside.seen}
    assert targets == {url.partition("#")[0] for url in UNSURE if url.startswith("/")}
    assert "no-dns.example" in world.names.asked


def test_a_404_is_confirmed_before_it_fails_another_run(world: World, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "links.json")
    urls = ["/status/404", "/status/410", "/then/404/404/200"]
    assert {v.outcome for v in world.check(*urls, cache=cache)} == {Outcome.BROKEN}
    cache.save()
    world.outside.seen.clear()
    again = world.check(*urls, cache=Cache(cache.path))
    assert [world.shown(v) for v in again] == ["broken not-found", "broken not-found", "ok"]
    assert len(world.outside.seen) == 3


@pytest.mark.parametrize(
    ("url", "hit", "miss"),
    [
        ("/ok", 5.5 * DAY, 8.5 * DAY),
        ("/to/301?/ok", 5.5 * DAY, 8.5 * DAY),
        ("/page/gone-ko", 0.75 * DAY, 1.25 * DAY),
    ],
)
def test_how_long_things_are_known(world: World, tmp_path: Path, url: str, hit: float, miss: float) -> None:
    path = tmp_path / "links.json"
    now = time.time()
    cache = Cache(path, lambda: now)
    world.check(url, cache=cache)
    cache.save()
    before = asked(world)
    world.check(url, cache=Cache(path, lambda: now + hit))
    assert asked(world) == before
    world.check(url, cache=Cache(path, lambda: now + miss))
    assert asked(world) > before
    # A clock that was wrong when the file was written makes nothing known for ever.
    before = asked(world)
    world.check(url, cache=Cache(path, lambda: now - DAY))
    assert asked(world) > before


def test_not_all_are_forgotten_on_one_day(world: World, tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    now = time.time()
    urls = [f"/ok?{n}" for n in range(40)]
    cache = Cache(path, lambda: now)
    world.check(*urls, cache=cache)
    cache.save()
    before = asked(world)
    world.check(*urls, cache=Cache(path, lambda: now + 7 * DAY))
    assert 8 <= asked(world) - before <= 32


def test_the_file_is_private_and_says_nothing(world: World, tmp_path: Path) -> None:
    path = tmp_path / "new" / "links.json"
    cache = Cache(path)
    secret = "http://me:hunter2@site.example/ok?a"
    world.check(*GOOD, *UNSURE, "/status/404", secret, "/ok?token=hunter2", cache=cache)
    cache.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = path.read_text()
    words = (
        "site",
        "example",
        "http",
        "page",
        "anchors",
        "second",
        "한글",
        "xn--",
        "hunter2",
        "token",
        "/ok",
    )
    assert [word for word in words if word in text] == []
    assert [each.name for each in path.parent.iterdir()] == ["links.json"]
    # The same address with another user is another page.
    before = asked(world)
    world.check(secret, cache=Cache(path))
    assert asked(world) == before + 1


def test_two_runs_that_write_at_the_same_time(world: World, tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    one, two = Cache(path), Cache(path)
    world.check("/ok?1", cache=one)
    world.check("/ok?2", cache=two)
    one.save()
    two.save()
    before = asked(world)
    world.check("/ok?1", "/ok?2", cache=Cache(path))
    assert asked(world) == before


DAMAGED = [
    b"",
    b"\0\xff\xfe",
    b"{",
    b"[]",
    b"null",
    b'{"version": 1}',
    b'{"version": 1, "links": []}',
    b'{"version": 99, "links": {}}',
    b'{"version": 1, "links": {"a": null, "b": [], "c": ["ok"]}}',
    b'{"version": 1, "links": {"a": ["ok", 200, "", 0, NaN, ["*"], ""]}}',
    b'{"version": 1, "links": {"a": ["ok", 200, "", 0, 1e999, ["*"], ""]}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_file_is_an_empty_cache(world: World, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(data)
    cache = Cache(path)
    assert cache.notice
    assert str(path) in cache.notice
    assert world.shown(world.check("/ok", cache=cache)[0]) == "ok"
    cache.save()
    assert not Cache(path).notice


def test_any_part_of_the_file_may_be_cut_off_or_changed(world: World, tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    cache = Cache(path)
    urls = ("/ok", "/to/301?/ok", "/status/404")
    world.check(*urls, cache=cache)
    cache.save()
    data = path.read_bytes()
    whole = json.loads(data)
    values: tuple[object, ...] = (None, -1, 1e18, "x", ["x"])
    for name, entry in whole["links"].items():
        for place, value in itertools.product(range(len(entry)), values):
            changed = {**whole["links"], name: [*entry[:place], value, *entry[place + 1 :]]}
            path.write_text(json.dumps({**whole, "links": changed}))
            ok, moved, gone = world.check(*urls, cache=Cache(path))
            assert Outcome.BROKEN not in (ok.outcome, moved.outcome)
            assert gone.outcome is not Outcome.MOVED
    for end in range(0, len(data), 7):
        path.write_bytes(data[:end])
        Cache(path)


def test_a_file_that_cannot_be_read_or_written(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "links.json"
    folder.mkdir()
    cache = Cache(folder)
    assert cache.notice
    world.check("/ok", cache=cache)
    with pytest.raises(OSError):  # noqa: PT011
        cache.save()
    assert [each.name for each in tmp_path.iterdir()] == ["links.json"]


def test_what_a_cancelled_run_found_is_kept(world: World, tmp_path: Path) -> None:
    cancelled = threading.Event()
    cache = Cache(tmp_path / "links.json")
    threading.Timer(0.4, cancelled.set).start()
    world.check("/ok", "http://b.example/raw/hang", real_time=True, cache=cache, cancelled=cancelled)
    cache.save()
    before = asked(world)
    world.check("/ok", cache=Cache(cache.path))
    assert asked(world) == before
