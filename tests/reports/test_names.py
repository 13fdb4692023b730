"""Every report holds every name that a file can have, for whatever reads it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings

from dlcards.document.build import build
from dlcards.linter import baseline
from dlcards.linter.engine import examine, lint
from dlcards.linter.finding import Finding
from dlcards.model import LANGUAGES, Config, Document, Outcome, Verdict, bytes_of, name_of, printable
from dlcards.reports import FORMATS, links, rule_counts, stats
from dlcards.reports.diff import unified_diff
from dlcards.reports.summary import Summary
from tests.reports.test_reports import SCHEMA
from tests.support.command import run, write
from tests.support.documents import context
from tests.support.names import ODD, names
from tests.support.systems import BYTE_NAMES

pytestmark = BYTE_NAMES

TEXT = "## #1\n\n#### 하나?\n\n**과적합(x)**은 [없다](#어디) [글](http://a.b/)\n"


def run_of(name: str) -> tuple[Summary, Document, list[Finding]]:
    document = build(PurePosixPath(name), TEXT, Config())
    found = lint(document, context())
    assert {finding.code for finding in found} >= {"M001", "L001"}
    return Summary([examine(document, context()).facts], found), document, found


@settings(max_examples=60)
@given(names)
def test_every_report_is_whole_whatever_the_name(name: str) -> None:
    summary, document, found = run_of(name)
    verdict = Verdict("http://a.b/", Outcome.OK)
    listed = [(document, link, verdict) for link in document.links if link.url == "http://a.b/"]
    for language in LANGUAGES:
        said = {form: FORMATS[form](summary, language) for form in FORMATS}
        said["statistics"] = rule_counts.render(summary, language)
        said["table"] = stats.FORMATS["table"]([document], Config(), language)
        said["stats"] = stats.FORMATS["json"]([document], Config(), language)
        said["links"] = links.as_text(listed, language)
        said["links-json"] = links.as_json(listed, language)
        for form, text in said.items():
            assert text.encode(), form
            assert text == printable(text), f"{form} would command a terminal"
    lines = said["concise"].splitlines()
    assert len(lines) == len(found) + 1
    assert all(line.startswith(f"{name_of(name)}:") for line in lines[:-1])
    assert name_of(name) in said["text"]
    assert len(said["github"].splitlines()) == len(found) + 1
    for command in said["github"].splitlines()[:-1]:
        properties = command.split("::")[1].partition(" ")[2].split(",")
        assert [value.partition("=")[0] for value in properties][:2] == ["file", "line"]
        assert ":" not in properties[0]
    suite = ElementTree.fromstring(said["junit"].encode())[0]
    assert suite.get("name") == name_of(name)
    plain = bytes_of(name).decode("utf-8", "backslashreplace")
    assert {entry["path"] for entry in json.loads(said["json"])["findings"]} == {plain}
    assert json.loads(said["links-json"])["links"][0]["path"] == plain
    assert json.loads(said["stats"])["sections"][0]["document"] == plain
    log = json.loads(said["sarif"])
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == os.fsencode(name)
    assert uri.isascii()
    assert ":" not in uri


@given(names)
def test_a_baseline_knows_a_file_of_any_name_again(name: str) -> None:
    summary, _, found = run_of(name)
    text = baseline.dump(found)
    accepted = baseline.load(text.encode().decode(), "b.json")
    compared = baseline.compare(found, accepted, [name])
    assert (compared.new, compared.accepted, compared.removable) == ((), len(found), ())
    gone = baseline.compare([], accepted, [name]).removable
    said = FORMATS["text"](summary._replace(findings=(), removable=gone), "ko")
    assert said == printable(said)


@pytest.mark.parametrize("name", ODD)
def test_git_applies_the_diff_of_a_file_of_any_name(tmp_path: Path, name: bytes) -> None:
    path = os.fsdecode(name)
    write(tmp_path, TEXT, path)
    document = build(PurePosixPath(path), TEXT, Config())
    subprocess.run(
        ["git", "apply"], input=unified_diff(document, "다른 글\n").encode(), cwd=tmp_path, check=True
    )
    assert (tmp_path / path).read_text(encoding="utf-8") == "다른 글\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of files with odd names."""
    write(tmp_path, "", "dlcards.toml")
    for number, name in enumerate(ODD):
        text = TEXT.replace("#1", f"#{number}").replace("하나", f"{number}번째").replace(" [없다](#어디)", "")
        write(tmp_path, text, os.fsdecode(name))
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        *(("lint", "--format", name) for name in FORMATS),
        ("lint", "--statistics"),
        ("lint", "--diff"),
        ("lint", "--fix"),
        ("lint", "--write-baseline"),
        ("links", "--max-time", "0"),
        ("links", "--max-time", "0", "--format", "json"),
        ("stats",),
        ("stats", "--format", "json"),
        ("toc",),
        ("toc", "--write"),
        ("config",),
        ("export", "--offline"),
        ("export", "--offline", "--format", "csv"),
        ("export", "--offline", "--format", "json"),
        ("preview",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_takes_files_of_any_name(
    folder: Path, arguments: tuple[str, ...], language: str
) -> None:
    done = run(folder, *arguments, "--lang", language)
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode in (0, 1), said
    assert "Traceback" not in said
    assert said == printable(said)


def test_a_file_of_any_name_is_a_deck_by_itself_and_keeps_its_cards(folder: Path) -> None:
    first = run(folder, "export", "--offline", "--lang", "en")
    assert f"packed {len(ODD)} of {len(ODD)} questions".encode() in first.stdout
    for name in ODD:
        done = run(folder, "export", "--offline", "--lang", "en", os.fsdecode(name), "--lock", "deck.lock")
        assert (done.returncode, done.stderr) == (0, b""), done
        assert b"1 note (0 new, 0 changed, 0 gone)" in done.stdout


def test_what_is_not_there_is_named_without_commands_for_the_terminal(folder: Path) -> None:
    done = run(folder, "lint", "--lang", "en", os.fsdecode(b"no\xff\x1b[31m\n.md"))
    assert (done.returncode, done.stderr) == (
        2,
        b"dlcards: no\\xff\\x1b[31m\\n.md: does not exist; check the path, or run this in its folder\n",
    )


def test_an_address_commands_no_terminal(tmp_path: Path) -> None:
    write(tmp_path, "## #1\n\n#### 하나?\n\n[글](%1b%5b31m.md) ![그림](%9b%0a.png) [x](#%1b)\n")
    for form in FORMATS:
        said = run(tmp_path, "lint", "--format", form).stdout.decode()
        assert said == printable(said)
