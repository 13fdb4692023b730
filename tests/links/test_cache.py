"""The link checker's cache, entry by entry."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from dlcards.links import Cache, Outcome, default_path
from dlcards.links.fragments import Found
from dlcards.links.judge import Judgement
from dlcards.links.urls import parse
from tests.support.systems import POSIX

HOUR, DAY = 3600.0, 86400.0
START = parse("http://example.com/a/b")
NOT_FOUND = Judgement(Outcome.BROKEN, "not-found", 404)
SECRET = parse("https://example.com/비밀-경로/x?token=hunter2")
OK = Judgement(Outcome.OK, status=200)


class Now:
    def __init__(self, at: float = 1e9) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


@POSIX
def test_the_file_is_for_its_owner_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "dlcards" / "links-v1.json"
    path.parent.parent.mkdir()
    os.umask(old := os.umask(0))
    cache = Cache(path)
    cache.put(SECRET, OK._replace(fragments={"비밀-조각": Found.YES}))
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
    assert lasts(OK._replace(outcome=Outcome.MOVED, final="https://example.com/b")) > 5 * DAY
    for hint in ("soft-404", "parked", "to-root", "other-domain"):
        assert DAY - 120 < lasts(OK._replace(suspect=hint)) < DAY + 120
    for status in (404, 410):
        assert HOUR - 120 < lasts(Judgement(Outcome.BROKEN, "not-found", status)) < HOUR + 120
    for reason in ("blocked", "rate-limited", "server-error", "timeout", "dns", "offline", "budget"):
        assert lasts(Judgement(Outcome.UNSURE, reason)) == 0
    for reason in ("tls", "host-not-found", "redirect-loop"):
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
    second.put(b, OK._replace(suspect="parked"))
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
    b'{"version": 1, "links": {"a": ["ok", 200, "", 1%s, 1%s, [], ""]}}' % (b"0" * 400, b"0" * 400),
    b'{"version": 1, "links": {"a": ["ok", 200, "", 1, 1%s, [], ""]}}' % (b"0" * 400),
    b'{"version": 1%s, "links": {}}' % (b"0" * 5000),
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
