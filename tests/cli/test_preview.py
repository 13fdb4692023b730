"""``dlcards preview`` as its users run it: files, exit codes, the served page."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from dlcards.deck.export import Order, export
from dlcards.deck.preview.build import make_preview
from dlcards.identity.lock import Lock
from tests.deck.preview.test_page import DOCUMENT
from tests.support.command import invoke, run, write
from tests.support.deck_project import question
from tests.support.documents import FakeFiles, context, document
from tests.support.pictures import PNG


def project(folder: Path) -> Path:
    write(folder, DOCUMENT)
    write(folder, PNG, "p.png")
    write(folder, "deck = '덱'", "dlcards.toml")
    return folder


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    done = run(project(tmp_path), "preview", "--lang", "en", SOURCE_DATE_EPOCH="1700000000")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == (
        "build/preview/index.html: questions 3 · cards 5 · not in the deck 1 · with problems 2\n"
    )
    folder = tmp_path / "build" / "preview"
    first = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = run(tmp_path, "preview", "--lang", "en", SOURCE_DATE_EPOCH="1700000000")
    assert again.returncode == 0
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == first
    assert len([name for name in first if name.endswith(".png")]) == 1


def test_only_what_an_earlier_preview_has_made_is_removed(tmp_path: Path) -> None:
    run(project(tmp_path), "preview", "-o", "page")
    (old,) = (tmp_path / "page").glob("*.png")
    own = write(tmp_path, b"mine", "page/dlcards-000000000000000000000000.png")
    outside = write(tmp_path, b"mine", "precious")
    with (tmp_path / "page" / ".dlcards-preview").open("a", encoding="utf-8") as listing:
        listing.write(f"\n../precious\n{outside}")
    write(tmp_path, DOCUMENT.replace("![작은 그림](p.png)", "글"))
    assert run(tmp_path, "preview", "-o", "page").returncode == 0
    assert not old.exists()
    assert own.read_bytes() == outside.read_bytes() == b"mine"


def test_a_page_of_someone_else_is_left_alone(tmp_path: Path) -> None:
    page = write(project(tmp_path), "mine", "site/index.html")
    done = run(tmp_path, "preview", "--output", "site", "--lang", "en")
    assert done.returncode == 2
    assert b"site/index.html was not made by dlcards preview" in done.stderr
    assert page.read_text() == "mine"
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "1234"], "--port goes with --serve"),
        (["nowhere"], "nowhere"),
        (["empty.md"], "no questions"),
        (["--port", "70000", "--serve"], "65535"),
    ],
)
def test_bad_usage_is_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    write(project(tmp_path), "글\n", "empty.md")
    done = run(tmp_path, "preview", "--lang", "en", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_what_cannot_be_read_is_2_and_the_others_are_shown(tmp_path: Path) -> None:
    write(project(tmp_path), b"\xff\xfe", "b.md")
    write(tmp_path, "{", "deck.lock")
    done = run(tmp_path, "preview", "--lang", "en")
    assert done.returncode == 2
    assert b"b.md" in done.stderr
    assert b"cards 5" in done.stdout
    page = (tmp_path / "build/preview/index.html").read_text(encoding="utf-8")
    assert "b.md:1: UTF-8이 아니다" in page
    assert "deck.lock" in page


def test_a_preview_says_that_its_lock_is_damaged(tmp_path: Path) -> None:
    write(tmp_path, question("1", "하나인가?"))
    write(tmp_path, "{", "deck.lock")
    code, said = invoke(tmp_path, "preview")
    assert (code, "deck.lock:1: is no deck.lock" in said) == (2, True)
    assert (tmp_path / "build/preview/index.html").exists()
    page = tmp_path / "build/preview/index.html"
    page.unlink()
    page.mkdir()
    said = invoke(tmp_path, "preview")[1]
    assert "build/preview/index.html: cannot be written: " in said
    assert ".tmp" not in said


def test_a_question_that_may_be_either_of_two_notes_is_said() -> None:
    one, where = document(DOCUMENT), context(files=FakeFiles(contents={"answers/p.png": PNG}))
    first = export([one], where, Path("/nowhere"), Order("덱", Lock(), 0))
    (row,) = (row for row in first.identified.lock.rows if row.kind == "question" and row.id == "1")
    rows = [
        replace(row, guid=str(number), id=str(number), question=f"기울기는 왜 사라지{end}?")
        for number, end in ((8, "니"), (9, "냐"))
    ]
    result = export([one], where, Path("/nowhere"), Order("덱", Lock(tuple(rows)), 0))
    page = make_preview([one], where, "덱", result, {}).page
    assert [problem.code for problem in page.questions[0].reasons] == ["D002"]
    assert page.questions[0].cards == ()


# The server


class Served:
    """``dlcards preview --serve`` at work, and what it tells open pages."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process
        assert process.stdout is not None
        address = next(
            found[0] for line in process.stdout if (found := re.search(rb"http://127\.0\.0\.1:\d+/", line))
        )
        self.address = address.decode()
        self.port = int(self.address.rstrip("/").rpartition(":")[2])
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/events")
        self._events = connection.getresponse()

    def get(self, path: str = "", host: str = "") -> tuple[int, HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", f"/{path}", headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer, answer.read()

    def next_event(self) -> dict[str, Any]:
        """What the server tells next; fails when it is silent for half a minute."""
        while not (line := self._events.readline()).startswith(b"data: "):
            assert line, "the server has gone"
        event = json.loads(line.removeprefix(b"data: "))
        assert isinstance(event, dict)
        return event


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Served]:
    command = [sys.executable, "-u", "-m", "dlcards", "preview", "--serve", "--lang", "en"]
    process = subprocess.Popen(
        [*command, *(arguments or ("--port", "0"))],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield Served(folder, process)
    finally:
        process.kill()
        process.communicate(timeout=30)


def test_the_served_page_follows_its_documents(tmp_path: Path) -> None:
    with serving(project(tmp_path)) as served:
        first = served.next_event()
        status, answer, page = served.get()
        assert (status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert f'data-live="{first["version"]}"'.encode() in page

        write(tmp_path, DOCUMENT.replace("층마다 곱한다.", "새로 쓴 답이다."))
        second = served.next_event()
        assert second["version"] != first["version"]
        assert "새로 쓴 답이다." in served.get()[2].decode()
        assert "새로 쓴 답이다." in (tmp_path / "build/preview/index.html").read_text(encoding="utf-8")

        write(tmp_path, "deck = 3", "dlcards.toml")
        broken = served.next_event()
        assert "deck: must be a string" in broken["problem"]
        assert broken["version"] == second["version"], "the last good page stays"
        assert served.get()[0] == 200

        write(tmp_path, "deck = '덱'", "dlcards.toml")
        assert served.next_event() == {"version": second["version"], "problem": ""}

        (tmp_path / "p.png").unlink()
        assert served.next_event()["version"] not in (first["version"], second["version"])
        write(tmp_path, PNG, "p.png")
        assert served.next_event()["version"] == second["version"]

        (tmp_path / "a.md").unlink()
        assert served.next_event()["problem"]
        write(tmp_path, DOCUMENT, "other.md")
        assert served.next_event()["problem"] == ""

        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=30) == 0
        assert served.process.stderr is not None
        assert b"Traceback" not in served.process.stderr.read()


def test_the_server_gives_its_own_files_alone(tmp_path: Path) -> None:
    write(project(tmp_path), "secret", "build/preview/secret.txt")
    with serving(tmp_path) as served:
        (picture,) = (tmp_path / "build/preview").glob("*.png")
        status, answer, data = served.get(picture.name)
        assert (status, answer.headers["Content-Type"], data) == (200, "image/png", PNG)
        for path in ("secret.txt", "../a.md", "..%2fa.md", "/etc/passwd", "a.md", ".dlcards-preview"):
            assert served.get(path)[0] == 404, path
        # A site whose name was given this machine's address.
        assert served.get(host=f"evil.example:{served.port}")[0] == 421
        assert served.get(host=f"localhost:{served.port}")[0] == 200


def test_a_port_in_use_is_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(project(tmp_path), "preview", "--serve", "--port", str(port), "--lang", "en")
    assert done.returncode == 2
    assert f"cannot serve at port {port}" in done.stderr.decode()
