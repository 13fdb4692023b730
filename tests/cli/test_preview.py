"""``dlcards preview`` as its users run it: what it writes, what it leaves alone, how it ends."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.support.command import invoke, run, write
from tests.support.deck_project import question
from tests.support.preview import DOCUMENT, project


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


def test_a_port_in_use_is_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(project(tmp_path), "preview", "--serve", "--port", str(port), "--lang", "en")
    assert done.returncode == 2
    assert f"cannot serve at port {port}" in done.stderr.decode()
