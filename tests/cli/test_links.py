"""Links in ``dlcards lint`` and ``dlcards links``, against a server on loopback."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from dlcards.document.build import build
from dlcards.model import Config, Outcome, Verdict
from dlcards.reports.links import as_issue
from tests.support.command import write

pytestmark = pytest.mark.slow


class Site:
    """A small site, and what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.gone: set[str] = {"/gone"}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked[path] += 1
                status = 404 if path in site.gone else {"/old": 301, "/walled": 403}.get(path, 200)
                body = b"<!doctype html><title>x</title><h1 id='here'>text of a page</h1>"
                self.send_response(status)
                if status == 301:
                    self.send_header("Location", "/new")
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    write(folder, 'links-allow-net = ["127.0.0.0/8"]', "dlcards.toml")
    return folder


def run(folder: Path, *arguments: str, cache: Path | None = None) -> tuple[int, str, str]:
    cache = cache or folder.parent / "cache" / "links.json"
    command = [sys.executable, "-m", "dlcards", *arguments, "--cache", str(cache), "--lang", "en"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_lint_reports_every_occurrence_of_a_broken_address(project: Path, site: Site) -> None:
    a = site.address
    write(project, f"[하나]({a}/gone) [둘]({a}/gone)\n\n> - <{a}/gone>\n\n[정상]({a}/fine)\n")
    code, out, _ = run(project, "lint", "--format", "concise")
    assert code == 1
    second = 6 + len(f"{a}/gone) [둘](")
    places = [line.split(": ")[0] for line in out.splitlines() if "L010" in line]
    assert places == ["a.md:1:6", f"a.md:1:{second}", "a.md:3:6"]
    assert "error L010 broken-link: broken link: no such page (404)" in out
    assert site.asked["/gone"] == 2, "asked once, and once more to be sure"
    assert site.asked["/fine"] == 1


@pytest.mark.parametrize("name", ["json", "sarif", "github", "junit", "text"])
def test_every_format_shows_it(project: Path, site: Site, name: str) -> None:
    write(project, f"[하나]({site.address}/gone)\n")
    code, out, _ = run(project, "lint", "--format", name)
    assert code == 1
    assert "L010" in out


def test_undecided_and_moved_never_fail_a_run_unless_asked(project: Path, site: Site) -> None:
    write(project, f"[하나]({site.address}/walled)\n")
    code, out, _ = run(project, "lint", "--format", "concise")
    assert code == 0
    assert "note L012 unsure-link: undecided link: the server blocks programs (403)" in out
    assert run(project, "lint", "--fail-on", "note")[0] == 1


def test_a_moved_address_is_mended(project: Path, site: Site) -> None:
    path = write(project, f'[하나]({site.address}/old "t") <{site.address}/old>\n')
    code, out, _ = run(project, "lint", "--fail-on", "error")
    assert code == 0
    assert f"the address has moved: {site.address}/new" in out
    run(project, "lint", "--fix")
    assert path.read_text(encoding="utf-8") == f'[하나]({site.address}/new "t") <{site.address}/new>\n'


def test_a_second_run_asks_nothing_that_was_fine(project: Path, site: Site) -> None:
    write(project, f"[하나]({site.address}/fine) [둘]({site.address}/fine#here)\n")
    run(project, "lint")
    run(project, "lint")
    assert site.asked["/fine"] == 1
    assert site.address.encode() not in (project.parent / "cache" / "links.json").read_bytes()


def test_offline_asks_nothing(project: Path, site: Site) -> None:
    write(project, f"[하나]({site.address}/gone)\n")
    assert run(project, "lint", "--offline")[0] == 0
    assert not site.asked


def test_links_lists_every_address_and_masks_secrets(project: Path, site: Site) -> None:
    a = site.address
    secret = f"{a}/fine?token=abcdef0123456789&q=%EA%B0%80"
    write(project, f"[하나]({a}/gone) [둘]({secret}) [셋](mailto:a@b.c) [넷](#x)\n\n# x\n")
    code, out, err = run(project, "links")
    assert code == 1
    assert out.splitlines()[0] == f"a.md:1:6: broken {a}/gone (no such page (404))"
    assert out.splitlines()[-1] == "ok 1 · moved 0 · broken 1 · unsure 0 · skipped 0"
    assert "abcdef0123456789" not in out + err
    assert "q=가" in out
    listed = json.loads(run(project, "links", "--format", "json")[1])["links"]
    assert [entry["outcome"] for entry in listed] == ["broken", "ok"]
    text = run(project, "lint", "--select", "L")[1]
    assert "abcdef0123456789" not in text


def test_only_what_is_broken_twice_in_a_row_fails_with_a_state_file(project: Path, site: Site) -> None:
    write(project, f"[하나]({site.address}/gone)\n")
    state = project.parent / "state.json"
    assert run(project, "links", "--state", str(state))[0] == 0
    code, _, err = run(project, "links", "--state", str(state))
    assert code == 1
    assert f"broken twice in a row: {site.address}/gone" in err
    site.gone.clear()
    assert run(project, "links", "--state", str(state))[0] == 0
    site.gone.add("/gone")
    assert site.address not in state.read_text(encoding="utf-8")


def test_an_issue_names_what_is_broken_twice_and_nothing_else(project: Path, site: Site) -> None:
    a = site.address
    write(project, f"[정상]({a}/fine) [하나]({a}/gone)\n\n[다시]({a}/gone) [둘]({a}/walled)\n", "b `c.md")
    asked = ("links", "--format", "issue", "--state", str(project.parent / "state.json"))
    assert run(project, *asked)[:2] == (0, ""), "once is not twice"
    code, out, _ = run(project, *asked)
    assert code == 1
    assert out.splitlines()[2:] == [
        f"- `{a}/gone` (no such page (404))",
        "  - ``b `c.md:1``",
        "  - ``b `c.md:3``",
    ]
    # What can't be asked this time is not known to be mended: the issue must not be closed.
    code, out, _ = run(project, *asked, "--max-time", "0")
    assert code == 0
    assert f"- `{a}/gone` (the time for links ran out) · was broken before" in out
    site.gone.clear()
    assert run(project, *asked)[:2] == (0, "")


def test_an_issue_is_no_longer_than_github_takes(project: Path) -> None:
    links = "".join(f"[x](http://127.0.0.1:1/{n:04}{'x' * 90})\n\n" for n in range(900))
    document = build(PurePosixPath("a.md"), links, Config())
    urls = [link.url for link in document.links]
    verdicts = {url: Verdict(url, Outcome.BROKEN, "not-found") for url in urls}
    said = as_issue([(document, link, verdicts[link.url]) for link in document.links], "en")
    assert len(said) < 65_536
    shown = said.count("- `http")
    assert said.endswith(f"\nMore of them: {900 - shown}\n")
    assert 0 < shown < len(urls) == 900


def test_addresses_that_are_not_public_are_not_asked(tmp_path: Path, site: Site) -> None:
    folder = tmp_path / "project"
    write(folder, f"[하나]({site.address}/fine)\n")
    code, out, _ = run(folder, "links")
    assert (code, "skipped" in out) == (0, True)
    assert not site.asked
    assert run(folder, "links", "--allow-net", "127.0.0.0/8")[0] == 0
    assert site.asked["/fine"] == 1
    assert run(folder, "links", "--allow-net", "nonsense")[0] == 2


def test_the_cache_stays_out_of_the_repository(project: Path, site: Site) -> None:
    write(project, f"[하나]({site.address}/fine)\n")
    code, _, err = run(project, "lint", cache=project / "links.json")
    assert code == 2
    assert "inside the repository" in err
