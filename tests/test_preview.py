"""``dlcards preview``: the page as a reader gets it, and the server as a browser does."""

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
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from dlcards.deck.export import Export, export
from dlcards.deck.notetypes import NoteType, note_type
from dlcards.deck.package import field_values
from dlcards.deck.preview import PAGE, Preview, make_preview
from dlcards.deck.templating import render_cards
from dlcards.lock import Lock
from dlcards.model import Config, Text
from tests.anki_collection import Learner, learner
from tests.helpers import FakeFiles, context, document, md
from tests.pictures import PNG
from tests.test_cli import run, write

__all__ = ["learner"]

DOCUMENT = md(r"""
    ## #1

    #### 기울기는 왜 사라지나?

    > 핵심: **시그모이드**의 미분이 작아 **곱**이 0에 가까워진다. $\sigma'(z)\le\frac14$

    > 힌트: 연쇄 법칙을 생각해 보자.

    층마다 곱한다.

    $$
    \prod_l \sigma'(z_l)
    $$

    ![작은 그림](p.png)

    ```python
    print("<b>")
    ```

    #### 꼬리질문

    - 얼마나 작나?
      - 층마다 4분의 1이 곱해진다.

    #### References

    - [출처](https://example.com)

    ---

    ## #1-1

    #### 아직 답이 없는 것은?

    #### References

    ---

    ## #2

    #### 굵게 보이지 않는 것은?

    가나 **과적합(overfitting)**은 다라.

    #### References

    - [출처](https://example.com)
""")


def made(text: str, config: Config | None = None, mathjax: dict[str, bytes] | None = None) -> Preview:
    config = config or Config()
    files = FakeFiles(contents={"answers/p.png": PNG})
    one, where = document(text, config), context(config, files)
    result = export([one], where, Path("/nowhere"), "덱", Lock(), 1_700_000_000)
    return make_preview([one], where, config.deck or "덱", result, mathjax or {})


def html(preview: Preview) -> str:
    return preview.files[PAGE].decode()


class Elements(HTMLParser):
    """The elements of a page: their names and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_every_question_is_there_with_all_of_its_cards() -> None:
    page = made(DOCUMENT).page
    assert [(q.anchor, [(c.kind, c.number) for c in q.cards]) for q in page.questions] == [
        ("1", [("질문", ""), ("빈칸", "1/2"), ("빈칸", "2/2"), ("꼬리질문", "")]),
        ("1-1", []),
        ("2", [("질문", "")]),
    ]
    assert page.cards == {"질문": 2, "빈칸": 2, "꼬리질문": 1}


def test_problems_stand_at_their_question() -> None:
    page = made(DOCUMENT).page
    assert [q.state for q in page.questions] == ["", "refused", "warning"]
    assert [problem.code for problem in page.questions[1].reasons] == ["Q001"]
    (found,) = page.questions[2].problems
    assert (found.code, found.place) == ("M001", "answers/deep-learning.md:44")
    assert (page.refused, page.with_problems) == (1, 2)


def test_a_picture_that_cannot_be_had_is_said_at_its_question() -> None:
    text = DOCUMENT.replace("p.png", "no.png")
    (refused,) = (question for question in made(text).page.questions if question.id == "1")
    assert refused.cards == ()
    assert any("no.png" in problem.message.en for problem in refused.reasons)


def test_two_questions_with_one_id_have_two_anchors() -> None:
    config = Config(severity={"Q004": "warning"})
    text = DOCUMENT.replace("## #2", "## #1")
    page = made(text, config).page
    assert len({question.anchor for question in page.questions}) == 3
    shown = {question.anchor: question for question in page.questions}
    for question in shown.values():
        for card in question.cards:
            assert question.question in card.front + card.back or card.kind == "빈칸"


def test_pictures_lie_beside_the_page() -> None:
    preview = made(DOCUMENT)
    sources = {attrs["src"] for tag, attrs in Elements(html(preview)).found if tag == "img"}
    assert sources == preview.files.keys() - {PAGE}
    assert all(preview.files[source or ""] == PNG for source in sources)


def test_the_page_needs_no_network() -> None:
    preview = made(DOCUMENT, mathjax={"mathjax/tex-chtml-full.js": b""})
    for tag, attrs in Elements(html(preview)).found:
        for name in ("src", "srcset", "action", "data", "poster"):
            assert not re.match(r"(https?:)?//", attrs.get(name) or ""), tag
        assert tag == "a" or not (attrs.get("href") or "").startswith("http"), tag
    assert "@import" not in html(preview)
    assert not re.search(r"url\(", html(preview))
    assert "default-src 'none'" in html(preview)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    ("text", "config"),
    [
        (DOCUMENT.replace("기울기는", f"{HOSTILE} 기울기는"), Config()),
        (
            DOCUMENT.replace("층마다 곱한다.", f"{HOSTILE} <svg onload=alert(1)><style>*{{}}</style>"),
            Config(),
        ),
        (DOCUMENT.replace("아직 답이", f"{HOSTILE} 아직 답이"), Config()),
        (DOCUMENT.replace("(https://example.com)", "(javascript:alert(1))"), Config()),
        (DOCUMENT.replace("p.png", "<x onerror=alert(1)>.png"), Config()),
        (DOCUMENT, Config(deck=HOSTILE)),
        (DOCUMENT, Config(repository="o/n")),
        (DOCUMENT.replace("기울기는", "[[script]] [[deck]] 기울기는"), Config()),
    ],
)
def test_nothing_of_a_document_runs(text: str, config: Config) -> None:
    clean, hostile = Elements(html(made(DOCUMENT))).found, Elements(html(made(text, config))).found
    for one in (clean, hostile):
        assert [tag for tag, _ in one].count("script") == 1
    assert [tag for tag, _ in hostile].count("style") == [tag for tag, _ in clean].count("style")
    for _, attrs in hostile:
        assert not [name for name in attrs if name.startswith("on")]
        assert not (attrs.get("href") or "").startswith("javascript")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert dict(made(DOCUMENT).files) == dict(made(DOCUMENT).files)


def test_without_mathjax_formulas_are_tex_and_the_page_says_what_to_install() -> None:
    page = html(made(DOCUMENT))
    assert "<script async" not in page
    assert "pip install 'dlcards[preview]'" in page
    assert r"\prod_l" in page


def test_the_page_speaks_the_language_of_its_cards() -> None:
    page = html(made(DOCUMENT, Config(language="en")))
    assert '<html class="pv" lang="en"' in page
    assert "Not in the deck" in page
    assert "덱에 없음" not in page


def test_a_document_that_cannot_be_read_is_said_on_the_page() -> None:
    one, where = document(DOCUMENT), context(files=FakeFiles(contents={"answers/p.png": PNG}))
    result = export([one], where, Path("/nowhere"), "덱", Lock(), 0)
    preview = make_preview([one], where, "덱", result, {}, [Text("b.md: 읽을 수 없다", "b.md: cannot")])
    assert "b.md: 읽을 수 없다" in html(preview)


# Anki's templates


def notes_of(text: str) -> Export:
    files = FakeFiles(contents={"answers/p.png": PNG})
    return export([document(text)], context(files=files), Path("/nowhere"), "덱", Lock(), 1_700_000_000)


def test_cards_are_what_the_real_anki_makes_of_them(learner: Learner, tmp_path: Path) -> None:
    """Its ``data-cloze`` apart, which only scripts read."""
    result = notes_of(DOCUMENT)
    (tmp_path / "deck.apkg").write_bytes(result.package)
    learner.import_(tmp_path / "deck.apkg")
    notes = learner.notes()
    compared = 0
    for identified in result.identified.cards:
        ours = render_cards(note_type(identified.card.kind, "ko"), field_values(identified))
        theirs = sorted(notes[identified.guid].cards(), key=lambda card: int(card.ord))
        for sides, card in zip(ours, theirs, strict=True):
            output = card.render_output()
            for mine, its in ((sides.front, output.question_text), (sides.back, output.answer_text)):
                assert mine == re.sub(r' data-cloze="[^"]*"', "", its)
                compared += 1
    assert compared == 10


def kind(front: str, back: str = "", *, cloze: bool = False) -> NoteType:
    names = ("A", "B", "Text")
    return NoteType(
        1, "n", tuple({"name": name} for name in names), ({"qfmt": front, "afmt": back},), "", cloze
    )


@pytest.mark.parametrize(
    ("template", "fields", "shown"),
    [
        ("{{A}}-{{B}}", {"A": "1", "B": "2"}, "1-2"),
        ("{{ A }}", {"A": "{{B}}"}, "{{B}}"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": "1"}, "x[1]y"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": " <br><div></div>\n"}, "xy"),
        ("x{{^A}}none{{/A}}y", {}, "xnoney"),
        ("x{{^A}}none{{/A}}y", {"A": "1"}, "xy"),
        ("{{#A}}1{{#B}}2{{/B}}3{{/A}}", {"A": "1"}, "13"),
        ("{{#B}}1{{#A}}2{{/A}}3{{/B}}", {"A": "1"}, ""),
    ],
)
def test_templates_are_filled(template: str, fields: dict[str, str], shown: str) -> None:
    (sides,) = render_cards(kind(template), fields)
    assert sides.front == shown


def test_a_cloze_note_has_a_card_for_each_number() -> None:
    first, third = render_cards(
        kind("{{cloze:Text}}", "{{FrontSide}}|{{cloze:Text}}", cloze=True),
        {"Text": "{{c1::a::hint}} {{c3::b}} {{c1::c}}"},
    )
    assert first.front.count("[hint]") == first.front.count("[...]") == 1
    assert '<span class="cloze-inactive" data-ordinal="3">b</span>' in first.front
    assert third.back.startswith(f"{third.front}|")
    assert third.back.endswith(
        '<span class="cloze" data-ordinal="3">b</span> <span class="cloze-inactive" data-ordinal="1">c</span>'
    )


@pytest.mark.parametrize("template", ["{{C}}", "{{type:A}}", "{{#A}}", "{{/A}}", "{{#A}}{{#B}}{{/A}}{{/B}}"])
def test_what_is_unknown_in_a_template_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match="template"):
        render_cards(kind(template), {"A": "1", "B": "1"})


# The command


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


def test_a_question_that_may_be_either_of_two_notes_is_said() -> None:
    one, where = document(DOCUMENT), context(files=FakeFiles(contents={"answers/p.png": PNG}))
    first = export([one], where, Path("/nowhere"), "덱", Lock(), 0)
    (row,) = (row for row in first.identified.lock.rows if row.kind == "question" and row.id == "1")
    rows = [
        replace(row, guid=str(number), id=str(number), question=f"기울기는 왜 사라지{end}?")
        for number, end in ((8, "니"), (9, "냐"))
    ]
    result = export([one], where, Path("/nowhere"), "덱", Lock(tuple(rows)), 0)
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
