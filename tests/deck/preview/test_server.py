"""The served preview as a browser meets it: a page that follows its documents, and nothing else."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.support.command import write
from tests.support.pictures import PNG
from tests.support.preview import DOCUMENT, project, serving

pytestmark = pytest.mark.slow


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

        toml = (tmp_path / "dlcards.toml").read_text(encoding="utf-8")
        write(tmp_path, f'{toml}\nexclude = ["x[z-a]/*"]\n', "dlcards.toml")
        assert served.next_event()["problem"]
        write(tmp_path, toml, "dlcards.toml")
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
