"""Options and commands beyond the plain ``lint`` and ``export``: as their users run them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.cli.test_lint import CLEAN, DIRTY, run, write


@pytest.mark.parametrize(
    ("arguments", "codes", "exit_code"),
    [
        (["--select", "M001"], {"M001"}, 1),
        (["--select", "L"], {"L001"}, 1),
        (["--ignore", "M001,L"], set(), 0),
        (["--fail-on", "error"], {"M001", "L001"}, 1),
        (["--fail-on", "error", "--ignore", "L001"], {"M001"}, 0),
        (["--fail-on", "never"], {"M001", "L001"}, 0),
    ],
)
def test_rules_are_chosen_and_failures_decided(
    tmp_path: Path, arguments: list[str], codes: set[str], exit_code: int
) -> None:
    write(tmp_path, DIRTY)
    done = run(tmp_path, "lint", "--format", "json", *arguments)
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == codes
    assert done.returncode == exit_code


@pytest.mark.parametrize(
    ("toml", "codes"),
    [
        ("select = ['Q011']", {"M001", "L001", "Q011"}),
        ("ignore = ['M']", {"L001"}),
        ("ignore = ['M']\nselect = ['M001']", {"M001", "L001"}),
        ("per-file-ignores = { 'a.md' = ['M001'] }", {"L001"}),
        ("per-file-ignores = { 'b/*' = ['M001'] }", {"M001", "L001"}),
        ("layouts = { '*' = 'list' }", {"M001", "L001"}),
    ],
)
def test_the_configuration_chooses_rules(tmp_path: Path, toml: str, codes: set[str]) -> None:
    write(tmp_path, DIRTY)
    write(tmp_path, toml, "dlcards.toml")
    done = run(tmp_path, "lint", "--format", "json")
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == codes


def test_a_configured_severity_counts_in_every_way(tmp_path: Path) -> None:
    write(tmp_path, DIRTY.replace(" [없다](#어디)", ""))
    write(tmp_path, "severity = { M001 = 'error' }", "dlcards.toml")
    done = run(tmp_path, "lint", "--fail-on", "error", "--lang", "en")
    assert done.returncode == 1
    assert b"error M001" in done.stdout
    assert run(tmp_path, "export").returncode == 1, "an error blocks the pair"
    write(tmp_path, "severity = { M001 = 'note' }", "dlcards.toml")
    assert run(tmp_path, "lint").returncode == 0


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("severity = { M001 = 'fatal' }", "severity: unknown value 'fatal' (known: error, warning, note)"),
        ("severity = { M0O1 = 'note' }", "severity: unknown code 'M0O1'; did you mean M0"),
        ("layouts = { '*' = 'headings' }", "layouts: unknown value 'headings'; did you mean heading?"),
        ("answer-length = [9, 1]", "answer-length: must be [smallest, largest]"),
        ("image-width = -1", "image-width: must be a number of at least 0"),
        ("question-pattern = '('", "question-pattern: is no regular expression"),
        ("anchors = 'gitlab'", "anchors: unknown value 'gitlab'"),
        ("glossary = 'no.toml'", "glossary: no such file: no.toml"),
        ("compare-with = ['no.md']", "compare-with: no such file: no.md"),
        ("per-file-ignores = { 'a' = 'M' }", "per-file-ignores: must be a list of strings"),
    ],
)
def test_a_bad_value_names_the_valid_ones(tmp_path: Path, toml: str, message: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, toml, "dlcards.toml")
    done = run(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_config_shows_what_is_in_force_and_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, "deck = '덱'\nanswer-lengths = { '3' = [1, 2] }", "dlcards.toml")
    shown = run(tmp_path, "config").stdout.decode()
    assert shown.startswith("# dlcards.toml\n")
    assert 'deck = "덱"  # dlcards.toml' in shown
    assert 'answer-lengths = { "3" = [1, 2] }  # dlcards.toml' in shown
    assert 'branch = "main"  # default' in shown


def test_toc_makes_mends_and_checks_the_contents(tmp_path: Path) -> None:
    text = "## 목차\n\n" + CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("하나", "둘")
    path = write(tmp_path, text)
    done = run(tmp_path, "toc")
    assert done.returncode == 1
    assert "+- [하나인가?](#1)" in done.stdout.decode()
    assert path.read_text(encoding="utf-8") == text
    assert run(tmp_path, "toc", "--write").returncode == 0
    assert "## 목차\n\n- [하나인가?](#1)\n- [둘인가?](#2)\n" in path.read_text(encoding="utf-8")
    done = run(tmp_path, "toc")
    assert (done.returncode, done.stdout) == (0, b"")


def test_toc_makes_contents_however_few_questions_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    done = run(tmp_path, "toc", "--write")
    assert done.returncode == 0
    assert b"a.md: contents written" in done.stderr
    assert "- [하나인가?](#1)" in path.read_text(encoding="utf-8")


def test_codes_may_be_small_and_a_wrong_one_is_guessed_by_name_too(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    assert run(tmp_path, "lint", "--select", "m001").returncode == 1
    done = run(tmp_path, "lint", "--select", "broken-emphasi")
    assert b"did you mean M001 (broken-emphasis)?" in done.stderr


def test_ten_thousand_findings_in_one_line_are_shown_soon(tmp_path: Path) -> None:
    write(tmp_path, "가나 **다(a)**는 " * 10_000 + "\n")
    start = time.monotonic()
    for name in ("text", "concise", "json"):
        assert run(tmp_path, "lint", "--select", "M001", "--format", name).returncode == 1
    assert time.monotonic() - start < 240, "a bound against quadratic reports, no measurement"


def test_a_configured_list_of_questions_is_said(tmp_path: Path) -> None:
    write(tmp_path, "- 질문?\n- 또?\n")
    write(tmp_path, "layouts = { '*' = 'list' }", "dlcards.toml")
    assert b"layout: list (configured)" in run(tmp_path, "lint", "--lang", "en").stdout


def test_stats(tmp_path: Path) -> None:
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#1-1").replace("답이다.", "TODO"))
    shown = run(tmp_path, "stats", "--lang", "ko").stdout.decode()
    assert shown.splitlines()[1].split() == ["a.md", "#1", "하나인가?", "2", "1"]
    assert json.loads(run(tmp_path, "stats", "--format", "json").stdout)["answered"] == 1
    assert run(tmp_path, "stats", "--format", "yaml").returncode == 2


def test_statistics_have_a_fixable_column(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    shown = run(tmp_path, "lint", "--statistics", "--lang", "en").stdout.decode().splitlines()
    assert shown[0].split() == ["code", "name", "found", "fixable"]
    assert ["M001", "broken-emphasis", "1", "1"] in [line.split() for line in shown]


def test_the_layout_is_said(tmp_path: Path) -> None:
    write(tmp_path, "# 모음\n\n## 1. 프로세스란?\n\n답이다.\n\n## 2. 스레드란?\n\n답이다.\n")
    assert b"layout: heading (detected)" in run(tmp_path, "lint", "--lang", "en").stdout
    write(tmp_path, "layouts = { '*' = 'heading' }", "dlcards.toml")
    assert b"layout: heading (configured)" in run(tmp_path, "lint", "--lang", "en").stdout


def test_a_file_that_vanishes_between_listing_and_reading_is_named(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    (tmp_path / "weg.md").symlink_to(tmp_path / "nie")
    done = run(tmp_path, "lint", "--lang", "en")
    assert done.returncode == 2
    assert b"weg.md: cannot be read: No such file or directory" in done.stderr
    assert b"questions 1" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("가" * 7_000_000, id="a line of 21 MB"),
        pytest.param("> " * 10_000 + "글", id="10,000 quotes"),
        pytest.param("[" * 10_000 + "글" + "]" * 10_000, id="10,000 brackets"),
        pytest.param("글\0글\n" * 1_000, id="NUL bytes"),
        pytest.param("**" * 20_000, id="asterisks"),
        pytest.param("$$ x\n" * 5_000, id="open math"),
        pytest.param("`" * 20_001 + "\n", id="backticks"),
        pytest.param("| a " * 5_000 + "|\n", id="a wide row"),
        pytest.param("<a " * 20_000, id="open tags"),
        pytest.param("![" * 10_000, id="open pictures"),
        pytest.param("[a](" * 10_000, id="open links"),
        pytest.param("**가(a)**은 " * 3_000, id="broken emphasis"),
        pytest.param("https://a.b/c " * 5_000, id="bare urls"),
        pytest.param("$x$는 " * 5_000, id="inline math"),
        pytest.param("<!-- dlcards: ignore M001 -->\n\n글\n\n" * 500, id="comments"),
    ],
)
def test_hard_input_ends_soon_and_without_a_traceback(tmp_path: Path, text: str) -> None:
    write(tmp_path, f"## #1\n\n#### 하나인가?\n\n{text}\n")
    start = time.monotonic()
    done = run(tmp_path, "lint", "--format", "json")
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    assert b"Traceback" not in done.stderr
    # A bound against hanging, far above what it takes, and no measurement.
    assert time.monotonic() - start < 120
    assert json.loads(done.stdout)["summary"]["questions"] == 1


def test_a_fix_writes_through_a_link_and_leaves_no_litter(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = write(tmp_path, DIRTY, "real/b.md")
    (tmp_path / "a.md").symlink_to(target)
    run(tmp_path, "lint", "--fix", "a.md")
    assert (tmp_path / "a.md").is_symlink()
    assert "**과적합**(overfitting)은" in target.read_text(encoding="utf-8")
    assert sorted(os.listdir(tmp_path / "real")) == ["b.md"]
