"""A bug that one document, rule, card or address meets ends nothing else."""

from __future__ import annotations

import importlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dlcards.cli import preview
from dlcards.deck.cards import make
from dlcards.deck.package.apkg import make_package
from dlcards.document.pattern import Search
from dlcards.links.judge import Judgement
from dlcards.linter.rules import RULES, load
from dlcards.model import Outcome
from tests.support.command import CLEAN, DIRTY, run, write


class Broken(Exception):
    """A bug."""


def broken(place: str, only: str) -> Callable[..., Any]:
    """The function at ``place``, with a bug for what is called ``only``."""
    module, _, name = place.rpartition(".")
    whole = getattr(importlib.import_module(module), name)

    def function(*args: Any, **kwargs: Any) -> Any:
        first = args[0] if args else ""
        of = first[0] if isinstance(first, list) and first else first  # some take several documents
        if only in str(getattr(getattr(of, "document", of), "path", of)):
            raise Broken(place)
        return whole(*args, **kwargs)

    return function


WITH_CONTENTS = "# 문서\n\n## 목차\n\n- [#9 없다](#9)\n\n"
PLACES = {
    "the parser": "dlcards.linter.pool.build",
    "the parser of a project": "dlcards.project.project.build",
    "a rule's facts": "dlcards.linter.engine.answers",
    "comments": "dlcards.linter.engine.suppressions",
    "a fix": "dlcards.cli.fixing.fix",
    "contents": "dlcards.cli.toc.fix",
    "cards": "dlcards.deck.cards.make.topics",
    "the anchors of a draft": "dlcards.document.build.build",
    "what a file asks": "dlcards.project.project.is_one_question",
    "what a file asks, to rules": "dlcards.linter.engine.is_one_question",
    "what all say together": "dlcards.linter.engine.conclude",
    "what questions are known by": "dlcards.deck.drafts.question_keys",
    "what goes to the network": "dlcards.cli.links.external_links",
    "pictures of other sites": "dlcards.deck.drafts.remote_pictures",
    "the preview": "dlcards.deck.preview.build._key",
}
COMMANDS = {
    "lint": ("lint", "--no-cache", "."),
    "lint again": ("lint", "."),
    "fixes": ("lint", "--fix", "."),
    "the difference": ("lint", "--diff", "."),
    "contents": ("toc", "."),
    "statistics": ("stats", "."),
    "links": ("links", "."),
    "export": ("export", "."),
    "preview": ("preview", "."),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", PLACES)
def test_a_bug_at_one_document_ends_nothing_else(
    tmp_path: Path, place: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("a", "b", "c"), start=1):
        text = DIRTY if command in ("fixes", "the difference") else CLEAN
        text = text.replace("#1", f"#{number}").replace("하나인가", f"{name}는 무엇인가")
        write(tmp_path, WITH_CONTENTS + text.replace("https://example.com", "a.md"), f"{name}.md")
    asked = COMMANDS[command]
    environment = {"XDG_CACHE_HOME": str(tmp_path / ".cache")}
    healthy = run(tmp_path, *asked, "--lang", "en", **environment) if command != "fixes" else None
    (tmp_path / "deck.lock").unlink(missing_ok=True)
    for folder in (".cache", "build"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    monkeypatch.setattr(PLACES[place], broken(PLACES[place], "b.md"))
    done = run(tmp_path, *asked, "--lang", "en", **environment)
    said = done.stdout + done.stderr
    if b"Broken" not in said:  # this command has no need of that
        assert healthy is None or (done.returncode, done.stdout) == (healthy.returncode, healthy.stdout)
        return
    assert b"b.md: " in done.stderr
    assert b"a bug in dlcards" in done.stderr
    assert b"Traceback (most recent call last)" in done.stderr
    assert done.returncode == 2, said
    if command == "fixes":
        for name in "ac":
            assert (tmp_path / f"{name}.md").read_text(encoding="utf-8").count("#어디") == 1
    elif command == "export":
        assert b"packed 2 of" in done.stdout
    elif command == "preview":
        assert b"index.html: questions" in done.stdout
    elif command != "links":
        assert b"a.md" in done.stdout
        assert b"c.md" in done.stdout
    # What was found out beside a bug is not taken for all there is.
    monkeypatch.undo()
    if healthy is not None:
        again = run(tmp_path, *asked, "--lang", "en", **environment)
        assert again.returncode == healthy.returncode
        if command not in ("export", "preview"):
            assert again.stdout == healthy.stdout


@pytest.mark.parametrize("files", [2, 12])
def test_a_bug_in_a_rule_keeps_what_the_other_rules_find(
    tmp_path: Path, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, and in those of the pool."""
    for number in range(files):
        write(tmp_path, DIRTY, f"{number}.md")
    before = run(tmp_path, "lint", "--no-cache", "--format", "json", ".").stdout
    rule = load("L001")
    monkeypatch.setattr("dlcards.linter.engine.RULES", [rule._replace(check=broken_check), *RULES[1:]])
    done = run(tmp_path, "lint", "--no-cache", "--format", "json", "--lang", "en", ".")
    assert done.returncode == 2
    assert done.stderr.count(b"L001: a bug in dlcards") == files
    left = [found for found in json.loads(before)["findings"] if found["code"] != "L001"]
    assert [found for found in json.loads(done.stdout)["findings"] if found["code"] != "L001"] == left


def broken_check(document: object, context: object) -> Any:
    raise Broken


def test_a_pair_that_meets_a_bug_keeps_its_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("하나인가", "둘은 무엇인가")
    write(tmp_path, both)
    assert run(tmp_path, "export", ".").returncode == 0
    lock = (tmp_path / "deck.lock").read_text(encoding="utf-8")
    cards = make._Maker.cards

    def buggy(self: Any, pair: Any) -> Any:
        if pair.id == "1":
            raise Broken
        return cards(self, pair)

    monkeypatch.setattr(make._Maker, "cards", buggy)
    done = run(tmp_path, "export", ".", "--no-cache", "--lang", "en")
    assert done.returncode == 2
    assert b"a.md: #1: a bug in dlcards" in done.stderr
    assert b"packed 1 of 2" in done.stdout
    monkeypatch.undo()
    done = run(tmp_path, "export", ".", "--lang", "en")
    assert b"0 new" in done.stdout
    assert (tmp_path / "deck.lock").read_text(encoding="utf-8") == lock


def test_a_bug_at_one_address_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[가](https://a.example/x) [나](https://b.example/y) [다](https://c.example/z)\n"
    write(tmp_path, text)
    monkeypatch.setattr("dlcards.links.run.Run._step", buggy_step)
    done = run(tmp_path, "links", "--cache", str(tmp_path.parent / "links.json"), "--lang", "en", ".")
    assert done.returncode == 2
    assert b"https://b.example/y: links: a bug in dlcards" in done.stderr
    assert done.stderr.count(b"Traceback") == 1
    assert b"ok 2 " in done.stdout
    assert b"unsure 1 " in done.stdout


def buggy_step(self: object, chase: Any) -> tuple[Judgement, bool]:
    if "b.example" in chase.address.url:
        raise Broken
    return Judgement(Outcome.OK), True


def test_a_preview_that_meets_a_bug_is_served_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, CLEAN)
    server = FakeServer()
    monkeypatch.setattr(preview, "_server", lambda port: server)
    waited = iter(range(3))

    def wait(seconds: float) -> None:
        turn = next(waited, None)
        if turn is None:
            raise KeyboardInterrupt
        write(tmp_path, CLEAN + "\n" * (turn + 1))
        monkeypatch.setattr("dlcards.deck.export.make_package", make_package if turn == 2 else broken_check)

    # Not that of all modules, some of which wait for other programs.
    monkeypatch.setattr("dlcards.cli.preview.time", SimpleNamespace(sleep=wait, strftime=time.strftime))
    assert run(tmp_path, "preview", "--serve", "--no-cache", "--lang", "en").returncode == 0
    assert server.said == ["page", *2 * ["the preview could not be made anew; the terminal says why"], "page"]


class FakeServer:
    """What a preview server is told."""

    address = "http://127.0.0.1:1/"

    def __init__(self) -> None:
        self.said: list[str] = []

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def publish(self, files: object) -> None:
        self.said.append("page")

    def complain(self, message: str) -> None:
        self.said.append(message)


@pytest.mark.parametrize("command", ["lint", "export", "stats", "preview", "toc"])
@pytest.mark.parametrize("files", [1, 12])
def test_what_the_configuration_asks_too_much_of_is_no_bug(
    tmp_path: Path, command: str, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends with what to mend, also where other processes were at work."""
    monkeypatch.setattr(Search.__init__, "__defaults__", (0.05,))
    layouts = 'layouts = { "*.md" = "heading" }'
    write(tmp_path, f"question-pattern = '^(a|aa)+$'\n{layouts}\n", "dlcards.toml")
    for number in range(files):
        write(tmp_path, f"# 문서\n\n## {'a' * 90}?\n\n답이다.\n", f"{number}.md")
    done = run(tmp_path, command, ".", "--lang", "en")
    assert done.returncode == 2
    assert b"question-pattern of the configuration does not come to an end" in done.stderr
    assert b"Traceback" not in done.stderr
